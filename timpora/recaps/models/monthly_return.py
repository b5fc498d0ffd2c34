from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Min, Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, at, under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.models.answer import Answer
from timpora.recaps.month import DUE_DAY, Month
from timpora.recaps.residents import Obstacle, against_nil, residents_on
from timpora.receipt import receipt
from timpora.registry.models import Freeze, Person, Statement
from timpora.registry.seats import Seats
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.team.roles import Tier


def begun(regencies: Iterable[str]) -> dict[str, date]:
    """The first day on which anybody held a post, by regency; nobody answers for an earlier one."""
    held = Mandate.objects.filter(under("post__area", regencies)).order_by()
    return dict(held.values_list(Left("post__area_id", 5)).annotate(first=Min("since")))


def is_asked(village: str, month: Month) -> bool:
    """Whether anybody can be asked for a village's month."""
    first = begun([at(Level.REGENCY, village) or village]).get(village[:5])
    return first is not None and first <= month.last


class NilRefused(Refusal):
    """Nil is not true yet: `first` names what to answer first."""

    def __init__(self, first: list[Obstacle]) -> None:
        super().__init__(_("Nil can't be signed yet."), code="nil_refused")
        self.first = first


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, mandate: Mandate) -> ReturnQuerySet:
        """Returns of the mandate's area, where its role may see persons."""
        return self.filter(under("area", mandate.codes)) if mandate.sight.persons else self.none()

    def latest(self) -> ReturnQuerySet:  # type: ignore[override]
        return self.filter(superseded_at__isnull=True)

    def of(self, area: Area, month: Month) -> Return | None:
        """The village's word for a month, the last one given; None where there is none yet."""
        found: Return | None = self.latest().filter(area=area, month=str(month)).first()
        return found

    def versions(self, area: Area, month: Month) -> ReturnQuerySet:
        """Every word given for a village's month, the newest first."""
        given = self.filter(area=area, month=str(month))
        return given.select_related("mandate__user", "mandate__post__area", "mandate__post__office").order_by(
            "-pk"
        )

    def sign_nil(self, *, by: Mandate, area: Area, month: Month) -> Return:
        """The sworn word that no foreign national lives in the village on the month's last day.

        Can be signed from that day on. Raises NilRefused over a resident, a waiting arrival or an open claim.
        """
        self._may_sign(by, area, month)
        if by.post.today < month.last:
            raise Refusal(
                _("Nil speaks of the month's last day; it can be signed from that day on."), code="too_early"
            )
        with book.writing():
            area.lock()
            first = against_nil(area, month)
            if first:
                raise NilRefused(first)
            return self._sign(by, area, month, Return.Content.NIL)

    def answer(self, *, by: Mandate, area: Area, month: Month, answers: dict[int, str]) -> Return:
        """The village's answer for every resident: still here, moved, left.

        "Still here" is evidence at once; "moved" and "left" become reports that the district confirms.
        Answered again, it replaces the word given before. Raises Refusal where somebody is not answered for.
        """
        self._may_sign(by, area, month)
        with book.writing():
            area.lock()
            residents = residents_on(area, min(month.last, by.post.today))
            if not residents:
                raise Refusal(_("Nobody is registered here on that day; sign nil instead."), code="nobody")
            if any(answers.get(person.pk) not in Answer.Word.values for person in residents):
                raise Refusal(_("Please answer for every resident."), field="answers", code="answers_missing")
            before = self.of(area, month)
            signed = self._sign(by, area, month, Return.Content.WITH_DATA)
            for person in residents:
                signed.take(person, answers[person.pk], by=by, before=before)
        return signed

    def excuse(self, *, by: Mandate, area: Area, month: Month, reason: str) -> Return:
        """A month that the village need not answer; by its district, or the tier above a vacant one."""
        if not may_excuse(by, area.pk):
            raise Refusal(_("A village is excused by its district."), code="not_allowed")
        if not reason.strip():
            raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
        _not_frozen(area, month)
        with book.writing():
            area.lock()
            given = self.of(area, month)
            if given is not None:
                raise Conflict(_("This month has been answered in the meantime."), code="answered")
            excused = self._write(by, area, month, Return.Content.EXCUSED, reason=reason.strip())
            book.record(
                "return.excused",
                by=by,
                area=area.pk,
                subject=f"return:{excused.pk}",
                fields=(str(month),),
                detail={"reason": reason.strip()},
            )
        return excused

    def _may_sign(self, by: Mandate, area: Area, month: Month) -> None:
        if by.tier not in (Tier.VILLAGE, Tier.DISTRICT) or not by.reaches(area.pk):
            raise Refusal(_("A village's return is signed by its own officer."), code="not_allowed")
        if month > Month.of(area.today):
            raise Refusal(_("This month has not come yet."), code="future")
        if not is_asked(area.pk, month):
            raise Refusal(_("Nobody held a post here yet in that month; nothing is asked."), code="not_asked")
        _not_frozen(area, month)

    def _sign(self, by: Mandate, area: Area, month: Month, content: str) -> Return:
        signed = self._write(by, area, month, content)
        book.record(
            "return.signed", by=by, area=area.pk, subject=f"return:{signed.pk}", fields=(content, str(month))
        )
        return signed

    def _write(self, by: Mandate, area: Area, month: Month, content: str, reason: str = "") -> Return:
        self.latest().filter(area=area, month=str(month)).update(superseded_at=book.moment())
        written: Return = self.create(
            area=area,
            month=str(month),
            content=content,
            mandate=by,
            reason=reason,
            signed_on=by.post.today,
            signed_at=book.moment(),
            on_behalf=content != Return.Content.EXCUSED and by.tier != Tier.VILLAGE,
        )
        return written


