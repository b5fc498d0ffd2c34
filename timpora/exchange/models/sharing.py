from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Office, office_of
from timpora.exchange.lists.kinds import GUESTS
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.fields import ALL
from timpora.team.models import Agency, Mandate
from timpora.team.roles import Role

# Who agrees a record for the office: its head, or an officer of it.
AGREEING = (Role.IMMIGRATION, Role.CHAIR)
# Who brings lists and looks after them.
LISTING = (Role.CONTRIBUTOR, Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
# Without these two nobody could be told from anybody.
NEEDED = ("names", "nationality")
TOLD_APART = ("sex", "birth_date", "document_number")  # of a guest, beside them


@dataclass(frozen=True)
class Terms:
    """What a sharing record says. `fields` are names of `registry.fields`."""

    giver: Agency
    kind: str
    purpose: str
    fields: tuple[str, ...]
    legal_basis: str
    paper_number: str
    paper_day: date
    starts_on: date
    ends_on: date
    keep_months: int
    contact: str

    def check(self) -> None:
        """Raises Refusal for terms that no record may have."""
        missing = [name for name in NEEDED if name not in self.fields]
        if missing:
            raise Refusal(
                _("Name and nationality are needed, or nobody could be told apart."),
                field="fields", code="fields_missing",
            )  # fmt: skip
        if self.kind == GUESTS and not set(TOLD_APART) <= set(self.fields):
            raise Refusal(
                _("Guests are told apart by sex, birth date and document number as well. Name these fields."),
                field="fields", code="fields_missing",
            )  # fmt: skip
        if set(self.fields) - set(ALL):
            raise ValueError("no such fields")
        if self.ends_on < self.starts_on:
            raise Refusal(_("The last day lies before the first."), field="ends_on", code="period")
        if self.keep_months < 1:
            raise Refusal(_("State how long the rows may be kept."), field="keep_months", code="keeping")


class SharingQuerySet(models.QuerySet["Sharing"]):
    def in_force(self, on: date) -> SharingQuerySet:
        """The records a list may rest on that day."""
        return self.filter(ended_at__isnull=True, starts_on__lte=on, ends_on__gte=on)

    def visible_to(self, mandate: Mandate) -> SharingQuerySet:
        """The records of the mandate's office; of a contributor only its own agency's."""
        if mandate.role not in LISTING:
            return self.none()
        found = self.filter(office__in=offices(mandate))
        return found.filter(giver=mandate.post.agency_id) if mandate.role == Role.CONTRIBUTOR else found

    def open_to(self, mandate: Mandate) -> SharingQuerySet:
        """The records in force under which this mandate may bring a list: those of its own agency."""
        return self.visible_to(mandate).filter(giver=mandate.post.agency_id).in_force(mandate.post.today)

    def agree(self, *, by: Mandate, terms: Terms) -> Sharing:
        """The new record. Raises Refusal for other posts than the office's own, and for faulty terms."""
        if not may_agree(by):
            raise Refusal(_("The immigration office agrees such a record."), code="not_allowed")
        terms.check()
        with book.writing():
            sharing: Sharing = self.create(
                office_id=by.post.office_id, agreed_by=by.pk,
                **{name: getattr(terms, name) for name in TERMS if name != "fields"},
                fields=list(terms.fields),
            )  # fmt: skip
            book.record("sharing.agreed", by=by, subject=sharing.cause, fields=tuple(TERMS))
        return sharing


TERMS = tuple(Terms.__dataclass_fields__)


class Sharing(models.Model):
    """The standing record that an agency may give an office a list: purpose, fields, legal basis, period.

    UU 27/2022 Pasal 20 asks for a basis and a purpose; without a record in force no list is taken.
    """

    giver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sharings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="sharings")
    kind = models.CharField(max_length=20)  # a code of exchange.lists.KINDS
    purpose = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    legal_basis = models.CharField(max_length=300)
    paper_number = models.CharField(max_length=120)
    paper_day = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    keep_months = models.PositiveSmallIntegerField()
    contact = models.CharField(max_length=200)  # a post, not a person
    agreed_by = models.BigIntegerField()  # mandate
    agreed_at = models.DateTimeField(default=timezone.now)
    ended_by = models.BigIntegerField(null=True, blank=True)  # mandate
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SharingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="sharing_period", condition=Q(ends_on__gte=F("starts_on")))
        ]

    def __str__(self) -> str:
        return f"sharing {self.pk}: {self.giver_id} {self.kind}"

    @property
    def cause(self) -> str:
        return f"sharing:{self.pk}"

    def in_force(self, on: date) -> bool:
        """Whether a list may rest on it that day."""
        return self.ended_at is None and self.starts_on <= on <= self.ends_on

    def names(self, *fields: str) -> bool:
        """Whether it names all of these fields."""
        return set(fields) <= set(self.fields)

    def end(self, *, by: Mandate, reason: str) -> None:
        """No list rests on it from now on; what was given stays until its time is over."""
        if not reason.strip():
            raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
        with book.writing():
            self.refresh_from_db(from_queryset=Sharing.objects.select_for_update())
            if not may_agree(by) or by.post.office_id != self.office_id:
                raise Refusal(_("The office that agreed this record ends it."), code="not_allowed")
            if self.ended_at is not None:
                raise Conflict(_("This record has ended already."), code="ended")
            self.ended_at, self.ended_by = timezone.now(), by.pk
            Sharing.objects.filter(pk=self.pk).update(ended_at=self.ended_at, ended_by=by.pk)
            book.record("sharing.ended", by=by, subject=self.cause, detail={"reason": reason})


def may_agree(mandate: Mandate) -> bool:
    """Whether a mandate agrees and ends the records of its office."""
    return mandate.role in AGREEING and mandate.post.office_id is not None


def offices(mandate: Mandate) -> Iterable[str]:
    """The codes of the offices whose records concern a mandate: its own, or those that cover its area."""
    if mandate.post.office_id:
        return [mandate.post.office_id]
    own = office_of(mandate.post.area_id) if mandate.post.area_id else None
    return [own.code] if own else []
