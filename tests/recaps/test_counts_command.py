"""`timpora counts`: the figures of a place as an operator or a script reads them."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import cast
from tests.cast import BAKALAN, DEMAK, Cast, report
from timpora.areas.models import Area, Jurisdiction
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Residence
from timpora.registry.models.tally import Tally, fold

pytestmark = pytest.mark.django_db


def said(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("counts", *words, stdout=out, **options)
    return out.getvalue()


def figures(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, "--json"))
    return found


@pytest.fixture
def peopled(world: Cast) -> Cast:
    report(world.bakalan).confirm(by=world.kaliwungu)
    report(world.demak, names="Rania", nationality="JOR", birth_date="1988").confirm(by=world.demak_district)
    report(world.bakalan, names="Thiha", nationality="MMR", birth_date="1996")
    return world


def test_the_json_has_the_four_figures_and_the_parts_of_a_place(peopled: Cast) -> None:
    found = figures("33.19")
    assert list(found) == ["code", "name", "people", "waiting", "known_by_list", "visitors", "below"]
    assert {key: found[key] for key in list(found)[:6]} == {
        "code": "33.19",
        "name": "Kabupaten Kudus",
        "people": 1,
        "waiting": 1,
        "known_by_list": 0,
        "visitors": 0,
    }
    assert [part["code"] for part in found["below"]] == [f"33.19.0{number}" for number in range(1, 10)]
    assert found["below"][0] == {
        "code": "33.19.01",
        "name": "Kaliwungu",
        "people": 1,
        "waiting": 1,
        "known_by_list": 0,
        "visitors": 0,
    }
    assert figures(BAKALAN)["below"] == []


def test_a_place_is_the_nation_an_area_or_an_office(peopled: Cast) -> None:
    assert [figures(code)["people"] for code in ("ID", "33", "kanim-semarang", "33.19", BAKALAN)] == [
        2,
        2,
        2,
        1,
        1,
    ]
    assert [part["code"] for part in figures("kanim-semarang")["below"]] == ["33.19", "33.21"]


def test_rows_without_a_code_stand_below_so_that_the_parts_add_up(peopled: Cast) -> None:
    province = figures("33")
    assert province["below"][-1]["code"] is None
    assert province["below"][-1]["name"] == "belum ada kantor"
    person = Person.objects.get(names="Rania")
    person.home.finish(on=person.home.started_on, end="moved", cause="test:1")
    with book.writing():
        Residence.objects.begin(
            person=person, area=Area.objects.get(code="33.19"), started_on=cast.TODAY, cause="test:2"
        )
    kudus = figures("33.19")
    assert kudus["people"] == 2
    assert kudus["below"][-1] == {
        "code": None,
        "name": "tidak dirinci",
        "people": 1,
        "waiting": 0,
        "known_by_list": 0,
        "visitors": 0,
    }
    for code in ("ID", "33", "kanim-semarang", "33.19", "33.21"):
        found = figures(code)
        assert sum(part["people"] for part in found["below"]) == found["people"], code


def test_a_regency_that_loses_its_office_stands_in_the_row_without_one(peopled: Cast) -> None:
    Jurisdiction.objects.get(area="33.21").office.release(by=book.SYSTEM, area="33.21")
    below = {part["code"]: part["people"] for part in figures("33")["below"]}
    assert below == {"kanim-pati": 0, "kanim-semarang": 1, None: 1}


def test_the_command_hides_nothing(peopled: Cast) -> None:
    assert figures("33.21.01")["below"][0]["people"] in (0, 1)
    assert sum(part["people"] for part in figures("33.21.01")["below"]) == 1


def test_a_past_day_and_moment_can_be_asked(peopled: Cast) -> None:
    assert figures("33.19", "--on", "2026-11-24")["people"] == 1
    assert figures("33.19", "--on", "2026-11-23")["people"] == 0
    assert figures("33.19", "--on", "2026-11-24", "--known", "2026-11-25T11:59")["people"] == 0
    assert figures("33.19", "--known", "2026-11-25T12:00+07:00")["people"] == 0
    assert figures("33.19", "--known", "2026-11-24") == figures("33.19", "--known", "2026-11-25T00:00")


@pytest.mark.parametrize(
    "words",
    [
        ("99.99",),
        ("kanim-nowhere",),
        ("33.19.99",),
        ("",),
        ("id",),
        ("33.19", "--on", "2026-02-30"),
        ("33.19", "--on", "yesterday"),
        ("33.19", "--on", "2026-11-26"),
        ("33.19", "--known", "noon"),
        ("33.19", "--known", "2026-11-24T25:00"),
        ("33.19", "--known", "2027-01-01T00:00"),
        ("33.19", "--known", "2026"),
        ("33.19", "--known", "0001-01-01T00:00"),
        ("33.19", "--on", "0001-01-01"),
    ],
)
def test_what_does_not_exist_is_answered_with_one_sentence(world: Cast, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as answer:
        said(*words, "--json")
    sentence = str(answer.value)
    assert sentence.count("\n") == 0
    assert sentence.endswith((".", "16:00."))


def test_without_json_it_prints_an_aligned_table_in_indonesian(peopled: Cast) -> None:
    lines = said("33.19").splitlines()
    assert lines[0].split() == ["Kode", "Nama", "Orang", "Menunggu", "Dikenal", "dari", "daftar", "Tamu"]
    assert lines[-2] == lines[1]
    assert lines[-1].split()[:5] == ["33.19", "Kabupaten", "Kudus", "1", "1"]
    # Numbers stand under the end of their heading.
    end = lines[0].index("Orang") + len("Orang")
    assert all(line[end - 1].isdigit() and not line[end : end + 1].strip() for line in lines[2:-2])


def test_a_recount_says_what_differed_and_mends_it(peopled: Cast) -> None:
    fold()
    assert "0 berbeda" in said("--recount")
    Tally.objects.filter(area="33.19", facet="people").update(number=47)
    Tally.objects.filter(area="33", facet="sex").delete()
    assert counts("33.19").people == 47
    told = said("--recount")
    assert "33.19  people: 47 → 1" in told
    assert "2 berbeda" in told
    assert counts("33.19").people == 1
    assert Entry.objects.filter(action="counts.recounted").count() == 2


def test_a_recount_keeps_what_is_not_folded_yet(peopled: Cast) -> None:
    said("--recount")
    report(peopled.demak, names="Ama", nationality="GHA", birth_date="1990").confirm(
        by=peopled.demak_district
    )
    assert counts("33.21").people == 2
    assert "0 berbeda" in said("--recount")
    assert counts(DEMAK).people == 2
