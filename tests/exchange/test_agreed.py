"""The agreed list leaves with the fields its reader may have, marked, for a purpose, and noted."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import CHEN, FIELDS, LIN, RAO, agree, taken
from tests.exchange.test_comparisons import KIM, compare, english
from tests.pages import text
from timpora.exchange.models import Gap
from timpora.ledger.models import Detail, Entry

pytestmark = pytest.mark.django_db
HERE = "/lists/agreed/"


@pytest.fixture
def lists(world: Any) -> None:
    report(world.bakalan, **PASSPORT, on=date(2026, 11, 1)).confirm(by=world.kaliwungu)
    report(world.getas, names="Anand Rao", nationality="IND", birth_date="1979-02-01", sex="M",
           address="Gang Rahasia 7", document_kind="passport", document_issuer="IND",
           document_number="Z9988776").confirm(by=world.jati)  # fmt: skip
    taken(world.labour, agree(world, fields=("names", "nationality", "birth_date", "document_number", "job")),
          [LIN, CHEN])  # fmt: skip
    taken(world.immigration, agree(world, "imigrasi", "permits"), [CHEN, KIM])


def fetched(client: Any, form: str = "csv", purpose: str = "rapat 25 November") -> Any:
    return client.post(HERE, {"purpose": purpose, "form": form})


def test_an_agency_gets_the_persons_of_its_own_rows_and_of_others_the_number(world: Any, lists: Any) -> None:
    answer = fetched(english(world.labour))
    said = text(answer)
    assert answer.status_code == 200
    assert "LIN YI-CHUN" in said and "CHEN WEI" in said
    assert "RAO" not in said and "KIM" not in said.upper().replace("DISNAKER", "")
    assert "whom your list does not name: 1" in said
    rows = [line.split(";") for line in said.lstrip("\ufeff").splitlines()]
    by_name = {row[0]: row for row in rows}
    assert by_name["LIN YI-CHUN"][-3] == "verified resident"
    assert by_name["CHEN WEI"][-3:-1] == ["known by list", "2"]


def test_it_holds_the_fields_of_the_agencys_record_and_no_other(world: Any, lists: Any) -> None:
    said = text(fetched(english(world.labour)))
    heading = said.lstrip("\ufeff").splitlines()[0].split(";")
    assert heading[:-3] == ["Name as printed", "Date of birth", "Nationality", "Document number", "Job"]
    assert "E55667788" in said and "Manager" in said  # its own words, whole
    for hidden in ("PT Muria", "Bakalankrapyak", "mess PT", "Gang Rahasia"):
        assert hidden not in said


def test_what_its_own_rows_leave_open_another_list_says_where_both_records_name_it(
    world: Any, lists: Any
) -> None:
    without = (*KIM[:6], "", *KIM[7:])
    taken(world.labour, agree(world, fields=("names", "nationality", "document_number", "job")), [without],
          as_of=date(2026, 11, 5))  # fmt: skip
    said = text(fetched(english(world.labour)))
    assert "Chef" in said  # both name the job
    assert "PT Lain" not in said  # the employer only the other's record names


def test_the_tiers_get_the_residents_of_their_area_numbers_masked(world: Any, lists: Any) -> None:
    said = text(fetched(english(world.kudus)))
    assert "LIN YI-CHUN" in said and "Gang Rahasia 7" in said
    assert "CHEN" not in said and "A1234567" not in said and "A1••••67" in said
    assert "YI-CHUN" not in text(fetched(english(world.demak_regency)))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_its_first_and_last_line_and_its_properties_name_post_time_and_purpose(
    world: Any, lists: Any, form: str
) -> None:
    answer = fetched(english(world.labour), form)
    mark = f"fetched by {world.labour.post} on 25 November 2026"
    if form == "csv":
        lines = text(answer).splitlines()
        assert mark in lines[1] and mark in lines[-1] and "rapat 25 November" in lines[1]
        return
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert mark in book.read("docProps/core.xml").decode()
        assert mark in book.read("xl/worksheets/sheet1.xml").decode()  # the foot of each printed page
        assert book.read("xl/sharedStrings.xml").decode().count(mark) == 1  # one text, two cells


def test_a_name_that_looks_like_a_formula_stays_text(world: Any) -> None:
    row = ("=1+1 KIM", *KIM[1:])
    taken(world.labour, agree(world), [row])
    assert "'=1+1 KIM" in text(fetched(english(world.labour)))
    with zipfile.ZipFile(io.BytesIO(fetched(english(world.labour), "xlsx").content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_it_asks_what_for_and_is_noted_without_a_name(world: Any, lists: Any) -> None:
    client = english(world.labour)
    assert client.get(HERE).status_code == 200
    assert fetched(client, purpose="").status_code == 400
    assert fetched(client, form="pdf").status_code == 400
    assert not Entry.objects.filter(action="list.downloaded").exists()
    fetched(client)
    entry = Entry.objects.get(action="list.downloaded")
    assert (entry.fields, entry.post) == ("csv", world.labour.post_id)
    assert "rapat" in str(list(Detail.objects.values())) and "rapat" not in str(list(Entry.objects.values()))
    disposition = fetched(client)["Content-Disposition"]
    assert disposition == 'attachment; filename="daftar-sepakat.csv"'


def test_an_agency_without_a_record_in_force_gets_nothing(world: Any) -> None:
    assert fetched(english(world.labour)).status_code == 400
    assert "record" in text(english(world.labour).get(HERE))
    sharing = agree(world, fields=FIELDS)
    taken(world.labour, sharing, [RAO])
    assert fetched(english(world.labour)).status_code == 200
    sharing.end(by=world.chair, reason="x")
    assert fetched(english(world.labour)).status_code == 400


def test_only_who_works_with_lists_gets_one(world: Any, lists: Any) -> None:
    for name, mandate in world.everyone().items():
        allowed = name in ("labour", "kudus", "demak_regency", "immigration", "chair")
        assert (cast.sign_in(mandate).get(HERE).status_code == 200) == allowed, name
        assert (fetched(cast.sign_in(mandate)).status_code == 200) == allowed, name


def test_what_is_still_to_be_clarified_stands_beside_each(world: Any, lists: Any) -> None:
    compare(world.kudus)
    said = text(fetched(english(world.labour))).splitlines()
    chen = next(line for line in said if line.startswith("CHEN"))
    assert chen.split(";")[-1] == "1"
    Gap.objects.all().close(by=world.kudus, reason="unknown")
    said = text(fetched(english(world.labour))).splitlines()
    assert next(line for line in said if line.startswith("CHEN")).split(";")[-1] == "0"
