"""The operators' door: commands for `manage.py`."""
