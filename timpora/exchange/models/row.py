from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.exchange import deciding, identity
from timpora.exchange.models.batch import Batch
from timpora.exchange.models.match import Match, MatchQuerySet
from timpora.ledger import book
from timpora.registry.models import Decision, Person, Proposal, Statement
from timpora.registry.models.person import last_area
from timpora.stays.models import Stay
from timpora.team.models import Mandate, Post
from timpora.team.roles import Tier

# Plain SQL: making Django's own of a part's rows would take as long as all else that is done with them.
KEEP = "UPDATE exchange_row SET outcome = %s, statement_id = %s, stay_id = %s, taken_at = %s WHERE id = %s"


DROPPED = 500  # rows a statement


class RowQuerySet(models.QuerySet["Row"]):
    def untaken(self) -> RowQuerySet:
        """Those a run still has to take, in the file's order."""
        return self.filter(taken_at__isnull=True).order_by("number")

    def keep(self, taken: list[Row]) -> None:
        """Keeps what rows became that were taken in now: their outcome, and statement or stay."""
        at = connection.ops.adapt_datetimefield_value(book.moment())
        with connection.cursor() as cursor:
            kept = [(row.outcome, row.statement_id, row.stay_id, at, row.pk) for row in taken]
            cursor.executemany(KEEP, kept)

    def drop(self) -> None:
        """Deletes these rows, some at a time: Django holds in memory all it is about to delete."""
        while some := list(self.values_list("pk", flat=True)[:DROPPED]):
            self.model.objects.filter(pk__in=some).delete()

    def sound(self) -> RowQuerySet:
        """Those that were taken in, or would be."""
        return self.exclude(outcome=self.model.Outcome.FAULTY)

    def undecided(self) -> RowQuerySet:
        """Those taken in of which it is open whom they speak of, also when nobody who was proposed is
        registered any longer.
        """
        return self.filter(taken_at__isnull=False, statement__isnull=False, statement__person__isnull=True)

    def decided(self) -> RowQuerySet:
        """Those of which a tier decided whom they speak of."""
        return self.filter(Exists(Decision.objects.of_tiers().filter(statement=OuterRef("statement"))))

    def visible_to(self, mandate: Mandate) -> RowQuerySet:
        """The rows of the lists a mandate may see."""
        return self.filter(batch__in=Batch.objects.visible_to(mandate).values("pk"))

    def open_to(self, mandate: Mandate | Post) -> RowQuerySet:
        """The rows of its area beside which a mandate of a tier above the village sees whom they may speak
        of: all of these live in its area, too. Over records of several offices the office's tier looks.
        """
        rows = self._of_area(mandate)
        if mandate.tier == Tier.OFFICE:
            return rows
        spoken_of = Proposal.objects.filter(statement=OuterRef("statement"))
        homes = spoken_of.annotate(home=last_area("person")).filter(home__isnull=False)
        elsewhere = homes.exclude(under("home", mandate.codes))
        return rows.filter(~Exists(elsewhere))

    def to_decide(self, mandate: Mandate | Post) -> RowQuerySet:
        """The undecided rows that belong to this mandate's tier, or fall to it from a vacant one."""
        return deciding.decided_by(self._of_area(mandate).undecided(), mandate).order_by("pk")

    def asking(self, mandate: Mandate | Post) -> RowQuerySet:
        """The undecided rows of other offices that may speak of somebody in the area of this office."""
        if mandate.tier != Tier.OFFICE:
            return self.none()
        ours = deciding.homes().filter(under("home", mandate.codes))
        return self._first().undecided().filter(Exists(ours)).exclude(under("area", mandate.codes))

    def to_agree(self, mandate: Mandate | Post) -> RowQuerySet:
        """Of these the rows to which this office, and not their sender, is to say yes."""
        return deciding.agreed_by(self.asking(mandate), mandate).order_by("pk")

    def _of_area(self, mandate: Mandate | Post) -> RowQuerySet:
        """The first row of each statement in the area of a tier above the village."""
        if mandate.tier is None or not mandate.sight.birth_date:
            return self.none()
        return self._first().filter(under("area", mandate.codes))

    def _first(self) -> RowQuerySet:
        first = self.model.objects.filter(statement=OuterRef("statement")).order_by("pk").values("pk")[:1]
        return self.filter(pk=models.Subquery(first))

    def with_all(self) -> RowQuerySet:
        """With the list, the area's line and the statement at hand."""
        line = "area__parent__parent__parent__parent"
        return self.select_related(
            "statement__person", "batch__sharing", "batch__agency", "batch__area", line
        )

    def known_by_list(
        self, *codes: str, on: date | None = None, known: datetime | None = None
    ) -> MatchQuerySet:
        """The persons "known by list" under the codes: one Match each, at the newest row's `area`.

        Named by a list in force and without a current residence on the day (None: now), as known at a moment
        (None: now); rules.md section 1.
        """
        batches = Batch.objects.in_force(on=on, known=known)
        if not batches:
            return Match.objects.none()
        matches = Match.objects.believed(known).of_batches(batches).homeless(on, known)
        return matches.newest(batches, known).under(*codes)


