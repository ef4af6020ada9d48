"""The newsroom itself: nouns (models), rules (editorial) and doors (admin, public, management).

A layer imports only layers below it; `pyproject.toml` holds the contract and CI checks it.
"""
