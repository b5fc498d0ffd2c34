"""Issuing: numbered without gaps, kept unchanged, noted in the ledger without a word of what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest
import time_machine
from django.db import Error, transaction

from tests.cast import Cast
from tests.papers import receipt
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.papers.models import Content, Paper, Series

pytestmark = pytest.mark.django_db


def test_a_paper_is_numbered_printed_and_kept(world: Cast) -> None:
    paper = receipt.issued(world)
    assert paper.number == "1/TT/TIMPORA/KANIM-SEMARANG/XI/2026"
    pdf = bytes(Paper.objects.get().content.pdf)
    assert paper.sha256 == sha256(pdf).hexdigest()
    said = receipt.words(pdf)
    assert paper.number in said
    assert paper.printed_code in said
    assert "TANDA TERIMA DAFTAR" in said


def test_papers_of_a_series_are_numbered_one_after_another_whoever_issues_them(world: Cast) -> None:
    papers = [receipt.issued(world, by) for by in (world.labour, world.kudus, world.immigration)]
    papers.append(receipt.issued(world, world.demak_regency, area="33.21"))
    assert [paper.n for paper in papers] == [1, 2, 3, 4]


def test_a_new_year_begins_anew_on_the_offices_own_clock_and_keeps_the_pattern(world: Cast) -> None:
    receipt.issued(world)
    Series.objects.get().change_pattern("W13.{n:03}/{year}", by=world.immigration)
    with time_machine.travel(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)):
        assert receipt.issued(world).number == "W13.002/2026"
    with time_machine.travel(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)):
        assert receipt.issued(world).number == "W13.001/2027"


def test_a_number_taken_in_a_transaction_that_fails_is_given_to_the_next(world: Cast) -> None:
    receipt.issued(world)
    with pytest.raises(RuntimeError), book.writing():
        receipt.issued(world)
        raise RuntimeError
    assert receipt.issued(world).n == 2
    assert list(Paper.objects.order_by("n").values_list("n", flat=True)) == [1, 2]


def test_cells_that_no_database_keeps_do_not_stop_a_paper(world: Cast) -> None:
    paper = receipt.issued(world, data=receipt.data(faults=[[7, "Nama “Li\x00n \ud800 王” kosong."]]))
    assert paper.content.data["faults"] == [[7, "Nama “Li‹U+0000›n ‹U+D800› 王” kosong."]]
    assert "Li‹U+0000›n ‹U+D800› ‹Wang›" in receipt.words(bytes(paper.content.pdf))


def test_a_faulty_caller_takes_no_number(world: Cast) -> None:
    with pytest.raises(ValueError, match="accounted"):
        receipt.issued(world, data=receipt.data(rows=1))
    assert receipt.issued(world).n == 1


def test_a_protected_series_leaves_no_hole_in_another(world: Cast) -> None:
    numbers = [
        receipt.issued(world).number,
        receipt.issued(world, world.immigration, series="P", restricted=True).number,
        receipt.issued(world).number,
    ]
    assert [number.split("/TIMPORA")[0] for number in numbers] == ["1/TT", "1/P", "2/TT"]


def test_a_pattern_that_would_give_two_papers_one_number_is_refused(world: Cast) -> None:
    receipt.issued(world)
    with pytest.raises(Refusal):
        Series.objects.get().change_pattern("{year}", by=world.immigration)


def test_where_no_office_answers_no_paper_is_issued(world: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        receipt.issued(world, area="33.20")
    assert refused.value.code == "no_office"
    assert not Paper.objects.exists()


def test_above_a_regency_the_issuers_own_office_issues(world: Cast) -> None:
    paper = receipt.issued(world, world.immigration, area="33")
    assert paper.office == world.office
    assert paper.area == Area.objects.get(pk="33")


@pytest.mark.parametrize("model", [Paper, Content])
def test_the_database_refuses_to_change_a_paper_or_what_it_says(model: type, world: Cast) -> None:
    paper = receipt.issued(world)
    change = {"number": "x"} if model is Paper else {"pdf": b"x"}
    with pytest.raises(Error, match="does not change"), transaction.atomic():
        model.objects.update(**change)  # type: ignore[attr-defined]
    with pytest.raises(Error, match="does not change"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk)._raw_delete("default")


def test_the_entry_of_a_paper_holds_ids_and_its_kind_only(world: Cast) -> None:
    paper = receipt.issued(world)
    entry = Entry.objects.get(action="paper.issued")
    assert (entry.subject, entry.area, entry.fields) == (f"paper:{paper.pk}", "33.19", "receipt")
    assert entry.values == {}


def test_the_entry_of_a_restricted_paper_names_no_place(world: Cast) -> None:
    paper = receipt.issued(world, world.immigration, restricted=True)
    paper.read(by=world.immigration)
    assert set(Entry.objects.about(f"paper:{paper.pk}").values_list("area", flat=True)) == {""}
