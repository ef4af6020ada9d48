"""What gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

# The exit code that tells gunicorn to give up instead of starting the next worker.
CANNOT_START = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.stderr.write(f"newsroom: {error}\n")
    sys.exit(CANNOT_START)
