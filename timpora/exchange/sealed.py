"""The columns of this app that hold sealed texts."""

from timpora.exchange.models import Upload
from timpora.exchange.models.upload import FILE, LINES
from timpora.registry.rotation import Sealed

SEALED = (Sealed(Upload, "file", FILE), Sealed(Upload, "lines", LINES))
