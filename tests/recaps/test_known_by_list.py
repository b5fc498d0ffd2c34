"""Known by list: the same figure on every page, sheet and paper, hidden where it could name somebody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command

from tests import cast
from tests.cast import BAKALAN, PRAMBATAN, Cast
from tests.exchange import given
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.sheets.faults import Limits
from timpora.sheets.grids import grids

pytestmark = pytest.mark.django_db
KALIWUNGU, JATI, KUDUS, OFFICE = "33.19.01", "33.19.03", "33.19", "kanim-semarang"


def row(number: int, village: str, district: str) -> tuple[str, ...]:
    name = f"{chr(65 + number) * 3}ANDI {'ZXWVUTSRQP'[number]}ORVAL"
    return (name, "L", f"{number + 1:02d}/08/19{50 + number}", "India", f"Z{number}98877", "PT Muria", "Cook",
            village, district)  # fmt: skip


@pytest.fixture
def listed(world: Cast) -> Cast:
    """Of Labour's list two live in Bakalankrapyak, six in Getaspejaten, one nobody knows where."""
    rows = [row(n, "Bakalankrapyak", "Kaliwungu") for n in range(2)]
    rows += [row(n, "Getaspejaten", "Jati") for n in range(2, 8)]
    given.taken(world.labour, given.agree(world), [*rows, row(8, "", "")])
    assert counts(KUDUS).known_by_list == 9
    return world


def page(by: Any, code: str) -> Any:
    answer = cast.sign_in(by).get(f"/counts/{code}/")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("code", [KALIWUNGU, JATI, KUDUS, OFFICE])
def test_page_paper_sheet_and_command_say_what_counts_say(
    listed: Cast, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chair, true = cast.sign_in(listed.chair), counts(code)
    rows = {part.code: part.known_by_list for part in true.below}
    shown = page(listed.chair, code).context["shown"]
    assert shown.known_by_list == true.known_by_list
    assert {each.code: each.known_by_list for each in shown.rows} == rows
    for kind in ("csv", "xlsx"):
        (grid,) = grids(chair.get(f"/counts/{code}/table.{kind}").content, Limits(), 100)
        column = grid.cells[0].index("Dikenal dari daftar")
        said = {line[0] or None: int(line[column]) for line in grid.cells[1:]}
        assert said == rows | {code: true.known_by_list}, kind
    assert f"Dikenal dari daftar: {true.known_by_list} orang" in text(chair.get(f"/counts/{code}/print/"))
    call_command("counts", code, json=True)
    printed = json.loads(capsys.readouterr().out)
    assert printed["known_by_list"] == true.known_by_list
    assert {part["code"]: part["known_by_list"] for part in printed["below"]} == rows


def test_the_first_page_says_it_beside_the_people_and_never_adds_it(listed: Cast) -> None:
    body = text(cast.sign_in(listed.kudus).get("/"))
    assert "9 dikenal dari daftar" in body and '<p class="number-value">0</p>' in body


def test_who_may_not_see_names_sees_no_small_figure_of_a_village(listed: Cast) -> None:
    for reader in (listed.province, listed.nation):
        shown = page(reader, KALIWUNGU).context["shown"]
        assert {row.code: row.known_by_list for row in shown.rows if row.code in (BAKALAN, PRAMBATAN)} == {
            BAKALAN: None, PRAMBATAN: None,
        }  # fmt: skip
        assert page(reader, BAKALAN).context["shown"].known_by_list is None
        assert "Dikenal dari daftar: disembunyikan" in text(page(reader, BAKALAN))
        assert "disembunyikan" in text(cast.sign_in(reader).get(f"/counts/{KALIWUNGU}/table.csv"))
        assert page(reader, KUDUS).context["shown"].known_by_list == 9
    own = page(listed.kaliwungu, KALIWUNGU).context["shown"]
    assert {row.code: row.known_by_list for row in own.rows if row.known_by_list} == {BAKALAN: 2}


def test_a_table_is_ordered_by_it(listed: Cast) -> None:
    answer = cast.sign_in(listed.kudus).get(f"/counts/{KUDUS}/?sort=-known_by_list")
    assert [row.code for row in answer.context["rows"]][:2] == [JATI, KALIWUNGU]


@pytest.mark.parametrize("who", ["kudus", "immigration", "chair"])
def test_the_names_behind_the_figure_are_as_many_and_that_they_were_read_is_noted(
    listed: Cast, who: str
) -> None:
    reader = cast.sign_in(getattr(listed, who))
    assert f"/counts/{KUDUS}/known-by-list/" in text(reader.get(f"/counts/{KUDUS}/"))
    answer = reader.get(f"/counts/{KUDUS}/known-by-list/")
    assert answer.context["page"].paginator.count == counts(KUDUS).known_by_list
    body = text(answer)
    assert "AAAANDI ZORVAL" in body and "Z098877" not in body
    entry = Entry.objects.get(action="counts.opened")
    assert (entry.subject, entry.fields, entry.area) == (f"counts:{KUDUS}", "known_by_list", KUDUS)
    assert reader.get(f"/counts/{JATI}/known-by-list/").context["page"].paginator.count == 6


@pytest.mark.parametrize(
    "who", ["bakalan", "kaliwungu", "demak_regency", "labour", "province", "nation", "auditor", "operator"]
)
def test_for_everybody_else_the_names_do_not_exist(listed: Cast, who: str) -> None:
    reader = cast.sign_in(getattr(listed, who))
    assert reader.get(f"/counts/{KUDUS}/known-by-list/").status_code == 404
    assert "known-by-list/" not in text(reader.get(f"/counts/{KUDUS}/"))


def test_names_of_a_place_above_ones_own_do_not_exist_and_an_empty_list_says_why(listed: Cast) -> None:
    assert cast.sign_in(listed.kudus).get("/counts/33/known-by-list/").status_code == 404
    body = text(cast.sign_in(listed.kudus).get(f"/counts/{PRAMBATAN}/known-by-list/"))
    assert "Tidak ada yang dikenal hanya dari daftar" in body


def test_the_past_is_told_with_its_figure(listed: Cast) -> None:
    shown = cast.sign_in(listed.kudus).get(f"/counts/{KUDUS}/?on=2026-10-31").context["shown"]
    assert shown.known_by_list == 0
