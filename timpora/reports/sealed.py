"""The columns of this app that hold sealed values."""

from timpora.registry.rotation import Sealed
from timpora.reports.models import Draft, Photo

SEALED = (
    Sealed(Draft, "sealed", "draft"),
    Sealed(Photo, "key", "photo"),  # of a file: its bytes stay as they are
)
