"""The columns of this app that hold sealed texts."""

from timpora.exchange.models import Upload, UploadPart
from timpora.registry.rotation import Sealed

SEALED = (
    Sealed(Upload, "file", "upload"),
    Sealed(Upload, "remarks", "upload remarks"),
    Sealed(UploadPart, "lines", "upload lines"),
)
