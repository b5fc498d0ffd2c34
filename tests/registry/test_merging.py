"""Persons brought together and parted, in any order: what stands is what the mergers that stand give."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, PRAMBATAN, Cast, report
from tests.recaps.offices_life import Life, lives
from tests.recaps.test_one_number import assert_nobody_counts_twice, check
from tests.recaps.test_one_number import told as without_the_present
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts
from timpora.recaps.recount import recount
from timpora.registry.merging import Home, groups, laid_out
from timpora.registry.models import (
    Claim,
    Employment,
    FamilyLink,
    Guarantor,
    IdentityDocument,
    Merger,
    Origin,
    Person,
    PersonKey,
    Residence,
    Statement,
    StayPermit,
)
from timpora.reports.models import Report

pairs = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=12)
START = datetime(2026, 1, 1, tzinfo=UTC)


@given(pairs, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_the_mergers(mergers: Any, chance: Random) -> None:
    shuffled = [tuple(chance.sample(pair, 2)) for pair in mergers]
    chance.shuffle(shuffled)
    found = groups(mergers)
    assert groups(shuffled) == found
    assert all(found[one] == found[other] <= min(one, other) for one, other in mergers)


@st.composite
def some_homes(draw: Any) -> list[Home]:
    """Residences of up to four persons: of each one current at most, and none on a day of another."""
    homes = []
    for person in range(1, draw(st.integers(1, 4)) + 1):
        day = 0
        for _ in range(draw(st.integers(0, 3))):
            began = day + draw(st.integers(0, 20))
            ended = draw(st.one_of(st.none(), st.integers(began, began + 30)))
            verified = START + timedelta(hours=draw(st.integers(0, 500)))
            last = date(2026, 1, 1) + timedelta(days=ended) if ended is not None else None
            first = date(2026, 1, 1) + timedelta(days=began)
            homes.append(Home(len(homes), person, "33.19", first, last, verified))
            if ended is None:
                break
            day = ended
    return homes


@given(some_homes())
def test_one_home_is_left_and_no_day_is_told_twice(homes: list[Home]) -> None:
    members = {home.person for home in homes}
    layout = laid_out(homes, members)
    current = [home for home in homes if home.ended_on is None]
    first = min(current, key=lambda home: home.rank, default=None)
    assert layout.home == (first.key if first else None)
    assert layout.aside == {home.key: first.person for home in current if first and home != first}
    whole = [(home.started_on, home.ended_on) for home in homes if home.key in layout.whole]
    spans = sorted((start, end or date.max) for start, end in whole + [span for _, span in layout.parts])
    lasting = [(start, end) for start, end in spans if start < end]
    assert all(end <= start for (_, end), (start, _) in pairwise(lasting))
    # Every day of a past residence is somebody's still, but those from the home's first day on.
    for home in homes:
        if (
            home.ended_on
            and home.started_on < home.ended_on
            and not (first and home.ended_on > first.started_on)
        ):
            assert any(start <= home.started_on < end for start, end in lasting)


@given(some_homes())
def test_alone_a_person_keeps_all_residences_as_they_are(homes: list[Home]) -> None:
    own = [home for home in homes if home.person == 1]
    layout = laid_out(own, {1})
    assert layout.whole == {home.key for home in own}
    assert not layout.aside and not layout.parts


# --- the same in the registry ---------------------------------------------------------------------------

PLACES = (BAKALAN, PRAMBATAN, GETAS, "33.19.01", "33.19", "ID")
MORE = {"employer": "PT Muria Jaya", "job": "engineer", "guarantor": "PT Muria Jaya"}


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def settle_people(world: Cast) -> None:
    """Six records of one office: residents of three villages, one who has left, a child, a claim."""
    report(world.bakalan, on=date(2026, 9, 1), **PASSPORT, **MORE).confirm(by=world.kaliwungu)
    okafor = {"names": "Chidi Okafor", "nationality": "NGA", "birth_date": "1990", "address": "kos 2"}
    permit = {"permit_kind": "ITAP", "permit_until": "2027-03-01"}
    report(world.prambatan, on=date(2026, 8, 1), **okafor, **permit).confirm(by=world.kaliwungu)
    report(world.getas, names="Park Ji-woo", nationality="KOR", birth_date="1991", on=date(2026, 7, 1),
           **MORE, document_kind="unhcr", document_number="U-77").confirm(by=world.jati)  # fmt: skip
    report(world.bakalan, names="Klaus Schmidt", nationality="DEU", birth_date="1952", on=date(2026, 10, 5),
           address="kos 4", permit_kind="ITK").confirm(by=world.kaliwungu)  # fmt: skip
    parent = Person.objects.get(names="Chidi Okafor")
    report(world.prambatan, names="Ngozi Eze", nationality="NGA", birth_date="2019", on=date(2026, 6, 1),
           parent=f"Chidi Okafor ({parent.register_number})").confirm(by=world.kaliwungu)  # fmt: skip
    report(world.prambatan, names="Thiha", nationality="MMR", birth_date="1980", on=date(2026, 5, 1)).confirm(
        by=world.kaliwungu
    )
    gone = Person.objects.get(names="Thiha")
    report(world.prambatan, kind="left", left="unknown", person=gone, on=date(2026, 9, 20)).confirm(
        by=world.kaliwungu
    )
    report(world.getas, on=date(2026, 11, 2), address="kos 9", **PASSPORT).confirm(by=world.jati)
    assert (Person.objects.count(), Claim.objects.open().count()) == (6, 1)


def told() -> dict[str, Any]:
    """All that the registry says now, without the numbers of rows that can't be the same."""
    homes = Residence.objects.believed()
    origins = Origin.objects.exclude(table="registry.claim")  # of claims, those taken back are history
    answered = (
        "person",
        "claimed_in",
        "counted_in",
        "tier",
        "claimed_on",
        "address",
        "submitter_id",
        "answer",
    )
    concluded = {
        model.__name__: sorted(model.objects.values_list("person", "statement", *columns))
        for model, columns in (
            (IdentityDocument, ("number_key",)), (StayPermit, ("kind", "until")),
            (Employment, ("employer", "job")), (Guarantor, ("guarantor",)), (FamilyLink, ("parent",)),
        )
    }  # fmt: skip
    return concluded | {
        "persons": sorted(Person.objects.values_list("pk", "same_as", "names", "birth_date", "permit_kind",
                                                     "permit_until", "name_key")),
        "keys": sorted(PersonKey.objects.values_list("person", "key")),
        "statements": dict(Statement.objects.values_list("pk", "person")),
        "reports": dict(Report.objects.values_list("pk", "person")),
        "homes": sorted(
            (home.person_id, home.area_id, home.started_on, str(home.ended_on), home.end, home.evidenced_on,
             home.address, home.cause.partition("merger:")[0])
            for home in homes
        ),
        "claims": sorted(Claim.objects.open().values_list(*answered)),
        "origins": sorted(origins.values_list("table", "row", "person")),
        "figures": {code: check(code) for code in PLACES},
    }  # fmt: skip


