"""What guests would become, told before anything is kept: as the check-in itself would decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.linkage import Proposal as Match
from timpora.registry.models import Statement
from timpora.registry.models.decision import proposed
from timpora.stays.arrival import Arrival
from timpora.stays.models.guest import who
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.stays.models.lodging import Lodging


@dataclass(frozen=True)
class Verdict:
    """What a guest would become: "in", "sent" (is in already, by this very entry) or "faulty", and why."""

    outcome: str
    faults: tuple[Refusal, ...] = ()


class Test:
    """A round of guests for one lodging, judged in their order."""

    def __init__(self, stays: Any, lodging: Lodging, by: Mandate, arrivals: list[Arrival]) -> None:
        self.lodging, self.by, self.arrivals = lodging, by, arrivals
        numbers = [arrival.sent_id for arrival in arrivals]
        own = stays.filter(lodging=lodging)
        self.sent = dict(own.filter(sent_id__in=numbers).values_list("sent_id", "content"))
        here = own.believed().filter(guests__known_until__isnull=True)
        # Of each who is or was in the house: from when, and until when.
        self.inside: dict[str, list[tuple[date, date | None]]] = {}
        for name, came, left in here.values_list("guests__who", "arrived_on", "left_on"):
            self.inside.setdefault(name, []).append((came, left))
        self.seen: dict[str, date] = {}  # those of this round, who have not left

    def verdicts(self) -> list[Verdict]:
        return [self._of(arrival) for arrival in self.arrivals]

    def _of(self, arrival: Arrival) -> Verdict:
        if faults := tuple(arrival.faults(self.lodging.today)):
            return Verdict("faulty", faults)
        if arrival.sent_id in self.sent:
            if self.sent[arrival.sent_id] == arrival.digest:
                return Verdict("sent")
            return Verdict("faulty", (other_content(),))
        statement = arrival.statement(self.by, self.lodging)
        same, on = alike(statement, proposed(statement)), arrival.arrived_on
        if any(name in self.seen and self.seen[name] <= on for name in same):
            return Verdict("faulty", (twice(),))
        spans = [span for name in same for span in self.inside.get(name, ())]
        if any(came <= on and (left is None or left > on) for came, left in spans):
            return Verdict("faulty", (in_already(),))
        self.seen.update(dict.fromkeys(same, on))
        return Verdict("in")


def alike(statement: Statement, found: list[Match]) -> set[str]:
    """The names under which the guest of a statement may be in the house already."""
    return {who(statement, None), who(statement, certainly(found))} - {""}


def certainly(found: list[Match]) -> int | None:
    """The register number of the person who is proposed for certain."""
    return next((p.candidate.person_id for p in found if p.certainty == "certain"), None)


def in_already() -> Refusal:
    return Refusal(
        _("This guest is in your house already on that night. Check the first entry out, or correct it."),
        field="names", code="in_already",
    )  # fmt: skip


def twice() -> Refusal:
    return Refusal(
        _("This guest stands here twice for the same night. Leave one of the two out."), field="names",
        code="twice",
    )  # fmt: skip


def other_content() -> Conflict:
    return Conflict(_("Another guest was sent under the same number. Please send it anew."), code="id_reused")
