"""What the web server calls for every request."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
# All that lasts is loaded here, and left out of every later search for garbage: walking through it made one
# request in a hundred wait a quarter of a second (docs/figures.md). Nothing is searched while it is loaded.
gc.disable()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
gc.enable()