class Row(models.Model):
    """One row of a list, by its number in the file: what it would become, and once taken in what it became.

    Its values stand in the Statement it made; of a fault only field and code are kept.
    """

    class Outcome(models.TextChoices):
        NEW = "new", pgettext_lazy("row", "new person")
        SAME = "same", pgettext_lazy("row", "known person")
        DOUBTFUL = "doubtful", pgettext_lazy("row", "to be decided")
        UNCHANGED = "unchanged", pgettext_lazy("row", "unchanged")
        FAULTY = "faulty", pgettext_lazy("row", "with a fault")
        # Of a list of guests: its rows name no resident and make no person.
        GUEST = "guest", pgettext_lazy("row", "visitor")
        LEFT = "left", pgettext_lazy("row", "check-out added")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(_("became"), max_length=10, choices=Outcome.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # keyed: tells a row that says what one before said
    faults = models.JSONField(default=list)  # [field, code] pairs, no values
    notes = models.JSONField(
        default=list
    )  # codes of exchange.lists; "left": it says that the person has left
    # When its permit or certificate was issued: no value of the registry, a ground why lists differ.
    issued_on = models.DateField(null=True, blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, related_name="rows")
    # Of a list of guests, in place of a statement: nobody is asked whom it speaks of.
    stay = models.ForeignKey(Stay, on_delete=models.SET_NULL, null=True, related_name="rows")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="row_once", fields=["batch", "number"])]
        indexes = [
            models.Index(fields=["digest"], name="row_digest"),
            models.Index(
                fields=["batch", "number"], name="row_untaken", condition=models.Q(taken_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of batch {self.batch_id}"

    @property
    def cause(self) -> str:
        return f"row:{self.pk}"

    @property
    def values(self) -> dict[str, Any]:
        """What it says, numbers sealed; nothing for a row that was not taken in."""
        return dict(self.statement.values) if self.statement else {}

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say whom it speaks of."""
        return self.statement is not None and self.statement.person_id is None

    @property
    def decision(self) -> Decision | None:
        """The word that stands about whom it speaks of."""
        live: Decision | None = Decision.objects.live().filter(statement=self.statement_id).first()
        return live

    @property
    def decided_by_tier(self) -> bool:
        """Whether a tier decided, and no certain proposal."""
        return bool(Decision.objects.of_tiers().filter(statement=self.statement_id).exists())

    @property
    def name(self) -> str:
        return str(self.values.get("names", ""))

    def decide(self, *, by: Mandate, person: Person | None) -> None:
        """Whom a doubtful row speaks of: `person`, or (None) somebody new. The deciding tier's word."""
        with book.writing():
            identity.decide(self, by=by, person=person)

    def agree(self, *, by: Mandate) -> None:
        """The other office's yes: the office of this row may now decide."""
        with book.writing():
            identity.agree(self, by=by)

    def undo(self, *, by: Mandate, reason: str) -> None:
        """The word taken back, with a reason: a doubtful row waits again as before; one that was taken as
        certainly a known person's waits from now on.
        """
        with book.writing():
            identity.undo(self, by=by, reason=reason)


def outcomes(batch: Batch) -> tuple[Row.Outcome, ...]:
    """What the rows of a list may become, in the order in which it is told."""
    became = Row.Outcome
    if batch.is_of_guests:
        return became.GUEST, became.LEFT, became.UNCHANGED, became.FAULTY
    return became.NEW, became.SAME, became.DOUBTFUL, became.UNCHANGED, became.FAULTY
