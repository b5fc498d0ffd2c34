"""What remains when persons are one: a pure fold over the mergers that stand and each one's own residences.

Nothing here depends on the order in which persons were merged or parted: the same mergers always give the
same groups, and the same group of residences the same home. That makes every merger exactly reversible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

Span = tuple[date, date]


def groups(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each person that stands in a pair with the lowest number of its group, which stands for all of it."""
    lowest: dict[int, int] = {}

    def stands_for(number: int) -> int:
        while lowest.setdefault(number, number) != number:
            number = lowest[number]
        return number

    for one, other in pairs:
        first, second = sorted((stands_for(one), stands_for(other)))
        lowest[second] = first
    return {number: stands_for(number) for number in lowest}


@dataclass(frozen=True)
class Home:
    """A residence as its own person would have it if nobody were merged.

    `against` is the person for whose residence this one stands aside already; `verified_at` when it was first
    verified.
    """

    key: int
    person: int
    area: str
    started_on: date
    ended_on: date | None
    verified_at: datetime
    against: int | None = None

    @property
    def rank(self) -> tuple[datetime, int, date]:
        """The order in which residences were verified, the same whenever it is asked."""
        return (self.verified_at, self.person, self.started_on)


@dataclass
class Layout:
    """Which residences a group of persons has as one: all days told apart, no day twice.

    `whole` are kept as they are, one of them the `home`; `aside` stand back for the residence of a person;
    `parts` are the days that are left of others.
    """

    home: int | None = None
    whole: set[int] = field(default_factory=set)
    aside: dict[int, int] = field(default_factory=dict)
    parts: list[tuple[int, Span]] = field(default_factory=list)


def laid_out(homes: Collection[Home], members: Collection[int]) -> Layout:
    """The residences of persons that are one: of the current ones the one verified first is the home, the
    rest stand aside; of the past ones each keeps the days that no home and no earlier verified one has.

    One that stands aside for a member of the group does so as long as both belong to it: what was decided
    since about where they live is not reopened by somebody else's merger.
    """
    layout = Layout()
    past = [home for home in homes if home.ended_on is not None]
    past += _settle_current([home for home in homes if home.ended_on is None], set(members), layout)
    home = next((each for each in homes if each.key == layout.home), None)
    taken: list[tuple[date, date | None]] = [(home.started_on, None)] if home else []
    own = {each.key for each in homes if each.ended_on is not None}
    for each in sorted(past, key=lambda one: one.rank):
        assert each.ended_on is not None
        span = (each.started_on, each.ended_on)
        left = _without(span, taken)
        taken.append(span)
        if each.key in own and left == [span]:
            layout.whole.add(each.key)
        else:
            layout.parts += [(each.key, part) for part in left]
    return layout


def _settle_current(current: list[Home], members: set[int], layout: Layout) -> list[Home]:
    """Chooses the home. Gives the days before it of a residence that its own person has left for it since."""
    stand: list[Home] = []
    back: list[Home] = []
    for home in sorted(current, key=lambda each: each.rank):
        (back if home.against in members else stand).append(home)
    own: dict[int, Home] = {}
    for home in sorted(stand, key=lambda each: each.against is not None):
        # Somebody who moved while theirs stood aside has moved: the one of those days does not come back.
        own.setdefault(home.person, home)
    chosen = min(own.values(), key=lambda each: each.rank, default=None)
    layout.aside = {home.key: home.against for home in back if home.against is not None}
    remains = []
    for home in stand:
        if chosen is None or home == chosen:
            continue
        layout.aside[home.key] = chosen.person
        if home != own[home.person] and home.started_on < own[home.person].started_on:
            remains.append(_until(home, own[home.person].started_on))
    if chosen is not None:
        layout.home = chosen.key
        layout.whole.add(chosen.key)
    return remains


def _until(home: Home, day: date) -> Home:
    return Home(home.key, home.person, home.area, home.started_on, day, home.verified_at)


def _without(span: Span, taken: Iterable[tuple[date, date | None]]) -> list[Span]:
    """What is left of a span of days, its end not included, where others have theirs."""
    left = [span]
    if span[0] == span[1]:
        return left  # no day at all is in nobody's way
    for first, last in taken:
        rest: list[Span] = []
        for start, end in left:
            if (last is not None and last <= start) or first >= end:
                rest.append((start, end))
                continue
            if start < first:
                rest.append((start, first))
            if last is not None and last < end:
                rest.append((last, end))
        left = rest
    return left
