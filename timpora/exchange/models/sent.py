"""A list as it is sent, before it is a Batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, level
from timpora.areas.models import Area, office_of
from timpora.exchange.models.sharing import Sharing
from timpora.ledger.refusal import Conflict, Refusal
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch

OLDEST = date(2000, 1, 1)  # no list of an older day says anything of today


class SameFile(Conflict):
    """This very file was taken in already; `batch` is the list it became."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(
            _("This file was taken in already. Nothing changes."), field="file", code="same_file"
        )
        self.batch = batch


@dataclass(frozen=True)
class Sent:
    """A list as it was sent: under which record, of which regency, as of which day, whole or in addition."""

    sharing: Sharing
    area: Area
    as_of: date
    whole: bool
    file_name: str
    data: bytes
    single: bool = False
    path: Path | None = None  # of a file on the server that is too long to be held; `data` is empty then

    def check(self, by: Mandate) -> None:
        """Raises Refusal for what no list may be."""
        if not Sharing.objects.open_to(by).filter(pk=self.sharing.pk).exists():
            raise Refusal(_("There is no record in force for this list."), field="sharing", code="no_sharing")
        office = office_of(self.area.pk)
        if level(self.area.pk) != Level.REGENCY or office is None or office.pk != self.sharing.office_id:
            raise Refusal(_("Choose a kabupaten or kota of the record's office."), field="area", code="area")
        if not by.reaches(self.area.pk):
            raise Refusal(_("Choose a kabupaten or kota of your own area."), field="area", code="area")
        if self.as_of > by.post.today:
            raise Refusal(_("This day has not come yet."), field="as_of", code="future")
        if self.as_of < OLDEST:
            raise Refusal(_("This date is too long ago."), field="as_of", code="too_old")
        if not (self.path.stat().st_size if self.path else self.data):
            raise Refusal(_("The file is empty."), field="file", code="empty")

    @property
    def digest(self) -> str:
        if self.path is None:
            return sha256(self.data).hexdigest()
        with self.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
