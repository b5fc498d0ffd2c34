"""The demo's three lists: read without a fault, of the people they say, each with its own gaps."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import TODAY
from timpora.areas import loading
from timpora.desk.world import lists
from timpora.desk.world.people import of_kudus
from timpora.exchange.lists import reading
from timpora.registry.partial_date import PartialDate

KINDS = {"imigrasi": "permits", "disnaker": "workers", "dukcapil": "domicile"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kudus() -> None:
    loading.load(only=("33.19",))


@pytest.mark.parametrize("agency", KINDS)
def test_every_row_of_a_list_is_read_and_says_what_the_village_says(agency: str) -> None:
    rows = lists.rows(agency, TODAY)
    draft = reading.read(lists.file(agency, TODAY), KINDS[agency], today=TODAY)
    assert draft.faults == [] and [line.faults for line in draft.lines] == [()] * len(rows)
    people = of_kudus(TODAY)
    for row, line in zip(rows, draft.lines, strict=True):
        if row.person is not None:
            said = people[row.person].values
            assert line.values["nationality"] == said["nationality"]
            assert PartialDate.parse(line.values["birth_date"]) == PartialDate.parse(said["birth_date"])
            assert line.values.get("sex", "") == said.get("sex", "")


def test_each_list_counts_others_than_the_next() -> None:
    listed = {agency: {row.person for row in lists.rows(agency, TODAY)} for agency in KINDS}
    numbers = {agency: len(lists.rows(agency, TODAY)) for agency in KINDS}
    assert len(set(numbers.values())) == 3
    people = of_kudus(TODAY)
    new = {number for number, one in enumerate(people) if one.values["names"].startswith(lists.NOT_YET)}
    assert len(new) == len(lists.NOT_YET) and new <= listed["imigrasi"] and not new & listed["dukcapil"]
    told = [one.values["names"] for one in people]
    for name in (*lists.RENEWED, *lists.SPELT, *lists.ANOTHER_FIRM):
        assert sum(each.startswith(name) for each in told) == 1
    workers = {number for number, one in enumerate(of_kudus(TODAY)) if one.values.get("employer")}
    assert listed["disnaker"] - {None} == workers


def test_lists_of_another_day_say_the_same_of_who_somebody_is() -> None:
    other = date(2027, 3, 1)
    assert [row.cells[1:3] for row in lists.rows("disnaker", TODAY)] == [
        row.cells[1:3] for row in lists.rows("disnaker", other)
    ]
