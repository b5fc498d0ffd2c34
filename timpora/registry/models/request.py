from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora import vault
from timpora.areas.codes import Level, level, under
from timpora.areas.models import Area, office_of
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models.person import Person
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier

# UU 27/2022 Articles 30 and 32: corrected, and shown, at the latest 3 x 24 hours after it was asked for.
ANSWERED_WITHIN = timedelta(hours=3 * 24)
LONGEST = 1000  # characters of one answer
MOST_OPEN = 5  # of one person at a time; more would only hide the first ones (practice)
# What was asked and answered in words is kept for a year after the answer; the row itself stays (practice).
WORDS_KEPT = timedelta(days=365)
SEALED_AS = "request"


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(closure__isnull=True)

    def visible_to(self, mandate: Mandate | None) -> RequestQuerySet:
        """Those of the mandate's area that its tier or one below answers.

        What a person says to the office stays above the kecamatan: it may be about the kecamatan.
        """
        if mandate is None or mandate.tier in (None, Tier.VILLAGE):
            return self.none()
        return self.filter(under("area", mandate.codes), tier__gte=mandate.tier)

    def awaiting(self, mandate: Mandate) -> RequestQuerySet:
        """The open ones this mandate is to answer: its tier's, and those of tiers below where nobody sits."""
        mine = self.open().visible_to(mandate)
        if mandate.tier is None or not mine.exists():  # most days nobody asks: the first page asks no more
            return self.none()
        upper, seats = Tier(mandate.tier), Seats(mandate.codes)
        below = mine.filter(tier__gt=upper).values_list("pk", "tier", "area")
        fallen = [pk for pk, held, area in below if seats.fall_to(upper, Tier(held), area)]
        return mine.filter(Q(tier=upper) | Q(pk__in=fallen))

    def first_due(self) -> RequestQuerySet:
        return self.order_by("due_at", "pk")

    # Verbs

    def make(self, *, by: book.Actor, person: Person, kind: str, said: dict[str, str], cause: str) -> Request:
        """What a person asks about their own data. `cause` says how it came: "link:12", or "post:7" for an
        officer who wrote it down.

        The same words again, while they are not answered, are the same request. Raises Refusal.
        """
        said = {name: text.strip() for name, text in said.items() if text.strip()}
        self._check(kind, said)
        with book.writing():
            Person.objects.select_for_update().get(pk=person.pk)
            waiting = list(self.open().filter(person=person))
            for each in waiting:
                if (each.kind, each.said) == (kind, said):
                    return each
            if len(waiting) >= MOST_OPEN:
                raise Refusal(
                    _("Several requests of yours still wait. Please wait for an answer first."),
                    code="too_many",
                )
            made = self._made(person, kind, said, cause)
            book.record("request.made", by=by, area=made.area_id, subject=made.subject,
                        fields=(kind, cause.partition(":")[0]))  # fmt: skip
        return made

    def _check(self, kind: str, said: dict[str, str]) -> None:
        if kind not in Request.Kind.values:
            raise Refusal(_("Please choose what you ask for."), field="kind", code="kind_missing")
        needed = NEEDED[kind]
        if needed and not said.get(needed):
            raise Refusal(_("Please write what you ask for."), field=needed, code="words_missing")
        for name, text in said.items():
            if len(text) > LONGEST:
                raise Refusal(_("Please write at most 1,000 characters."), field=name, code="too_long")

    def _made(self, person: Person, kind: str, said: dict[str, str], cause: str) -> Request:
        home, now = person.home, book.moment()
        area = home.area_id if home else person.last_area
        if area is None:
            raise Refusal(
                _("Nothing is registered that could be asked about here. Please ask the immigration office."),
                code="no_area",
            )
        made: Request = self.create(
            person=person, kind=kind, area_id=area, tier=tier_for(kind, area), cause=cause, at=now,
            due_at=now + ANSWERED_WITHIN, words=vault.current().seal(json.dumps(said), "request"),
        )  # fmt: skip
        return made

    def forget_words(self) -> int:
        """How many requests answered long ago lost their words now; the rows stay."""
        old = self.filter(closure__at__lt=timezone.now() - WORDS_KEPT).exclude(words="")
        RequestClosure.objects.filter(request__in=old).update(reason="")
        return old.update(words="")