def merge(by: Any, one: int, other: int) -> None:
    """Whoever the two numbers stand for, as one; nothing where they are one already."""
    first, second = (Person.objects.numbered(number).get() for number in (one, other))
    if first != second:
        Merger.objects.join(first, second, by=by, reason="the same passport photo")


@pytest.mark.django_db
@pytest.mark.long
@lives(12, Random)
def test_any_sequence_of_mergers_and_partings_ends_in_what_the_remaining_mergers_give(
    world: Any, life: Random
) -> None:
    steps = range(life.randint(1, 9))
    sequence = [(life.random() < 0.4, life.randrange(6), life.randrange(6)) for _step in steps]
    with transaction.atomic():
        settle_people(world)
        numbers = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        alone = told()
        inside = transaction.savepoint()
        for parts, one, other in sequence:
            live = list(Merger.objects.live().order_by("pk"))
            if parts and live:
                live[one % len(live)].undo(by=_over(world, live[one % len(live)]), reason="two after all")
            else:
                first, second = numbers[one], numbers[other]
                _merge(world, first, second)
            assert_nobody_counts_twice()
        found, remaining = told(), list(Merger.objects.live().values_list("kept", "merged"))
        assert recount()[1] == []
        for merger in list(Merger.objects.live()):
            merger.undo(by=_over(world, merger), reason="all apart")
        assert told() == alone
        transaction.savepoint_rollback(inside)
        life.shuffle(remaining)
        for first, second in remaining:
            _merge(world, first, second)
        assert told() == found
        transaction.set_rollback(True)


def _merge(world: Cast, one: int, other: int) -> None:
    for officer in (world.kaliwungu, world.jati, world.kudus):
        try:
            return merge(officer, one, other)
        except Refusal as refusal:
            assert refusal.code == "not_allowed"
    raise AssertionError("nobody may")


def _over(world: Cast, merger: Merger) -> Any:
    return {3: world.kudus, 2: world.kudus}[merger.tier]


@pytest.mark.django_db
@pytest.mark.long
@lives(6)
def test_whatever_happens_while_persons_are_one_nobody_counts_twice_and_the_past_can_be_told_again(
    world: Any, life: list[tuple[str, int, int, int]]
) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 5, 0, tzinfo=UTC), tick=True) as clock:
        settle_people(world)
        officers = Life(world, lambda span: clock.shift(span))
        past = []
        for number, (verb, *numbers) in enumerate(life):
            # "Somebody else" about a report whose document stands at a person the database alone refuses.
            with contextlib.suppress(IntegrityError):
                officers.step(verb, *numbers)
            officers.step("merge" if number % 3 else "part", *numbers)
            assert_nobody_counts_twice()
            past.append((timezone.now(), without_the_present(check("33.19"))))
        for merger in Merger.objects.live().order_by("-pk"):
            with contextlib.suppress(Conflict):
                merger.undo(by=world.chair, reason="all apart")
            assert_nobody_counts_twice()
        for code in PLACES:
            check(code)
        clock.shift(timedelta(days=9))
        for moment, said in past:
            assert counts("33.19", known=moment) == said
        assert recount()[1] == []
