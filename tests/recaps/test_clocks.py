"""Three times in one country: a day ends where it ends, a moment is one for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from timpora.areas import loading
from timpora.areas.models import Area, Office
from timpora.ledger import book
from timpora.recaps import moments
from timpora.recaps.breakdown import breakdown, plain_breakdown
from timpora.recaps.counting import counts, plain
from timpora.recaps.places import place_of
from timpora.registry.models import Person, Residence
from timpora.registry.models.tally import fold

pytestmark = pytest.mark.django_db
WIB, WITA, WIT = "33.19.01.2001", "51.71.01.1001", "91.71.01.1001"


@pytest.fixture
def clock() -> Iterator[Any]:
    """23.30 in Jakarta on the last of November: December has begun in Makassar and Jayapura."""
    with time_machine.travel(datetime(2026, 11, 30, 16, 30, tzinfo=UTC), tick=False) as clock:
        loading.load(only=("33.19.01", "51.71.01", "91.71.01"))
        yield clock


def settle(area: str, started_on: date, seen_on: date | None = None) -> Residence:
    person = Person.objects.create(
        names="A", nationality="TWN", name_key="a", sex="F", permit_until="2026-12-31"
    )
    with book.writing():
        home: Residence = Residence.objects.begin(
            person=person, area=Area.objects.get(code=area), started_on=started_on, cause="test:1"
        )
        home.evidence(seen_on or started_on)
    return home


def test_a_resident_of_the_first_of_december_counts_in_papua_while_java_has_november(clock: Any) -> None:
    settle(WIT, date(2026, 12, 1))
    assert counts("ID").people == counts("91").people == 1
    assert counts("91", on=date(2026, 11, 30)).people == 0
    assert counts("ID", on=date(2026, 11, 30)).people == 0
    assert counts("ID", on=date(2026, 12, 1)).people == 1


def test_the_day_of_the_nation_is_the_latest_one_and_that_of_a_place_its_own(clock: Any) -> None:
    assert [str(moments.latest_day(place_of(code))) for code in ("ID", WIB, WITA, WIT)] == [
        "2026-12-01",
        "2026-11-30",
        "2026-12-01",
        "2026-12-01",
    ]


def test_a_moment_is_read_in_the_time_of_the_place(clock: Any) -> None:
    assert moments.moment("2026-11-30T12:00", place_of(WIB)) == datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
    assert moments.moment("2026-11-30T12:00", place_of(WIT)) == datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
    assert moments.moment("2026-11-30T12:00+00:00", place_of(WIT)) == datetime(
        2026, 11, 30, 12, 0, tzinfo=UTC
    )
    assert moments.moment("2026-11-29", place_of(WIT)) == datetime(2026, 11, 29, 15, 0, tzinfo=UTC)


def test_sixty_days_end_where_the_resident_lives(clock: Any) -> None:
    edge = date(2026, 12, 1) - timedelta(days=60)
    for area in (WIB, WITA, WIT):
        settle(area, edge - timedelta(days=9), edge)
        settle(area, edge - timedelta(days=9), edge - timedelta(days=1))
    # In Java the older of the two is sixty days old today, further east sixty-one.
    expected = {WIB: 0, WITA: 1, WIT: 1, "33": 0, "51": 1, "91": 1, "ID": 2}
    for _folded in (False, True):
        assert {code: counts(code).unconfirmed for code in expected} == expected
        assert {code: plain(code).unconfirmed for code in expected} == expected
        fold()
    clock.shift(timedelta(hours=1))
    assert counts("ID").unconfirmed == plain("ID").unconfirmed == 3


def test_an_office_sets_its_own_days(clock: Any) -> None:
    office = Office.objects.open(
        by=book.SYSTEM,
        code="kanim-x",
        name="Kanim X",
        office_class="Kelas I",
        province=Area.objects.get(code="51"),
        city="Denpasar",
        letterhead="KEMENTERIAN",
        regencies=("51.71",),
        unconfirmed_days=90,
    )
    for age in (50, 70, 100):
        settle(WITA, date(2026, 8, 1), date(2026, 12, 1) - timedelta(days=age))
        settle(WIB, date(2026, 8, 1), date(2026, 11, 30) - timedelta(days=age))
    expected = {WITA: 1, "51.71": 1, office.code: 1, "51": 1, WIB: 2, "33": 2, "ID": 3}
    assert {code: counts(code).unconfirmed for code in expected} == expected
    assert {code: plain(code).unconfirmed for code in expected} == expected


def test_the_month_of_a_place_begins_with_its_own_first_day(clock: Any) -> None:
    settle(WIB, date(2026, 11, 10))
    settle(WIT, date(2026, 11, 10))
    for code in (WIB, WIT, "33", "91", "ID"):
        assert breakdown(code) == plain_breakdown(code), code
    assert breakdown("91").last_month == breakdown(WIT).last_month == 1
    assert breakdown("33").last_month == breakdown(WIB).last_month == 0


def test_permits_that_end_are_counted_from_the_day_of_the_place(clock: Any) -> None:
    for area in (WIB, WIT):
        settle(area, date(2026, 11, 10))
    # The thirty-first of December: thirty-one days from Java's thirtieth, thirty from Papua's first.
    assert breakdown(WIB).ending == {30: 0, 60: 1, 90: 1}
    assert breakdown(WIT).ending == {30: 1, 60: 1, 90: 1}
