from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.exchange.models.row import Row
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.reasons import GONE, REASONS
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.team.models import Agency, Mandate
from timpora.team.roles import Role


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, mandate: Mandate) -> GapQuerySet:
        """The gaps of the mandate's area; a contributor's those that touch rows of its own agency."""
        if mandate.role not in LISTING:
            return self.none()
        mine = self.filter(under("area", mandate.codes))
        if mandate.role != Role.CONTRIBUTOR:
            return mine
        rows = Gap.rows.through.objects.filter(gap=OuterRef("pk"), row__batch__agency=mandate.post.agency_id)
        return mine.filter(Exists(rows))

    def open(self) -> GapQuerySet:
        """Those that nobody has closed, or that were opened again."""
        return self.filter(~Exists(GapClosure.objects.standing().filter(gap=OuterRef("pk"))))

    def closed(self) -> GapQuerySet:
        return self.filter(Exists(GapClosure.objects.standing().filter(gap=OuterRef("pk"))))

    def gone(self) -> GapQuerySet:
        """Open ones whose difference a later comparison did not find: they may be closed."""
        return self.open().filter(gone_in__isnull=False)

    def again(self) -> GapQuerySet:
        """Those closed as no longer different that a later comparison found all the same."""
        gone = GapClosure.objects.standing().filter(
            gap=OuterRef("pk"), reason=GONE, at__lt=OuterRef("last_found__at")
        )
        return self.filter(Exists(gone))

    def with_all(self) -> GapQuerySet:
        """With owner, closures and rows at hand."""
        closures = models.Prefetch("closures", GapClosure.objects.standing(), to_attr="standing_closures")
        rows = models.Prefetch("rows", Row.objects.select_related("statement", "batch"), to_attr="said_in")
        return self.select_related("owner", "last_found").prefetch_related(closures, rows)

    def close(self, *, by: Mandate, reason: str, note: str = "") -> int:
        """Closes each open one of these with one reason; how many were. All or none."""
        with book.writing():
            waiting = list(self.open().order_by("pk"))
            for gap in waiting:
                gap.close(by=by, reason=reason, note=note)
        return len(waiting)