def tier_for(kind: str, area: str) -> Tier:
    """Who answers: the kecamatan for an address, the kabupaten's secretary for other values, the immigration
    office for an objection; where an address is not known to the kecamatan, or no office answers, the next.
    """
    if kind == Request.Kind.ADDRESS and level(area) >= Level.DISTRICT:
        return Tier.DISTRICT
    if kind == Request.Kind.OBJECTION and office_of(area):
        return Tier.OFFICE
    return Tier.REGENCY


class Request(models.Model):
    """What somebody asks about what is held of them, with its clock. Its words are sealed and erasable."""

    class Kind(models.TextChoices):
        ADDRESS = "address", _("a change of address")
        CORRECTION = "correction", _("a correction")
        ACCESS = "access", _("a copy of everything that is held")
        OBJECTION = "objection", _("an objection")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    cause = models.CharField(max_length=60)  # "link:12", "post:7": no key leads upward
    words = models.TextField(blank=True)  # sealed JSON of what was answered in the form; "" once forgotten
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "tier"], name="request_area_tier")]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def subject(self) -> str:
        """How the ledger names it."""
        return f"request:{self.pk}"

    @property
    def said(self) -> dict[str, str]:
        """What was written, by the form's field; empty once it was forgotten."""
        found: dict[str, str] = json.loads(vault.current().open_(self.words, SEALED_AS)) if self.words else {}
        return found

    @property
    def answer(self) -> RequestClosure | None:
        """How it was answered; None while it waits."""
        return getattr(self, "closure", None)

    def became(self, cause: str) -> bool:
        """Whether its answer is what `cause` names: "report:12"."""
        return self.answer is not None and self.answer.cause == cause

    @property
    def is_overdue(self) -> bool:
        return self.answer is None and timezone.now() > self.due_at

    def close(self, *, by: Mandate, outcome: str, reason: str = "", cause: str = "") -> RequestClosure:
        """The answer, with a reason that the person reads; `cause` names the report it became.

        Raises Conflict where it was answered meanwhile, and Refusal.
        """
        if outcome not in RequestClosure.Outcome.values:
            raise Refusal(_("Please choose an answer."), field="outcome", code="outcome_missing")
        if not reason.strip() and outcome != RequestClosure.Outcome.REPORTED:
            raise Refusal(
                _("Please give a reason. The person reads it."), field="reason", code="reason_missing"
            )
        if len(reason) > LONGEST:
            raise Refusal(_("Please write at most 1,000 characters."), field="reason", code="too_long")
        if not Request.objects.visible_to(by).filter(pk=self.pk).exists():
            raise Refusal(_("Another tier answers this request."), code="not_allowed")
        with book.writing():
            Request.objects.select_for_update().get(pk=self.pk)
            if RequestClosure.objects.filter(request=self).exists():
                raise Conflict(_("This request has been answered in the meantime."), code="closed")
            sealed = vault.current().seal(reason.strip(), "request") if reason.strip() else ""
            made: RequestClosure = RequestClosure.objects.create(
                request=self, outcome=outcome, reason=sealed, cause=cause, mandate_id=by.pk, at=book.moment()
            )
            book.record("request.closed", by=by, area=self.area_id, subject=self.subject,
                        fields=tuple(filter(None, (outcome, cause))))  # fmt: skip
        return made


class RequestClosure(models.Model):
    """The answer to a request: what became of it, and the reason that the person reads."""

    class Outcome(models.TextChoices):
        REPORTED = "reported", _("passed on as a report, to be verified")
        DONE = "done", _("done as asked")
        KEPT = "kept", _("left as it is")

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="closure")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)  # sealed
    cause = models.CharField(max_length=60, blank=True)  # "report:12": no key leads upward
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.outcome}: request {self.request_id}"

    @property
    def reason_given(self) -> str:
        """The reason in clear; "" where there is none any more."""
        return vault.current().open_(self.reason, SEALED_AS) if self.reason else ""

    @property
    def report_number(self) -> int | None:
        """The report it became, or None."""
        kind, _colon, number = self.cause.partition(":")
        return int(number) if kind == "report" else None


# The answer without which a request of each kind says nothing.
NEEDED: dict[str, str] = {
    Request.Kind.ADDRESS: "address",
    Request.Kind.CORRECTION: "words",
    Request.Kind.ACCESS: "",
    Request.Kind.OBJECTION: "words",
}
