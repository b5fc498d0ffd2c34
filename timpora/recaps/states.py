"""Where a resident's record stands, in words: never what somebody has done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timpora.areas.models import office_of
from timpora.recaps.counting import UNCONFIRMED_DAYS
from timpora.registry.models import Claim, Person
from timpora.reports.models import Report
from timpora.reports.shown import date_of
from timpora.team.models import Mandate


@dataclass(frozen=True)
class State:
    """A badge: its kind (a colour beside the words) and the words."""

    kind: str
    words: str


@dataclass
class Resident:
    """A person as a line of a list: who, where, and where the record stands."""

    person: Person
    states: list[State] = field(default_factory=list)

    @property
    def home(self) -> object:
        return self.person.home

    @property
    def born(self) -> str:
        """The birth date in words, as far as it is known."""
        return date_of(self.person.birth_date)


def residents(persons: Iterable[Person], mandate: Mandate) -> list[Resident]:
    """The persons (read `with_home`) with their states, in three queries however many they are."""
    lines = {person.pk: Resident(person) for person in persons}
    if not lines:
        return []
    for claim in Claim.objects.open().visible_to(mandate).filter(person__in=lines):
        lines[claim.person_id].states.append(State("ask", _("also reported elsewhere")))
    for report in Report.objects.visible_to(mandate).submitted().filter(person__in=lines):
        lines[report.person_id or 0].states.append(State("waiting", _("a report waits")))
    last = mandate.post.today - timedelta(days=_unconfirmed_days(lines.values()))
    for line in lines.values():
        line.states = line.states or [_evidence(line.person, last)]
    return list(lines.values())


def _evidence(person: Person, last: date) -> State:
    home = person.home
    if home is None:
        return State("calm", _("does not live here any more"))
    if home.evidenced_on < last:
        return State(
            "late", _("not confirmed since %(day)s") % {"day": date_format(home.evidenced_on, "j F Y")}
        )
    return State("sure", _("verified"))


def _unconfirmed_days(lines: Iterable[Resident]) -> int:
    """The office's days without a sign after which a resident is shown apart; one office answers for a
    list.
    """
    home = next((line.person.home for line in lines if line.person.home), None)
    office = office_of(home.area_id) if home else None
    return office.unconfirmed_days if office else UNCONFIRMED_DAYS
