"""Guests from a spreadsheet: every row with its verdict, every fault with row, column, value and remedy."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages import text
from tests.stays import house
from timpora.recaps.counting import counts
from timpora.sheets import csv, xlsx
from timpora.stays import file as spreadsheet
from timpora.stays.models import Sending, Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db
CONSONANTS = "BCDFGHJKLM"


def row(number: int, **changed: str) -> dict[str, str]:
    letters = "".join(CONSONANTS[int(digit)] for digit in f"{number:03d}")
    return {
        "names": f"{letters}ANDI {letters[::-1]}OWSKI", "sex": "P" if number % 2 else "L",
        "nationality": "Polandia",
        "birth_place": "Gdynia", "birth_date": "17/08/1985", "document_number": f"ZX{700000 + number}",
        "arrived_on": "24/11/2026", "until": "30/11/2026",
    } | changed  # fmt: skip


def sent(desk: Any, rows: list[dict[str, str]], name: str = "tamu.xlsx") -> Any:
    made = csv if name.endswith("csv") else xlsx
    return desk.post("/stays/file/", {"file": SimpleUploadedFile(name, made(spreadsheet.COLUMNS, rows))})


def confirmed(desk: Any, page: Any) -> Any:
    return desk.post("/stays/file/rows/", {"rows": page.context["form"]["rows"].value()})


FAULTS: dict[int, tuple[dict[str, str], str, str, str]] = {
    11: ({"names": ""}, "Nama lengkap", "", "Tulislah nama"),
    58: ({"nationality": "Atlantis"}, "Kewarganegaraan", "Atlantis", "tiga huruf"),
    113: ({"birth_date": "31/02/1990"}, "Tanggal lahir", "31/02/1990", "tidak ada dalam kalender"),
    207: ({"arrived_on": "28/11/2026"}, "Tanggal masuk", "28/11/2026", "belum tiba"),
    301: ({"until": "20/11/2026"}, "Rencana keluar", "20/11/2026", "sebelum"),
    404: ({"document_number": "ZX700400"}, "Nama lengkap", "", "dua kali"),
    499: ({"sex": "Z"}, "Jenis kelamin", "Z", "L atau P"),
}


def test_of_500_guests_with_7_faults_all_7_are_named_and_nothing_is_kept_before_it_is_confirmed(
    desk: Any, hotel: Mandate
) -> None:
    rows = [row(number, **FAULTS[number][0]) if number in FAULTS else row(number) for number in range(500)]
    rows[404]["names"], rows[404]["birth_date"] = rows[400]["names"], rows[400]["birth_date"]
    page = sent(desk, rows)
    assert page.status_code == 200 and not Stay.objects.exists() and not Sending.objects.exists()
    told = {line.number - 2: line for line in page.context["faulty"]}
    assert set(told) == set(FAULTS)
    body = text(page)
    for number, (_changed, heading, value, remedy) in FAULTS.items():
        (fault,) = told[number].faults
        assert (fault.heading, remedy in fault.remedy) == (heading, True), (number, fault)
        assert not value or fault.value == value
        assert f"Baris {number + 2}" in body
    assert page.context["todo"] == 493
    answer = confirmed(desk, page)
    assert answer.status_code == 303
    assert Stay.objects.count() == 493 and Sending.objects.count() == 1
    assert counts("33.19").visitors == 493


def test_the_same_file_twice_doubles_nobody(desk: Any) -> None:
    rows = [row(1), row(2)]
    confirmed(desk, sent(desk, rows))
    again = sent(desk, rows)
    assert again.context["todo"] == 0 and again.context["numbers"]["sent"] == 2
    assert Stay.objects.count() == 2


def test_a_page_confirmed_twice_doubles_nobody(desk: Any) -> None:
    page = sent(desk, [row(1), row(2)])
    first, second = confirmed(desk, page), confirmed(desk, page)
    assert first["Location"] == second["Location"] and Stay.objects.count() == 2


def test_all_faults_of_a_row_are_told_at_once(desk: Any) -> None:
    page = sent(desk, [row(1, sex="Z", nationality="Atlantis", arrived_on="besok")])
    (line,) = page.context["faulty"]
    assert {fault.heading for fault in line.faults} == {"Jenis kelamin", "Kewarganegaraan", "Tanggal masuk"}


def test_what_the_page_carries_opens_for_nobody_else_and_shows_no_number(desk: Any, world: Any) -> None:
    from tests import cast

    page = sent(desk, [row(1)])
    carried = page.context["form"]["rows"].value()
    assert "700001" not in carried
    other = cast.sign_in(house.host(world, name="Hotel Lain"))
    answer = other.post("/stays/file/rows/", {"rows": carried})
    assert answer["Location"] == "/stays/file/" and not Stay.objects.exists()
    assert desk.post("/stays/file/rows/", {"rows": carried[:-4] + "AAAA"})["Location"] == "/stays/file/"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "XLSX, XLS, ODS atau CSV"),
        (b"a;b;c\r\n1;2;3\r\n", "judul"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(
    desk: Any, content: bytes, said: str
) -> None:
    answer = desk.post("/stays/file/", {"file": SimpleUploadedFile("tamu.xlsx", content)})
    assert answer.status_code == 400 and said in text(answer)


def test_a_file_of_30_megabytes_is_refused_beside_its_field(desk: Any) -> None:
    answer = desk.post("/stays/file/", {"file": SimpleUploadedFile("tamu.csv", b"x" * 30 * 2**20)})
    page = text(answer)
    assert answer.status_code == 400 and "id_file_error" in page and "terlalu besar" in page
    assert 'data-largest="5242880"' in page  # a script says so before it is sent


def test_the_empty_form_is_read_as_it_was_made(desk: Any) -> None:
    answer = desk.get("/stays/file/template/")
    assert answer["Content-Type"].endswith("sheet")
    page = desk.post("/stays/file/", {"file": SimpleUploadedFile("t.xlsx", answer.content)})
    assert page.status_code in (200, 400)


def test_formulas_stay_text(desk: Any) -> None:
    confirmed(desk, sent(desk, [row(1, names="=1+1 Kowalski")], "tamu.csv"))
    assert Stay.objects.get().name == "=1+1 Kowalski"
