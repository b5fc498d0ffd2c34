"""A paper Timpora issued: what it is, its number, its public check code, and its content beside it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from timpora.areas.codes import under
from timpora.areas.models import Area, Office, office_of
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.papers import check_codes, letters, printing
from timpora.papers.kinds import KINDS, Data, Kind
from timpora.papers.models.series import Series
from timpora.papers.models.signing_key import SigningKey
from timpora.team.models import Agency, Mandate, Post
from timpora.team.roles import WORKING, Role

READERS = (*WORKING, Role.CONTRIBUTOR, Role.LODGING)
"""The roles that papers are for; the others read figures or the ledger, or run the system."""

OVERSEERS = (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
"""The roles that read the papers of every agency in their area."""


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers by reader and by code, and the verb that issues one."""

    def visible_to(self, mandate: Mandate) -> PaperQuerySet:
        """Papers of the mandate's post, which is all a lodging has; of its agency in its area; for
        secretaries, immigration officers and the chair all of their area. A restricted paper is its post's
        alone.
        """
        if mandate.role not in READERS:
            return self.none()
        if mandate.role == Role.LODGING:
            return self.filter(post=mandate.post_id)
        here = under("area", mandate.codes)
        if mandate.role not in OVERSEERS:
            here &= Q(agency=mandate.post.agency_id)
        return self.filter(Q(post=mandate.post_id) | Q(restricted=False) & here)

    def kept(self) -> PaperQuerySet:
        """Papers whose content was not erased."""
        return self.filter(content__isnull=False)

    def newest_first(self) -> PaperQuerySet:
        return self.order_by("-at", "-pk")

    def of_code(self, typed: str) -> PaperQuerySet:
        """The one paper with this check code, however it was typed; or none."""
        code = check_codes.normal(typed)
        return self.filter(code=code) if code else self.none()

    def issue(
        self, kind: str, data: Data, *, by: Mandate, area: Area, door: str, series: str = "",
        restricted: bool = False,
    ) -> Paper:  # fmt: skip
        """The paper, printed, numbered and kept.

        `data` is what the kind needs (kinds.py); `door` the full address of the check page, to which the
        code is added; `series` another series than the kind's; `restricted` keeps it to the issuing post
        (and its area out of the ledger). Refuses an area no office answers for. Raises ValueError for
        unfit data.
        """
        chosen = KINDS[kind]
        chosen.refuse_unfit(data)
        office = office_of(area.code) or by.post.office
        if office is None:
            raise Refusal(
                _("No immigration office answers for this area yet."), field="area", code="no_office"
            )
        with book.writing():
            at = book.moment()
            on = timezone.localdate(at, ZoneInfo(office.timezone))
            numbers, n = Series.objects.take(office=office, code=series or chosen.series, on=on)
            paper = Paper(
                kind=kind, series=numbers, n=n, number=numbers.written(n, on), day=on, office=office,
                area=area, agency=by.post.agency, post=by.post, issued_by=by, at=at,
                code=check_codes.new(), restricted=restricted,
            )  # fmt: skip
            paper._print(chosen, data, door)
            where = "" if restricted else area.code
            book.record("paper.issued", by=by, area=where, subject=f"paper:{paper.pk}", fields=(kind,))
        return paper


class Paper(models.Model):
    """One paper: all that stands here may be shown to whoever holds its code, and outlives an erasure.

    The database refuses to change or delete it; its values and its PDF are `Content`.
    """

    kind = models.CharField(max_length=30)
    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    n = models.PositiveIntegerField()
    number = models.CharField(max_length=200)
    day = models.DateField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    issued_by = models.ForeignKey(Mandate, on_delete=models.PROTECT)
    at = models.DateTimeField()
    code = models.CharField(max_length=check_codes.LENGTH, unique=True)
    sha256 = models.CharField(max_length=64)
    restricted = models.BooleanField(default=False)

    objects: ClassVar[Any] = PaperQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="paper_numbered_once", fields=["series", "n"])]
        indexes = [
            models.Index(name="paper_area", fields=["area", "at"]),
            models.Index(name="paper_post", fields=["post", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def title(self) -> str:
        """What it is, in the reader's language."""
        return str(KINDS[self.kind].title)

    @property
    def printed_code(self) -> str:
        """The check code in its groups."""
        return check_codes.grouped(self.code)

    @property
    def file_name(self) -> str:
        """Its number as a file name: "7-TT-TIMPORA-KANIM-SEMARANG-XI-2026.pdf"."""
        return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in self.number) + ".pdf"

    def is_of(self, digest: str) -> bool:
        """Whether a file with this SHA-256 is the paper as it was issued."""
        return digest == self.sha256

    def read(self, *, by: Mandate) -> bytes:
        """The PDF as it was issued; the ledger notes who opened it. Whose it is to read, the caller asks."""
        with book.writing():
            where = "" if self.restricted else self.area_id
            book.record("paper.opened", by=by, area=where, subject=f"paper:{self.pk}")
        return bytes(self.content.pdf)

    def _print(self, kind: Kind, data: Data, door: str) -> None:
        """Renders the paper and keeps it with its content."""
        address = f"{door}{self.printed_code}/"
        # As it is printed: PostgreSQL keeps no U+0000, and a cell of a list may hold one.
        said = letters.seen(dict(data))
        frame = self._frame(kind, address)
        if kind.signs:
            frame |= {"signed": self._signed(said), "checked_at": f"{door}offline/"}
        pdf = printing.pdf(kind.template, frame, said, address=address, at=self.at)
        self.sha256 = sha256(pdf).hexdigest()
        self.save(force_insert=True)
        Content.objects.create(paper=self, data=said, pdf=pdf)

    def _signed(self, said: Data) -> str:
        """The line that proves the paper without a network; nothing in it is personal."""
        about = {"code": said["code"], "count": said["count"], "day": said["day"]}
        return SigningKey.objects.sign(self.number, **about, by=self.issued_by)

    def _frame(self, kind: Kind, address: str) -> dict[str, Any]:
        """What every paper shows, as typst/paper.typ reads it."""
        office = self.office
        with translation.override("id"):
            title = str(kind.title)
        return {
            "letterhead": office.letterhead_lines,
            "address": " · ".join(filter(None, (office.address, office.phone))),
            "office": office.name,
            "city": office.city,
            "title": title,
            "number": self.number,
            "day": self.day.isoformat(),
            "code": self.printed_code,
            "check": address,
        }


class Content(models.Model):
    """What a paper says: the values it was written from and the PDF, both maybe personal.

    Never changed. Deleting the row erases them; number, day and SHA-256 of the paper stay.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, primary_key=True, related_name="content")
    data = models.JSONField()
    pdf = models.BinaryField()

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"content of {self.paper_id}"
