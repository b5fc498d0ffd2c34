"""Other content under a number that was used: both versions, as far as the sender's post may see them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import BAKALAN, PRAMBATAN, Cast
from tests.pages import text
from tests.reports.conftest import only, send
from timpora.reports.models import Report
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


def compared(answer: Any) -> dict[str, list[str]]:
    """What a page with both versions says of each label: what came now, what came first."""
    assert answer.status_code == 409
    rows = re.findall(
        r"<tr class=\"(same|differs)\"><th[^>]*>(.*?)</th><td>(.*?)</td><td>(.*?)</td>", text(answer)
    )
    plain = [[re.sub("<[^>]+>.*", "", part).strip() for part in row[1:]] for row in rows]
    assert all(
        (row[0] == "same") == (first == then) for row, (_, first, then) in zip(rows, plain, strict=True)
    )
    return {label: both for label, *both in plain}


OTHERWISE = {
    "kind": "arrived", "event_on": "2026-11-23", "birth_date_year": "1985", "address": "RT 09",
    "document_kind": "passport", "document_issuer": "TWN", "document_number": "A1239967",
    "permit_kind": "ITAS", "permit_number": "2C41JE1234", "employer": "PT Muria Jaya",
    "work_area": "Kec. Kaliwungu, Kab. Kudus", "rptka_until": "2027-01-31", "parent": "Chen Mei-Ling",
}  # fmt: skip


def test_the_same_number_with_other_content_is_told_with_both_versions(world: Cast) -> None:
    desa, number = cast.sign_in(world.bakalan), str(uuid4())
    send(desa, sent_id=number)
    other = send(desa, sent_id=number, names="Thiha", nationality="MMR", birth_date_year="1985")
    assert other.status_code == 409
    assert "Thiha" in text(other) and "Lin Yi-Chun" in text(other)
    assert only().values["names"] == "Lin Yi-Chun"


def test_a_kabupaten_compares_everything_that_differs_with_its_numbers_masked(world: Cast) -> None:
    kudus, number = cast.sign_in(world.kudus), str(uuid4())
    first = {"document_kind": "passport", "document_issuer": "TWN", "document_number": "A1234567"}
    send(kudus, area=BAKALAN, sent_id=number, employer="CV Lain", **first)
    answer = send(kudus, area=PRAMBATAN, sent_id=number, **OTHERWISE)
    assert compared(answer) == {
        "Nama": ["Lin Yi-Chun", "Lin Yi-Chun"],
        "Yang dilaporkan": ["baru datang", "tinggal di sini"],
        "Desa atau kelurahan": ["Prambatan Kidul – Kec. Kaliwungu, Kab. Kudus",
                           "Bakalankrapyak – Kec. Kaliwungu, Kab. Kudus"],
        "Tanggal kejadian": ["23 November 2026", "24 November 2026"],
        "Tanggal lahir": ["3 Mei 1985", "3 Mei 1990"],
        "Alamat tinggal": ["RT 09", "mess PT Muria Jaya, RT 02/RW 03"],
        "Nomor dokumen": ["A1••••67, tetapi tidak sama", "A1••••67"],
        "Izin tinggal": ["Izin tinggal terbatas (ITAS)", "–"],
        "Nomor izin": ["2C••••34", "–"],
        "Pemberi kerja": ["PT Muria Jaya", "CV Lain"],
        "Lokasi kerja": ["Kaliwungu – Kab. Kudus, Jawa Tengah", "–"],
        "RPTKA sampai": ["31 Januari 2027", "–"],
        "Orang tua": ["Chen Mei-Ling", "–"],
    }  # fmt: skip
    assert not re.search("A1234567|A1239967|2C41JE1234", text(answer))


def test_a_village_compares_what_it_may_see_and_is_told_which_other_things_differ(world: Cast) -> None:
    desa, number = cast.sign_in(world.bakalan), str(uuid4())
    send(desa, sent_id=number, document_kind="passport", document_issuer="TWN", document_number="A1234567")
    answer = send(desa, sent_id=number, **OTHERWISE)
    unseen = "tidak ditampilkan"
    rows = compared(answer)
    assert rows["Alamat tinggal"] == ["RT 09", "mess PT Muria Jaya, RT 02/RW 03"]
    for label in ("Tanggal lahir", "Nomor dokumen"):
        assert rows[label] == [f"{unseen}, tetapi tidak sama", unseen]
    for label in ("Pemberi kerja", "Lokasi kerja", "RPTKA sampai", "Nomor izin", "Orang tua"):
        assert rows[label] == [unseen, "–"]
    table = text(answer).split("<table")[1].split("</table>")[0]
    for value in ("1985", "1990", "A1••••67", "2C", "2027", "Chen", "Kab. Kudus", "Terbatas"):
        assert value not in table, value


def test_a_number_used_again_under_another_mandate_shows_nothing_of_the_other_village(world: Cast) -> None:
    elsewhere = cast.post_and_seat("prambatan-2", Role.VILLAGE, area=PRAMBATAN, user=world.bakalan.user)
    number = str(uuid4())
    send(world.bakalan, sent_id=number)
    answer = send(elsewhere, sent_id=number, names="Thiha", nationality="MMR")
    assert answer.status_code == 409
    assert "Lin Yi-Chun" not in text(answer) and f"/reports/{only().pk}/" not in text(answer)


def test_a_residents_report_under_a_used_number_is_compared_too(world: Cast) -> None:
    sent = cast.report(world.bakalan)
    sent.confirm(by=world.kaliwungu)
    desa, number = cast.sign_in(world.bakalan), str(uuid4())
    lin = Report.objects.get().person_id
    for kind, more in (("left", {"left": "abroad"}), ("not_found", {})):
        given = {"sent_id": number, "event_on": "2026-11-25", **more}
        answer = desa.post(f"/reports/new/?person={lin}&kind={kind}", given)
    assert compared(answer) == {
        "Nama": ["Lin Yi-Chun", "Lin Yi-Chun"],
        "Yang dilaporkan": ["tidak ditemukan", "sudah pergi"],
        "Ke mana?": ["–", "ke luar negeri"],
    }
