"""The lists of docs/guides/lists lie there as they are made, and the truth beside them is of their rows."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from timpora.areas import loading
from timpora.desk.world import handout
from timpora.exchange.lists import reading
from timpora.exchange.reasons import REASONS
from timpora.sheets import csv as written

FILES = Path(__file__).parents[2] / "docs" / "guides" / "lists"
KINDS = {"opening": "own", "imigrasi": "permits", "disnaker": "workers", "dukcapil": "domicile"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kudus() -> None:
    loading.load(only=("33.19",))


def cells(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("name", KINDS)
def test_a_list_lies_in_the_repository_as_it_would_be_made_today(name: str) -> None:
    assert cells((FILES / f"{name}.xlsx").read_bytes()) == cells(handout.file(name))


def test_the_truth_does_too() -> None:
    assert (FILES / "truth.csv").read_bytes() == written(handout.TRUTH, handout.truth())


def test_whoever_sends_them_years_later_finds_papers_that_still_hold() -> None:
    people = handout.people()
    ends = [resident.values["permit_until"] for resident in people if resident.values.get("permit_until")]
    assert len(ends) > 40 and min(ends) > "2030-06"


@pytest.mark.parametrize("name", KINDS)
def test_only_the_row_that_is_said_to_be_faulty_is(name: str) -> None:
    draft = reading.read((FILES / f"{name}.xlsx").read_bytes(), KINDS[name], today=handout.DAY)
    assert [fault for fault in draft.faults if fault.blocks] == []
    assert len(draft.lines) == len(truth(name))
    faulty = [line.number for line in draft.lines if line.faults]
    assert faulty == ([max(int(row) for row in truth(name))] if name == "disnaker" else [])


def test_the_truth_names_a_person_once_a_list_and_reasons_that_there_are() -> None:
    lists = {name: truth(name) for name in KINDS}
    held = {name: [line["person"] for line in lines.values()] for name, lines in lists.items()}
    assert all(len(set(persons)) == len(persons) for persons in held.values())
    for name, lines in lists.items():
        for line in lines.values():
            for word in line["differences"].split():
                kind, other, reason = word.split(":")
                assert reason in REASONS
                assert (line["person"] in held[other]) == (kind != "only_in"), (name, line)


def test_a_difference_is_told_alike_from_each_list_that_names_the_person() -> None:
    missing: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in ("imigrasi", "disnaker", "dukcapil"):
        for line in truth(name).values():
            words = (word for word in line["differences"].split() if word.startswith("only_in"))
            missing[line["person"]].add(tuple(words))
    assert all(len(told) == 1 for told in missing.values())


def truth(name: str) -> dict[str, dict[str, str]]:
    """Row → line of truth.csv."""
    with (FILES / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["row"]: line for line in csv.DictReader(file, delimiter=";") if line["list"] == name}
