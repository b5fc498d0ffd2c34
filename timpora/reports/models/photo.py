from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora import vault
from timpora.areas.codes import Level, at
from timpora.areas.models import Office, office_of
from timpora.ledger import book
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.reports.models.report import Report


def switched_on(mandate: Mandate) -> Office | None:
    """The office of the mandate's area, where it has switched photos on; else None."""
    area = mandate.post.area_id
    office = mandate.post.office or (office_of(area) if area else None)
    return office if office and office.photos else None


def days_kept(area: str) -> int:
    """For how many days a photo from this area is kept; where no office answers any more, as proposed."""
    return (office_of(area) or Office()).photo_days


class PhotoQuerySet(models.QuerySet["Photo"]):
    def kept(self) -> PhotoQuerySet:
        """Those that can still be looked at."""
        return self.filter(erased_at__isnull=True)

    def attach(self, report: Report, data: bytes, *, by: Mandate) -> Photo:
        """The photo of a report, sealed, in the transaction that takes the report in."""
        key, body = vault.current().seal_file(data, "photo")
        made: Photo = self.create(report=report, size=len(data), digest=digest(data), key=key, body=body)
        book.record("photo.attached", by=by, area=report.area_id, subject=report.cause)
        return made

    def erase_old(self) -> int:
        """How many photos are erased now, each after its office's days; one entry a kabupaten, with counts
        alone.
        """
        found: dict[str, list[tuple[int, Any]]] = {}
        for pk, area, taken in self.kept().values_list("pk", "report__area", "at").order_by("pk"):
            found.setdefault(at(Level.REGENCY, area) or area, []).append((pk, taken))
        return sum(self._erase(regency, photos) for regency, photos in sorted(found.items()))

    def _erase(self, regency: str, photos: list[tuple[int, Any]]) -> int:
        limit = timezone.now() - timedelta(days=days_kept(regency))
        old = [pk for pk, taken in photos if taken < limit]
        if not old:
            return 0
        with book.writing():
            gone: int = (
                self.kept()
                .filter(pk__in=old)
                .update(key="", body=b"", digest="", size=0, erased_at=timezone.now())
            )
            book.record("photo.erased", by=book.SYSTEM, area=regency, fields=(str(gone),))
        return gone


class Photo(models.Model):
    """The one photo of a report: of a place or a letter, never of a person. Sealed, and erased after days."""

    report = models.OneToOneField("reports.Report", on_delete=models.CASCADE, related_name="photo")
    at = models.DateTimeField(default=timezone.now)
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64, blank=True)  # keyed: to tell the same sent twice from another
    key = models.TextField(blank=True)  # of its bytes, sealed
    body = models.BinaryField()  # sealed
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return f"photo of report {self.report_id}"

    @property
    def kilobytes(self) -> int:
        """Its size as it is read, 1 at least."""
        return max(1, round(self.size / 1024))

    @property
    def until(self) -> datetime:
        """When it is erased, as its office has it now."""
        return self.at + timedelta(days=days_kept(self.report.area_id))

    @property
    def days(self) -> int:
        """For how many days it was kept."""
        return (self.erased_at - self.at).days if self.erased_at else 0

    def look(self, *, by: Mandate) -> bytes:
        """The JPEG; every look is noted."""
        with book.writing():
            book.record("photo.viewed", by=by, area=self.report.area_id, subject=self.report.cause)
        return vault.current().open_file(self.key, bytes(self.body), "photo")


def digest(data: bytes) -> str:
    """A keyed digest of a photo, which tells nothing of it."""
    return vault.current().key_for("photo", "", sha256(data).hexdigest())


def is_other(report: Report, data: bytes) -> bool:
    """Whether a photo came that is not the report's own. None is no other; an erased one may be any."""
    kept = Photo.objects.filter(report=report).values_list("digest", flat=True).first() if data else ""
    return kept is None or kept not in ("", digest(data))


def erase_old() -> int:
    """How many photos were erased now, for the worker at night."""
    gone: int = Photo.objects.all().erase_old()
    return gone
