"""Visitors: each once at a time, at every tier, on any day, as known at any moment; never a resident."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, PASSPORT, PRAMBATAN, Cast, report
from tests.recaps.offices_life import VERBS, Life, lives
from tests.stays import house
from timpora.desk import reactions
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import Figures, counts, plain
from timpora.registry.models import Merger, Person, Proposal
from timpora.stays.models import Guest, Sending, Stay

pytestmark = [pytest.mark.django_db, pytest.mark.long]
PLACES = (
    BAKALAN,
    PRAMBATAN,
    GETAS,
    DEMAK,
    "33.19.01",
    "33.19",
    "33.21",
    "33.18",
    "kanim-semarang",
    "33",
    "ID",
)
LIN = {
    "names": "Lin Yi-Chun", "nationality": "TWN", "birth_date": "1990-05-03", "document_issuer": "TWN",
    "document_number": "A1234567",
}  # fmt: skip


def visitors(*codes: str, **when: Any) -> list[int]:
    """The figure of each place, its parts and the plain one agreeing."""
    found = []
    for code in codes:
        fast = counts(code, **when)
        assert fast == plain(code, **when), code
        assert not fast.below or sum(part.visitors for part in fast.below) == fast.visitors, code
        found.append(fast.visitors)
    return found


def test_who_sleeps_in_two_houses_counts_once_where_they_came_last(world: Cast) -> None:
    first = house.host(world, name="Hotel Satu")
    second = house.host(world, "homestay", area=GETAS, name="Homestay Dua")
    house.check_in(first, on=house.ago(4))
    later = house.check_in(second, on=house.ago(1))
    assert visitors(BAKALAN, GETAS, "33.19", "ID") == [0, 1, 1, 1]
    assert visitors(BAKALAN, GETAS, "33.19", on=house.ago(2)) == [1, 0, 1]
    later.check_out(by=second, on=house.TODAY)
    assert visitors(BAKALAN, GETAS, "33.19") == [1, 0, 1]


def test_two_guests_without_a_shared_document_are_two(world: Cast) -> None:
    by = house.host(world)
    house.check_in(by)
    house.check_in(by, document_number="ZZ999", names="Another Wixolt")
    house.check_in(by, document_kind="inpass", document_number="", parent="X", birth_date="2020", names="Kid")
    house.check_in(by, document_kind="inpass", document_number="", parent="X", birth_date="2020", names="Kid")
    assert visitors(BAKALAN, "33.19") == [4, 4]


def test_who_is_registered_while_they_are_a_guest_ceases_to_be_one(world: Cast) -> None:
    house.check_in(house.host(world), **LIN)
    assert visitors("33.19") == [1]
    sent = report(world.getas, **PASSPORT)
    sent.confirm(by=world.jati)
    reactions.run()
    assert visitors("33.19", "ID") == [0, 0] and counts("33.19").people == 1
    sent.refresh_from_db()
    sent.unconfirm(by=world.jati, reason="a slip")
    reactions.run()
    assert visitors("33.19", "ID") == [1, 1] and counts("33.19").people == 0


def test_a_resident_who_moved_away_is_a_visitor_from_the_day_they_left(world: Cast) -> None:
    report(world.getas, on=house.ago(20), **PASSPORT).confirm(by=world.jati)
    by = house.host(world)
    house.check_in(by, on=house.ago(6), **LIN)
    assert visitors(BAKALAN) == [0]
    gone = report(world.getas, kind="left", left="unknown", person=Person.objects.get(), on=house.ago(3))
    gone.confirm(by=world.jati)
    assert visitors(BAKALAN) == [1]
    assert [visitors(BAKALAN, on=house.ago(day))[0] for day in (5, 4, 3, 1)] == [0, 0, 1, 1]


def test_a_doubtful_namesake_counts_until_an_officer_has_said_who_it_is(world: Cast) -> None:
    report(world.getas).confirm(by=world.jati)
    stay = house.check_in(house.host(world), names="Lin Yi-Chun", nationality="TWN", birth_date="1990",
                          document_number="QQ55", document_issuer="TWN")  # fmt: skip
    proposal = Proposal.objects.get(statement=stay.statement_id)
    assert proposal.certainty == "doubtful" and visitors("33.19") == [1]
    stay.decide(by=world.kudus, person=Person.objects.get())
    assert visitors("33.19") == [0]


def test_a_certain_proposal_counts_as_the_same_person_until_an_officer_says_otherwise(world: Cast) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    stay = house.check_in(house.host(world), **LIN)
    assert visitors("33.19") == [0]
    with pytest.raises(Refusal):
        stay.decide(by=world.jati, person=None)  # covers one of the two records
    stay.decide(by=world.kudus, person=None)
    assert visitors("33.19") == [1]
    stay.look_again()
    assert visitors("33.19") == [1]


def test_the_nameless_see_no_small_figure_of_a_village(world: Cast) -> None:
    by = house.host(world)
    house.check_in(by)
    for reader in (world.province, world.nation):
        client = cast.sign_in(reader)
        assert client.get(f"/counts/{BAKALAN}/").context["shown"].visitors is None
        rows = client.get("/counts/33.19.01/").context["shown"].rows
        assert {row.visitors for row in rows if row.code in (BAKALAN, PRAMBATAN)} == {None}
        assert client.get("/counts/33.19/").context["shown"].visitors == 1
    own = cast.sign_in(world.kaliwungu).get("/counts/33.19.01/").context["shown"]
    assert {row.code: row.visitors for row in own.rows if row.visitors} == {BAKALAN: 1}


class Guests(Life):
    """An office's life with a hotel, a homestay and a mess in it."""

    def seat(self) -> Guests:
        self.hosts = [
            house.host(self.cast, "hotel", area=BAKALAN, name="Hotel"),
            house.host(self.cast, "homestay", area=GETAS, name="Homestay"),
            house.host(self.cast, "hotel", area=DEMAK, name="Losmen"),
            house.host(self.cast, "mess", area=PRAMBATAN, name="Mess"),
        ]
        return self

    def check_in(self, who: int, where: int, ago: int) -> None:
        names = (
            LIN,
            {
                "names": "Thiha",
                "nationality": "MMR",
                "sex": "M",
                "birth_date": "1996",
                "document_number": "M77",
            },
            {"names": "Brannagh Wixolt"},
        )
        guest = house.arrival(on=self._day(ago), **names[who % 3])
        Sending.objects.receive([guest], by=self.hosts[where % 4])

    def check_out(self, which: int, ago: int, *_: int) -> None:
        stay = self._one(which)
        if stay:
            stay.check_out(by=stay.mandate, on=self._day(ago % 4))

    def set_right(self, which: int, ago: int, left: int) -> None:
        stay = self._one(which)
        if stay:
            guest = house.arrival(on=self._day(ago), document_number=f"N{which % 2}")
            stay.correct(by=stay.mandate, arrival=guest, left_on=self._day(left) if left % 2 else None)

    def void(self, which: int, *_: int) -> None:
        stay = self._one(which)
        if stay:
            stay.void(by=stay.mandate, reason="by mistake")

    def react(self, *_: int) -> None:
        reactions.run()

    def _one(self, number: int) -> Stay | None:
        found = list(Stay.objects.with_all().believed().order_by("pk"))
        return found[number % len(found)] if found else None