class Return(models.Model):
    """A village's month: who lives there, person by person, or nil. Review comes with the recaps."""

    class Content(models.TextChoices):
        NONE = "none", _("none")
        NIL = "nil", _("nil")
        WITH_DATA = "with_data", _("with data")
        EXCUSED = "excused", _("excused")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="returns")
    month = models.CharField(max_length=7)
    content = models.CharField(max_length=9, choices=Content.choices)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="returns")
    on_behalf = models.BooleanField(default=False)  # typed by the district: a paper form, a vacant post
    reason = models.CharField(max_length=500, blank=True)  # why it is excused
    signed_on = models.DateField()  # the village's own day
    signed_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="return_one_latest", fields=["area", "month"], condition=Q(superseded_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month} {self.content}"

    @property
    def receipt(self) -> str:
        """The receipt's number: month of signing and running number, no personal data."""
        return receipt("B", self.signed_at, self.pk)

    @property
    def unanswered(self) -> list[Person]:
        """Residents of the month, as known now, whom this return does not speak of: it is answered again."""
        if self.content == self.Content.EXCUSED:
            return []
        spoken_of = set(self.answers.values_list("person", flat=True))
        day = min(Month.parse(self.month).last, self.area.today)
        return [person for person in residents_on(self.area, day) if person.pk not in spoken_of]

    def take(self, person: Person, word: str, *, by: Mandate, before: Return | None = None) -> None:
        """Notes one answer and what follows from it; what an earlier answer reported is not sent twice."""
        day = min(Month.parse(self.month).last, self.signed_on)
        home = person.home
        here = home is not None and home.area_id == self.area_id
        report = self._sent(person, word, by=by, before=before)
        if word == Answer.Word.STILL_HERE:
            Statement.objects.create(
                source=Statement.Source.RETURN,
                source_id=f"return:{self.pk}",
                agency=by.post.agency,
                area=self.area,
                as_of=day,
                person=person,
                values={},
            )
            if home and here:
                home.evidence(day)
        elif report is None and here:
            left = Report.Left.UNKNOWN if word == Answer.Word.LEFT else ""
            intake = Intake(
                kind=word, area=self.area, event_on=day, person=person, left=left, sent_id=uuid4()
            )
            report = Report.objects.submit(by=by, intake=intake)
        Answer.objects.create(monthly_return=self, person=person, word=word, report=report)

    def _sent(self, person: Person, word: str, *, by: Mandate, before: Return | None) -> Report | None:
        """The report an earlier answer sent, where it says the same; one that says otherwise is withdrawn."""
        earlier = before.answers.filter(person=person).select_related("report").first() if before else None
        report: Report | None = earlier.report if earlier else None
        if (
            earlier is None
            or report is None
            or report.state not in (Report.State.SUBMITTED, Report.State.VERIFIED)
        ):
            return None
        if earlier.word == word:
            return report
        if report.state == Report.State.SUBMITTED:
            report.withdraw(by=by)
        return None


def may_excuse(by: Mandate, area: str) -> bool:
    """Whether a mandate may excuse a village: its district's, or that of the tier above a vacant one."""
    if by.tier is None or by.tier == Tier.VILLAGE or not by.reaches(area):
        return False
    return by.tier == Tier.DISTRICT or Seats((area,)).fall_to(by.tier, Tier.DISTRICT, area)


def _not_frozen(area: Area, month: Month) -> None:
    if Freeze.objects.covers(area.pk, month.last):
        raise Refusal(_("This month is frozen. Report a correction instead."), code="frozen")


__all__ = ["DUE_DAY", "NilRefused", "Return", "may_excuse", "residents_on"]
