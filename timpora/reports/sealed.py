"""The columns of this app that hold sealed values."""

from timpora.registry.rotation import Sealed
from timpora.reports.models import Draft

SEALED = (Sealed(Draft, "sealed", "draft"),)