STAYS = {"check_in": 12, "check_out": 5, "set_right": 3, "void": 1, "react": 3}


def _life(seed: int) -> list[tuple[str, int, int, int]]:
    chance = Random(seed)
    weights = {
        name: VERBS[name] for name in ("submit", "confirm", "unconfirm", "about", "night", "merge", "part")
    }
    weights |= STAYS
    verbs = chance.choices(list(weights), weights=list(weights.values()), k=40)
    return [(verb, chance.randrange(12), chance.randrange(12), chance.randrange(12)) for verb in verbs]


def told(figures: Figures) -> Figures:
    return replace(figures, unconfirmed=None)


@lives(8, _life)
def test_in_any_order_of_verbs_the_figure_is_the_plain_one_and_the_past_can_be_told_again(
    world: Cast, life: list[tuple[str, int, int, int]]
) -> None:
    start = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=True) as clock:
        office = Guests(world, lambda span: clock.shift(span)).seat()
        past: list[tuple[str, Any, datetime, Figures]] = []
        for number, (verb, *numbers) in enumerate(life):
            office.step(verb, *numbers)
            code = PLACES[number % len(PLACES)]
            day = timezone.localdate() - timedelta(days=numbers[0])
            for on in (None, day):
                visitors(code, on=on)
                past.append((code, on, timezone.now(), told(counts(code, on=on))))
        reactions.run()
        visitors(*PLACES)
        for guest in Guest.objects.visitors("ID"):
            assert guest.person_number is None or not Person.objects.filter(
                pk=guest.person_number, residences__known_until=None, residences__ended_on=None
            ).filter(residences__isnull=False).exists()  # fmt: skip
        seen = [guest.who for guest in Guest.objects.visitors("ID")]
        assert len(seen) == len(set(seen))
        clock.shift(timedelta(days=9))
        for code, on, moment, said in past:
            assert counts(code, on=on, known=moment) == said, (code, on, moment)
            assert plain(code, on=on, known=moment) == said, (code, on, moment)


def test_who_is_found_to_be_another_takes_their_stays_along(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    twin = report(world.bakalan, names="Lin Yi Jun", birth_date="1990", sex="")
    twin.confirm(by=world.kaliwungu)
    twin.refresh_from_db()
    if twin.is_doubtful:
        twin.decide_identity(by=world.kaliwungu, person=None)
    house.check_in(house.host(world), **LIN)
    assert visitors("33.19") == [0]
    one, other = Person.objects.order_by("pk")
    merger = Merger.objects.join(one, other, by=world.kaliwungu, reason="one passport")
    reactions.run()
    assert visitors("33.19") == [0] and counts("33.19").people == 1
    merger.undo(by=world.kaliwungu, reason="two after all")
    reactions.run()
    assert visitors("33.19") == [0] and counts("33.19").people == 2
