"""The receipt: every row by its number, what it became, what is to be put right; on paper and as a file."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from tests import cast
from tests.exchange.given import BROKEN, CHEN, LIN, agree, mapped, taken
from tests.pages import text
from timpora.exchange.models import Batch
from timpora.ledger.models import Entry
from timpora.papers.models import Paper
from timpora.sheets import Column, read
from timpora.team.models import Post
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db

COLUMNS = (
    Column("row", "Row", ["Baris"]),
    Column("became", "Became", ["Menjadi"]),
    Column("remedy", "To put right", ["Yang perlu diperbaiki"]),
)


def test_the_receipt_accounts_for_every_row_on_the_page_on_paper_and_in_a_file(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [LIN, CHEN, BROKEN])
    client = cast.sign_in(world.labour)
    assert client.post(f"/lists/{batch.pk}/commitment/").status_code == 303
    page = text(client.get(f"/lists/{batch.pk}/"))
    assert "CHEN WEI" in page
    batch.refresh_from_db()
    assert sum(batch.tally.values()) == 3
    paper = Paper.objects.get()
    for _time in range(2):  # the same paper, however often it is asked for
        answer = client.post(f"/lists/{batch.pk}/paper/")
        assert answer["Location"] == f"/papers/{paper.pk}/"
    pdf = client.get(f"/papers/{paper.pk}/").content
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert paper.number in printed
    assert "Disnaker" in printed
    assert "CHEN WEI" not in printed  # a receipt names rows, not persons


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_row_file_names_rows_not_persons(world: Any, form: str) -> None:
    batch = taken(world.labour, agree(world), [LIN, CHEN, BROKEN])
    client = cast.sign_in(world.labour)
    content = client.get(f"/lists/{batch.pk}/rows.{form}").content
    sheet = read(content, COLUMNS)
    assert [row.values["row"] for row in sheet.rows] == ["2", "3", "4"]
    assert sheet.rows[2].values["remedy"] and not sheet.rows[1].values["remedy"]
    assert not re.search("CHEN|NOOR", str(sheet))
    assert Entry.objects.filter(action="batch.exported", fields=form).count() == 1
    for name in ("kudus", "chair"):
        assert cast.sign_in(world.everyone()[name]).get(f"/lists/{batch.pk}/rows.{form}").status_code == 200
    assert cast.sign_in(world.demak_regency).get(f"/lists/{batch.pk}/rows.{form}").status_code == 404


def test_the_faults_of_a_dry_run_come_as_a_table_to_put_right(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN, BROKEN])
    client = cast.sign_in(world.labour)
    columns = (
        Column("row", "Row", ["Baris"]),
        Column("column", "Column", ["Kolom"]),
        Column("value", "Value", ["Nilai", "Isi"]),
    )
    sheet = read(client.get(f"/lists/{batch.pk}/faults/").content, columns)
    assert [row.values for row in sheet.rows] == [{"row": "3", "column": "TGL LAHIR", "value": "31/02/1991"}]
    assert cast.sign_in(world.kudus).get(f"/lists/{batch.pk}/faults/").status_code == 404
    batch.commit(by=world.labour)
    assert client.get(f"/lists/{batch.pk}/faults/").status_code == 404


def test_before_a_list_is_taken_in_there_is_no_receipt(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN])
    assert cast.sign_in(world.labour).post(f"/lists/{batch.pk}/paper/").status_code == 409
    assert cast.sign_in(world.labour).get(f"/lists/{batch.pk}/rows.csv").status_code == 404
    assert not Paper.objects.exists()


def test_others_of_the_area_see_the_receipt_and_not_the_dry_run(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN])
    client = cast.sign_in(world.kudus)
    assert "CHEN WEI" not in text(client.get(f"/lists/{batch.pk}/"))
    batch.commit(by=world.labour)
    assert "CHEN WEI" in text(client.get(f"/lists/{batch.pk}/"))
    row = batch.rows.get()
    page = text(client.get(f"/lists/rows/{row.pk}/"))
    assert "E55667788" not in page and "E5••••88" in page
    assert "E55667788" in text(cast.sign_in(world.labour).get(f"/lists/rows/{row.pk}/"))
    assert Batch.objects.count() == 1


def test_the_sending_agency_prints_the_receipt_and_then_the_office_reads_the_same_one(world: Any) -> None:
    batch = taken(world.labour, agree(world), [CHEN])
    chair = cast.sign_in(world.chair)
    assert chair.post(f"/lists/{batch.pk}/paper/").status_code == 400
    assert not Paper.objects.exists()
    printed = cast.sign_in(world.labour).post(f"/lists/{batch.pk}/paper/")["Location"]
    assert chair.post(f"/lists/{batch.pk}/paper/")["Location"] == printed
    assert chair.get(printed).status_code == 200


def test_the_same_agency_of_another_regency_sees_nothing_of_it(world: Any) -> None:
    batch = taken(world.labour, agree(world), [CHEN])
    other = cast.post_and_seat("demak-disnaker", Role.CONTRIBUTOR, area="33.21")
    Post.objects.filter(pk=other.post_id).update(agency="disnaker")
    client = cast.sign_in(other)
    assert client.get("/lists/").status_code == 200
    for path in ("", "rows.csv", "columns/", "faults/"):
        assert client.get(f"/lists/{batch.pk}/{path}").status_code == 404
    assert client.get(f"/lists/rows/{batch.rows.get().pk}/").status_code == 404
    assert client.post(f"/lists/{batch.pk}/paper/").status_code == 404


def test_the_pages_ask_few_questions_however_long_the_lists(
    world: Any, django_assert_max_num_queries: Any
) -> None:
    sharing = agree(world)
    rows = [
        (f"CHEN WEI {letter}", *CHEN[1:4], f"E5566{letter}", *CHEN[5:])
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWX"
    ]
    for day in range(1, 9):
        batch = taken(world.labour, sharing, rows[day:], as_of=date(2026, 10, day))
    client = cast.sign_in(world.kudus)
    client.get("/lists/")
    with django_assert_max_num_queries(14):
        client.get("/lists/")
    with django_assert_max_num_queries(20):
        client.get(f"/lists/{batch.pk}/")
    for tier in (world.kaliwungu, world.kudus):
        client = cast.sign_in(tier)
        with django_assert_max_num_queries(12):
            client.get("/lists/identities/")
