"""The first page, by role."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.desk.awaiting import awaiting
from timpora.recaps.models import Return
from timpora.recaps.month import Month
from timpora.registry.models import Person
from timpora.team.models import User

pytestmark = pytest.mark.django_db


def home(mandate: Any) -> str:
    answer = cast.sign_in(mandate).get("/")
    assert answer.status_code == 200
    return text(answer)


def sentences(mandate: Any) -> list[str]:
    return [item.sentence for item in awaiting(mandate)]


def test_without_signing_in_there_is_the_sign_in_page() -> None:
    assert Client().get("/")["Location"].startswith("/sign-in/")


def test_without_a_live_mandate_there_is_a_calm_page(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    world.bakalan.end(by=world.operator)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "tidak memegang jabatan" in text(answer)
    assert client.get("/people/").status_code == 404


@pytest.mark.parametrize("who", list(Cast.__annotations__))
def test_every_role_has_a_first_page_with_one_heading_and_one_next_step(
    world: Cast, lin: Person, who: str
) -> None:
    if who == "office":
        return
    page = home(getattr(world, who))
    assert page.count("<h1") == 1
    assert page.count("button--main") <= 1


def test_the_village_sees_its_number_its_residents_and_what_is_under_way(world: Cast, lin: Person) -> None:
    report(world.bakalan, names="Thiha", nationality="MMR", birth_date="")
    page = home(world.bakalan)
    assert '<p class="number-value">1</p>' in page
    assert "1 laporan masih menunggu" in page
    assert f'href="/people/{lin.pk}/">Lin Yi-Chun</a>' in page
    assert "Thiha" in page
    assert "menunggu kecamatan" in page
    assert "Laporkan orang asing" in page
    assert "Mei 1990" not in page and "1990-05" not in page


def test_a_village_without_anybody_is_told_what_nihil_means(world: Cast) -> None:
    page = home(world.getas)
    assert "Belum ada yang tercatat di sini" in page
    assert "nihil" in page


def test_a_doubtful_report_is_only_being_checked_to_the_village(world: Cast, lin: Person) -> None:
    report(world.prambatan).confirm(by=world.kaliwungu)
    page = home(world.prambatan)
    assert "sedang dicek" in page
    assert "Bakalankrapyak" not in page
    assert sentences(world.kaliwungu)[0] == "1 identitas perlu diputus"


def test_the_district_sees_how_many_reports_wait_and_since_when(world: Cast) -> None:
    report(world.bakalan, **PASSPORT)
    report(world.prambatan, names="Thiha", nationality="MMR")
    assert "2 laporan menunggu konfirmasi Anda" in home(world.kaliwungu)
    assert not any("laporan menunggu" in line for line in sentences(world.jati))


def test_what_came_back_waits_for_the_village_until_it_is_answered(world: Cast) -> None:
    sent = report(world.bakalan, **PASSPORT)
    sent.send_back(by=world.kaliwungu, reason="which house?")
    assert any("dikembalikan" in line for line in sentences(world.bakalan))
    report(world.bakalan, replaces=sent, **PASSPORT)
    assert not any("dikembalikan" in line for line in sentences(world.bakalan))


def test_a_claim_waits_for_the_village_that_counts_and_for_the_tier_that_decides(
    world: Cast, lin: Person
) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    line = "1 orang dilaporkan oleh dua desa"
    assert line in sentences(world.bakalan)
    assert line in sentences(world.kudus)
    assert line not in sentences(world.getas)
    assert line not in sentences(world.demak_regency)


def test_the_month_to_answer_is_the_oldest_open_one(world: Cast, lin: Person) -> None:
    assert any("Oktober 2026" in line for line in sentences(world.getas))
    Return.objects.sign_nil(by=world.getas, area=world.getas.post.area, month=Month(2026, 10))
    assert not any("2026" in line for line in sentences(world.getas))  # November waits from its last day on
    assert "Jawab laporan bulan November 2026" in home(world.getas)
    assert any("desa/kelurahan belum menjawab untuk Oktober 2026" in line for line in sentences(world.jati))


def test_officers_who_never_signed_in_wait_for_a_slip(world: Cast) -> None:
    assert any("2 petugas belum pernah masuk" in line for line in sentences(world.kaliwungu))
    User.objects.all().update(last_login="2026-11-01T00:00:00Z")
    assert not any("belum pernah masuk" in line for line in sentences(world.kaliwungu))


@pytest.mark.parametrize("who", ["labour", "province", "nation", "protection", "auditor", "operator"])
def test_roles_without_persons_see_no_name_and_no_village(world: Cast, lin: Person, who: str) -> None:
    page = home(getattr(world, who))
    assert "Lin Yi-Chun" not in page
    assert "Bakalankrapyak" not in page
    assert f"/people/{lin.pk}/" not in page


def test_what_changed_near_me_is_a_name_for_some_and_a_kecamatan_for_others(world: Cast, lin: Person) -> None:
    assert "Lin Yi-Chun</a> · tinggal di sini" in home(world.kudus)
    assert "Kecamatan Kaliwungu" in home(world.province)
    assert "Lin" not in home(world.demak_regency)


def test_the_number_is_that_of_the_own_place(world: Cast, lin: Person) -> None:
    for who in ("bakalan", "kaliwungu", "kudus", "immigration", "chair", "labour", "province", "nation"):
        assert '<p class="number-value">1</p>' in home(getattr(world, who)), who
    for who in ("getas", "jati", "demak_regency"):
        assert '<p class="number-value">0</p>' in home(getattr(world, who)), who


def test_the_first_page_asks_the_same_few_questions_however_many_reports_wait(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        report(world.bakalan, names=f"Person {chr(97 + number)}", birth_date="", nationality="MMR")
    for who, most in (("bakalan", 28), ("kaliwungu", 38), ("kudus", 38), ("chair", 40)):
        client = cast.sign_in(getattr(world, who))
        with django_assert_max_num_queries(most):
            client.get("/")


def test_the_page_is_complete_in_english(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.kudus)
    client.cookies["django_language"] = "en"
    page = text(client.get("/"))
    assert "Foreign nationals living in" in page
    assert "each person counted once" in page
