"""The reporter sees what became of each report; papers carry what the role may see and leave their entry."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_the_reporter_finds_each_report_with_its_state_and_can_filter(world: Cast) -> None:
    states = {}
    for index, name in enumerate(("waiting", "verified", "sent_back", "refused", "withdrawn")):
        states[name] = report(world.bakalan, names=f"Nama {'abcde'[index] * 5}", birth_date=str(1960 + index))
    states["verified"].confirm(by=world.kaliwungu)
    states["sent_back"].send_back(by=world.kaliwungu, reason="x")
    states["refused"].refuse(by=world.kaliwungu, reason="x")
    states["withdrawn"].withdraw(by=world.bakalan)
    report(world.prambatan, names="Nama bbbbb", birth_date="1961").confirm(by=world.kaliwungu)
    desa = cast.sign_in(world.bakalan)
    rows = {row.report.pk: row.state for row in desa.get("/reports/").context["rows"]}
    words = ("menunggu kecamatan", "terverifikasi", "dikembalikan", "ditolak", "ditarik")
    assert rows == {states[name].pk: word for name, word in zip(states, words, strict=True)}
    for name, sent in states.items():
        shown = desa.get("/reports/", {"state": name}).context["rows"]
        assert [row.report.pk for row in shown] == [sent.pk], name
    checked = cast.sign_in(world.prambatan).get("/reports/", {"state": "checked"}).context["rows"]
    assert [row.state for row in checked] == ["sedang dicek"]


def test_the_list_is_paged_and_asks_the_same_few_questions(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for index in range(27):
        report(
            world.bakalan,
            names=f"Nama {chr(97 + index % 26) * (3 + index // 26)}",
            birth_date=str(1950 + index),
        )
    desa = cast.sign_in(world.bakalan)
    with django_assert_max_num_queries(12):
        first = desa.get("/reports/")
    assert len(first.context["rows"]) == 25
    assert len(desa.get("/reports/?page=2").context["rows"]) == 2


def test_what_became_of_it_is_told_by_post_and_never_by_an_officers_name(world: Cast) -> None:
    world.kaliwungu.user.name = "Ibu Rahasia"
    world.kaliwungu.user.save()
    sent = report(world.bakalan)
    sent.confirm(by=world.kaliwungu)
    sent.unconfirm(by=world.kaliwungu, reason="alamat keliru")
    sent.confirm(by=world.kaliwungu)
    page = cast.sign_in(world.bakalan).get(f"/reports/{sent.pk}/")
    told = [(step.sentence, step.reason) for step in page.context["steps"]]
    assert [sentence.split(" ")[-1] for sentence, _reason in told] == [
        "laporan.", "mengonfirmasi.", "terverifikasi.", "konfirmasinya.", "mengonfirmasi.", "terverifikasi.",
    ]  # fmt: skip
    assert told[3][1] == "alamat keliru"
    assert "Kecamatan Kaliwungu" in text(page) and "Rahasia" not in text(page)


@pytest.mark.parametrize(
    ("by", "birth_date", "number"),
    [("bakalan", False, False), ("kaliwungu", True, False), ("kudus", True, True)],
)
def test_each_role_sees_of_a_report_what_it_may(world: Cast, by: str, birth_date: bool, number: bool) -> None:
    sent = report(world.bakalan, purpose="bekerja", **PASSPORT)
    client = cast.sign_in(world.everyone()[by])
    for path in (f"/reports/{sent.pk}/", "/reports/?of=area"):
        body = text(client.get(path))
        assert "A1234567" not in body
    body = text(client.get(f"/reports/{sent.pk}/"))
    assert ("3 Mei 1990" in body) is birth_date
    assert ("A1••••67" in body) is number
    assert "bekerja" in body and "Taiwan" in body


def test_the_blank_form_is_one_sheet_with_the_villages_letterhead(world: Cast) -> None:
    body = text(cast.sign_in(world.bakalan).get("/reports/paper/"))
    assert "PEMERINTAH KABUPATEN KUDUS" in body and "DESA BAKALANKRAPYAK" in body
    assert body.count('class="a4"') == 1
    office = text(cast.sign_in(world.immigration).get("/reports/paper/"))
    assert "KEMENTERIAN" in office and "PEMERINTAH" not in office


def test_the_register_lists_the_villages_own_residents_and_leaves_its_entry(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, names="Thiha", nationality="MMR").confirm(by=world.jati)
    body = text(cast.sign_in(world.bakalan).get("/reports/register/"))
    assert "Lin Yi-Chun" in body and "Thiha" not in body
    assert "1990" not in body and "A1234567" not in body
    assert "<td></td>" in body
    entry = Entry.objects.get(action="register.printed")
    assert (entry.area, entry.mandate) == (BAKALAN, world.bakalan.pk)


def test_a_tier_above_chooses_one_of_its_villages(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    kecamatan = cast.sign_in(world.kaliwungu)
    assert "desa/kelurahan mana" in text(kecamatan.get("/reports/register/")).lower()
    body = text(kecamatan.get("/reports/register/", {"area": BAKALAN}))
    assert "Lin Yi-Chun" in body and "3 Mei 1990" in body
    assert kecamatan.get("/reports/register/", {"area": GETAS}).status_code == 404
    assert kecamatan.get("/reports/register/", {"area": "Qwxyz"}).status_code == 400
    assert Entry.objects.filter(action="register.printed").count() == 1
