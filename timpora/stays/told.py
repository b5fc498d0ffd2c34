"""Guests of whom a list of another agency tells: each stay is entered once, whoever tells of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from timpora.ledger.refusal import Refusal
from timpora.registry.models.decision import proposed
from timpora.stays.arrival import Arrival
from timpora.stays.models import Lodging, Sending, Stay
from timpora.stays.testing import alike
from timpora.team.models import Mandate

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

SENTENCES = {
    "lives_there": N_("People live in this house. Ask its village to report the arrival; a list makes nobody"
                      " a resident."),
    "left_before_arrival": N_("The check-out lies before the check-in. Look at both days again."),
    "other_day": N_("This guest is in this house since another day. Compare the days; once the check-out of"
                    " that stay is entered, send the file again."),
}  # fmt: skip
NEAR = timedelta(days=1)  # practice: one desk writes the evening of the arrival, another the day after


@dataclass(frozen=True)
class Told:
    """A guest as a list tells of them; `left_on` where it says that they have left."""

    lodging: Lodging
    arrival: Arrival
    left_on: date | None = None


@dataclass
class Span:
    """From when to when a guest is in a house; `stay` is its number, None of one that is only forecast."""

    came: date
    left: date | None
    stay: int | None = None

    def touches(self, came: date, left: date | None) -> bool:
        """Whether both are for one night, or begin on one day."""
        if self.came == came:
            return True
        return (left is None or self.came < left) and (self.left is None or came < self.left)


@dataclass(frozen=True)
class Verdict:
    """What a guest would become: "in" (a stay), "out" (the end of one that is known), "known" (nothing new),
    "faulty" (and why); `span` is the stay meant.
    """

    outcome: str
    faults: tuple[Refusal, ...] = ()
    span: Span | None = None


class Guests:
    """Guests of a list, judged and taken in one after the other: a dry run and the taking in ask the same."""

    def __init__(self, by: Mandate) -> None:
        self.by = by
        self._houses: dict[int, dict[str, list[Span]]] = {}
        self._numbers: dict[int, set[str]] = {}
        self._sendings: dict[int, int] = {}

    def judge(self, told: Told) -> Verdict:
        """What the guest would become after those before."""
        if faults := tuple(_faults(told)):
            return Verdict("faulty", faults)
        statement, on = told.arrival.statement(self.by, told.lodging), told.arrival.arrived_on
        names, house = alike(statement, proposed(statement)), self._house(told.lodging)
        met = [span for name in names for span in house[name] if span.touches(on, told.left_on)]
        same = next((span for span in met if abs(span.came - on) <= NEAR), None)
        if same is not None:
            ends = told.left_on is not None and same.left is None and told.left_on >= same.came
            same.left = told.left_on if ends else same.left
            return Verdict("out" if ends else "known", span=same)
        if met:
            return Verdict("faulty", (_refused("other_day", "arrived_on"),))
        if str(told.arrival.sent_id) in self._numbers[told.lodging.pk]:
            return Verdict("known")  # taken back since, or set right: the list does not bring it in again
        span = Span(on, told.left_on)
        for name in names:
            house[name].append(span)
        return Verdict("in", span=span)

    def take(self, told: Told) -> tuple[Verdict, int | None]:
        """The verdict that now holds, done, and the number of the stay. Its caller holds the lodging.

        Raises Conflict for a lodging that is closed.
        """
        verdict = self.judge(told)
        span = verdict.span
        if verdict.outcome == "in" and span is not None:
            stay = Stay.objects.check_in(
                by=self.by, lodging=told.lodging, arrival=told.arrival, sending=self._sending(told.lodging)
            )
            span.stay = stay.pk
        if span is None or span.stay is None:
            return verdict, None
        if told.left_on is not None and verdict.outcome in ("in", "out"):
            Stay.objects.get(pk=span.stay).end_as_told(by=self.by, on=told.left_on)
        return verdict, span.stay

    def _house(self, lodging: Lodging) -> dict[str, list[Span]]:
        """Who is or was in a house, by every name under which a guest may be known."""
        if lodging.pk not in self._houses:
            house = self._houses[lodging.pk] = defaultdict(list)
            own = Stay.objects.filter(lodging=lodging)
            self._numbers[lodging.pk] = set(map(str, own.values_list("sent_id", flat=True)))
            here = own.believed().filter(guests__known_until__isnull=True)
            for name, came, left, stay in here.values_list("guests__who", "arrived_on", "left_on", "pk"):
                house[name].append(Span(came, left, stay))
        return self._houses[lodging.pk]

    def _sending(self, lodging: Lodging) -> int:
        if lodging.pk not in self._sendings:
            self._sendings[lodging.pk] = Sending.objects.create(lodging=lodging, mandate_id=self.by.pk).pk
        return self._sendings[lodging.pk]


def _faults(told: Told) -> list[Refusal]:
    lodging, arrival = told.lodging, told.arrival
    faults = list(arrival.faults(lodging.today))
    if lodging.is_home:
        faults.append(_refused("lives_there", "lodging"))
    if told.left_on is not None and told.left_on < arrival.arrived_on:
        faults.append(_refused("left_before_arrival", "left_on"))
    return faults


def _refused(code: str, field: str) -> Refusal:
    return Refusal(_(SENTENCES[code]), field=field, code=code)
