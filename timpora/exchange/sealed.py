"""The columns of this app that hold sealed texts."""

from timpora.exchange.models import Upload
from timpora.registry.rotation import Sealed

SEALED = (Sealed(Upload, "file", "upload"), Sealed(Upload, "lines", "upload lines"))