class Gap(models.Model):
    """One person of whom two lists say different things, or one nothing: needs clarification, never a fault.

    The same gap found again by a later comparison is the same row. Lists are named "<agency>.<kind>", the
    verified residents "residences".
    """

    class Kind(models.TextChoices):
        ONLY_IN = "only_in", pgettext_lazy("gap", "in one list only")
        PERMIT = "permit", pgettext_lazy("gap", "another permit or passport")
        VALIDITY = "validity", pgettext_lazy("gap", "another date of validity")
        ADDRESS = "address", pgettext_lazy("gap", "another address")
        EMPLOYER = "employer", pgettext_lazy("gap", "another employer")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="gaps")
    who = models.CharField(max_length=40)  # plain value: "person:12"; of an undecided row "row:34"
    kind = models.CharField(_("difference"), max_length=10, choices=Kind.choices)
    one = models.CharField(max_length=80)  # the list that names the person
    other = models.CharField(max_length=80)  # the one that does not, or says something else
    lists = models.CharField(max_length=170)  # what tells it from another gap of the kind: `pair_of`
    fields = models.JSONField(default=list)  # names of the fields that differ; no values
    reason = models.CharField(_("proposed reason"), max_length=20)  # a key of exchange.reasons.REASONS
    grounds = models.JSONField(default=list)  # [key of exchange.reasons.GROUNDS, number] pairs
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="gaps"
    )  # None: villages
    due_on = models.DateField(_("due"))
    rows = models.ManyToManyField(Row, related_name="gaps")
    first_found = models.ForeignKey("exchange.Comparison", on_delete=models.PROTECT, related_name="+")
    last_found = models.ForeignKey("exchange.Comparison", on_delete=models.PROTECT, related_name="+")
    found_in = models.ManyToManyField("exchange.Comparison", related_name="gaps")
    # The comparison that laid the same lists out and did not find it.
    gone_in = models.ForeignKey("exchange.Comparison", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = GapQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="gap_once", fields=["area", "who", "kind", "lists"])]
        indexes = [models.Index(fields=["area", "owner", "due_on"], name="gap_worklist")]

    def __str__(self) -> str:
        return f"gap {self.pk}: {self.kind} {self.who}"

    @property
    def cause(self) -> str:
        return f"gap:{self.pk}"

    @property
    def person_number(self) -> int | None:
        """The person it is about; None while it is open whom a row speaks of."""
        kind, _colon, number = self.who.partition(":")
        return int(number) if kind == "person" else None

    @property
    def closure(self) -> GapClosure | None:
        """The closure that stands. Prefetched by `with_all`."""
        standing = getattr(self, "standing_closures", None)
        if standing is None:
            standing = list(self.closures.standing())
        return standing[0] if standing else None

    @property
    def is_again(self) -> bool:
        """Whether it was closed as no longer different and has been found since."""
        closure = self.closure
        return closure is not None and closure.reason == GONE and closure.at < self.last_found.at

    def may_be_closed_by(self, mandate: Mandate) -> bool:
        """Whether a mandate closes it and opens it again: the tiers above it, and its owner agency."""
        if not mandate.reaches(self.area_id):
            return False
        own = mandate.role == Role.CONTRIBUTOR and self.owner_id == mandate.post.agency_id
        return own or mandate.role in (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)

    def close(self, *, by: Mandate, reason: str, note: str = "") -> GapClosure:
        """The closure, with its reason; a note stands beside it where it can be erased. Raises Refusal."""
        if not self.may_be_closed_by(by):
            raise Refusal(_("The owner agency or the tiers above close this."), code="not_allowed")
        if reason not in REASONS:
            raise Refusal(_("Choose a reason."), field="reason", code="reason_missing")
        with book.writing():
            self._hold()
            if self.closures.standing().exists():
                raise Conflict(_("This has been closed in the meantime."), code="closed")
            made: GapClosure = GapClosure.objects.create(
                gap=self, reason=reason, mandate_id=by.pk, at=book.moment()
            )
            detail = {"note": note.strip()} if note.strip() else None
            book.record("gap.closed", by=by, area=self.area_id, subject=self.cause, fields=(reason,),
                        detail=detail)  # fmt: skip
        return made

    def reopen(self, *, by: Mandate, note: str) -> None:
        """Open again, with a reason in words. Raises Refusal."""
        if not self.may_be_closed_by(by):
            raise Refusal(_("The owner agency or the tiers above open this again."), code="not_allowed")
        if not note.strip():
            raise Refusal(_("Please give a reason."), field="note", code="reason_missing")
        with book.writing():
            self._hold()
            standing = self.closures.standing()
            if not standing.update(reopened_at=book.moment(), reopened_by=by.pk):
                raise Conflict(_("This is open already."), code="open")
            book.record("gap.reopened", by=by, area=self.area_id, subject=self.cause, detail={"note": note})

    def _hold(self) -> None:
        Gap.objects.select_for_update().values_list("pk").get(pk=self.pk)


def pair_of(kind: str, one: str, other: str) -> str:
    """What tells a gap of a kind from another of the same person: of "only in" the list that lacks them,
    whichever of the others names them; else both.
    """
    return other if kind == Gap.Kind.ONLY_IN else "|".join(sorted((one, other)))


class GapClosureQuerySet(models.QuerySet["GapClosure"]):
    def standing(self) -> GapClosureQuerySet:
        return self.filter(reopened_at__isnull=True)


class GapClosure(models.Model):
    """That a gap was closed: by whom, when, with which reason; and whether it was opened again."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(_("reason"), max_length=20)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.BigIntegerField(null=True, blank=True)  # mandate

    objects: ClassVar[Any] = GapClosureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="gap_closed_once", fields=["gap"], condition=Q(reopened_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason}: gap {self.gap_id}"
