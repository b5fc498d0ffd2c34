"""A person's page: each role reads what the rules give it, and that it was opened is noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, TODAY, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db


def opened(mandate: Any, person: Person) -> str:
    answer = cast.sign_in(mandate).get(f"/people/{person.pk}/")
    assert answer.status_code == 200
    return text(answer)


BIRTH, MASKED, PERMIT, WORK = "3 Mei 1990", "A1••••67", "10 Desember 2026", "PT Muria Jaya · engineer"


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        ("bakalan", [], [BIRTH, "1990-05", MASKED, PERMIT, WORK, "ITAS", "perempuan"]),
        ("kaliwungu", [BIRTH], [MASKED, PERMIT, WORK, "ITAS", "perempuan"]),
        ("kudus", [BIRTH, MASKED, PERMIT, WORK], []),
        ("immigration", [BIRTH, MASKED, PERMIT, WORK], []),
        ("chair", [BIRTH, MASKED, PERMIT, WORK, "Siapa yang melihat"], []),
    ],
)
def test_each_role_reads_the_fields_the_rules_give_it(
    world: Cast, lin: Person, who: str, seen: list[str], unseen: list[str]
) -> None:
    page = opened(getattr(world, who), lin)
    for common in ("Lin Yi-Chun", "Taiwan", "mess PT Muria Jaya, RT 02/RW 03", "work", "terverifikasi"):
        assert common in page
    assert [text for text in seen if text not in page] == []
    assert [text for text in unseen if text in page] == []
    assert "A1234567" not in page
    assert ("Siapa yang melihat" in page) is (who == "chair")


@pytest.mark.parametrize(
    "who",
    [
        "prambatan",
        "getas",
        "jati",
        "demak_regency",
        "labour",
        "province",
        "nation",
        "protection",
        "auditor",
        "operator",
    ],
)
def test_out_of_reach_a_person_does_not_exist(world: Cast, lin: Person, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.get(f"/people/{lin.pk}/").status_code == 404
    assert client.get(f"/people/{lin.pk}/corrections/new/").status_code == 404
    assert not Entry.objects.filter(action="person.opened").exists()


def test_opening_is_noted_with_post_and_area(world: Cast, lin: Person) -> None:
    opened(world.kudus, lin)
    entry = Entry.objects.get(action="person.opened")
    assert (entry.post, entry.area, entry.subject) == (world.kudus.post_id, cast.BAKALAN, f"person:{lin.pk}")


def test_the_chair_reads_who_looked_by_post_with_the_purpose_and_without_a_name(
    world: Cast, lin: Person
) -> None:
    world.kudus.user.name = "Budi Santoso"
    world.kudus.user.save()
    opened(world.kudus, lin)
    document = lin.documents.get()
    cast.sign_in(world.kudus).post(
        f"/people/{lin.pk}/documents/{document.pk}/disclosures/", {"purpose": "letter"}
    )
    page = opened(world.chair, lin)
    assert "Kudus, Kabupaten Kudus: membuka nomor dokumen" in page
    assert "Kudus, Kabupaten Kudus: membuka halaman seseorang" in page
    assert "Budi Santoso" not in page


def test_every_value_names_its_source_and_its_day(world: Cast, lin: Person) -> None:
    page = opened(world.kudus, lin)
    assert "Desa/Kelurahan Bakalankrapyak · per 24 November 2026" in page


def test_a_permit_whose_day_has_passed_is_what_its_source_says_and_accuses_nobody(world: Cast) -> None:
    sent = report(world.bakalan, **PASSPORT, permit_until="2026-10-01")
    sent.confirm(by=world.kaliwungu)
    page = opened(world.kudus, sent.person)
    assert "masa berlaku lewat pada 1 Oktober 2026 menurut data sumber" in page
    for accusing in ("ilegal", "pelanggaran", "overstay"):
        assert accusing not in page.lower()


def test_stay_and_visa_are_two_dates(world: Cast, lin: Person) -> None:
    page = opened(world.kudus, lin)
    assert "Tinggal sampai 10 Desember 2026" in page
    assert "Visa (batas waktu masuk) sampai 1 Maret 2026" in page


def test_a_question_between_two_villages_is_told_in_neutral_words(world: Cast, lin: Person) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    village = opened(world.bakalan, lin)
    assert "Desa lain juga melaporkan orang ini" in village
    assert "Getas" not in village
    assert "Dua desa melaporkan orang ini" in opened(world.kudus, lin)


def test_what_was_said_and_done_elsewhere_is_not_listed(world: Cast, lin: Person) -> None:
    moved = report(world.demak, kind="arrived", on=TODAY + timedelta(days=1), **PASSPORT)
    moved.confirm(by=world.demak_district)
    page = opened(world.demak_regency, lin)
    assert "Bakalankrapyak" not in page
    assert cast.sign_in(world.bakalan).get(f"/people/{lin.pk}/").status_code == 404
    assert "Bakalankrapyak" in opened(world.chair, lin)


def test_the_address_is_that_of_the_present_home(world: Cast, lin: Person) -> None:
    moved = report(world.demak, kind="arrived", on=TODAY + timedelta(days=1), **PASSPORT, address="")
    moved.confirm(by=world.demak_district)
    assert "mess PT Muria Jaya" not in opened(world.demak, lin)


def test_the_page_asks_a_bounded_number_of_questions(
    world: Cast, lin: Person, django_assert_max_num_queries: Any
) -> None:
    for day in range(1, 9):
        report(world.bakalan, on=date(2026, 10, day), again=True, **PASSPORT).confirm(by=world.kaliwungu)
    client = cast.sign_in(world.chair)
    with django_assert_max_num_queries(45):
        client.get(f"/people/{lin.pk}/")


def test_the_village_reports_a_change_and_corrects_nothing(world: Cast, lin: Person) -> None:
    page = opened(world.bakalan, lin)
    assert f'href="/reports/new/?person={lin.pk}"' in page
    assert "corrections" not in page
