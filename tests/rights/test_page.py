"""What somebody reads about themselves, and what must never stand there."""

from __future__ import annotations

import re

import pytest

from tests import cast
from tests.cast import BAKALAN, PASSPORT, Cast
from tests.pages import text
from tests.rights.given import ADDRESS, inside, link, officer, phone, resident
from timpora.areas.models import Area
from timpora.registry.models import Disclosure, Residence
from timpora.rights.mine.languages import LANGUAGES

pytestmark = pytest.mark.django_db
WORK = {
    "employer": "PT Muria Jaya", "job": "penenun",
    "work_area": "Prambatan Kidul – Kec. Kaliwungu (33.19.01.2002)",
    "guarantor_status": "present", "guarantor": "PT Muria Jaya", "permit_number": "2C11AB7788",
    "permit_until": "2027-03-01",
}  # fmt: skip


def test_every_value_stands_with_its_source_and_day(world: Cast) -> None:
    page = text(inside(world, resident(world, **WORK)).get("/my-data/"))
    for said in ("Lin Yi-Chun", "Taiwan", "3 May 1990", "PT Muria Jaya", "penenun", "1 March 2027",
                 "Limited stay permit (ITAS)", "Village report".lower(), "24 November 2026"):  # fmt: skip
        assert said in page, said
    assert "Kecamatan Kaliwungu, Kabupaten Kudus" in page
    assert "held since" in page


def test_numbers_are_masked_and_no_page_leads_to_a_house(world: Cast) -> None:
    person = resident(world, **WORK)
    client = inside(world, person)
    for path in ("/my-data/", "/my-data/requests/new/?kind=address"):
        page = text(client.get(path))
        for secret in (ADDRESS, "RT 02", "A1234567", "2C11AB7788", "Bakalan", "Prambatan", BAKALAN):
            assert secret not in page, secret
    page = text(client.get("/my-data/"))
    assert "A1••••67" in page
    assert "held; not shown here" in page
    assert "somebody else may hold your passport" in page


def test_where_the_register_shows_a_kabupaten_only_the_page_says_no_more(world: Cast) -> None:
    """Somebody in refuge: neither the kecamatan, nor where they work, nor who stands by them."""
    person = resident(world, **WORK)
    Residence.objects.filter(person=person).update(area="33.19")
    officer(world.kaliwungu).get(f"/people/{person.pk}/")
    client = inside(world, person, by=world.kudus)
    page = text(client.get("/my-data/"))
    for secret in ("Kaliwungu", "PT Muria Jaya", "Bakalan", ADDRESS):
        assert secret not in page, secret
    assert "Kabupaten Kudus" in page


def test_who_looked_is_said_by_post_and_place_never_by_name(world: Cast) -> None:
    person = resident(world)
    for who in (world.bakalan, world.kaliwungu, world.chair):
        who.user.name = f"Petugas {who.user.username}"
        who.user.save(update_fields=["name"])
        cast.sign_in(who).get(f"/people/{person.pk}/")
    document = person.documents.get()
    Disclosure.objects.reveal(by=world.kudus, document=document, purpose="verify")
    page = text(inside(world, person).get("/my-data/"))
    looks = page.partition('id="looks"')[2].partition("</section>")[0]
    assert "Village officer, Kecamatan Kaliwungu, Kabupaten Kudus: opened the page about you" in looks
    assert "Chair, Kantor Imigrasi Semarang: opened the page about you" in looks
    assert "opened the number of your document (verify identity with the document at hand)" in looks
    assert "gave you a link to this page" in looks
    assert "Petugas" not in page
    assert "Bakalan" not in page


def test_reasons_that_officers_wrote_to_each_other_are_not_shown(world: Cast) -> None:
    person = resident(world)
    person.correct(by=world.kudus, values={"purpose": "bekerja"}, reason="tersangka kasus X",
                   seen=person.newest_statement)  # fmt: skip
    page = text(inside(world, person).get("/my-data/"))
    assert "corrected a value" in page or "bekerja" in page
    assert "tersangka" not in page


def test_what_sources_said_otherwise_stands_beside_each(world: Cast) -> None:
    person = resident(world)
    person.correct(
        by=world.kudus, values={"names": "Lin Yichun"}, reason="passport", seen=person.newest_statement
    )
    person.refresh_from_db()
    page = text(inside(world, person).get("/my-data/"))
    assert "Lin Yichun" in page
    assert "said otherwise: Lin Yi-Chun" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_weighs_little_needs_no_script_and_is_kept_by_nobody(world: Cast, language: str) -> None:
    person = resident(world, **WORK)
    for _look in range(25):
        cast.sign_in(world.kaliwungu).get(f"/people/{person.pk}/")
    answer = inside(world, person, language).get("/my-data/")
    page = text(answer)
    assert len(answer.content) <= 20_480
    assert "<script" not in page
    assert "style=" not in page
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_the_page_asks_the_database_a_fixed_number_of_times(
    world: Cast, django_assert_max_num_queries: object
) -> None:
    person = resident(world, **WORK)
    client = inside(world, person)
    for _again in range(3):
        cast.sign_in(world.kaliwungu).get(f"/people/{person.pk}/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get("/my-data/")


def test_without_a_link_the_door_says_who_gives_one(world: Cast) -> None:
    page = text(officer(world.bakalan).get("/my-data/?language=en"))
    assert "the village, the kecamatan or the immigration office gives you" in page
    assert not re.search(r"<nav class=\"nav\"", page)
    assert Area.objects.get(pk=BAKALAN).name not in page


def test_the_passport_is_asked_for_and_never_shown_before(world: Cast) -> None:
    page = text(phone(link(world, resident(world))[1]).get("/my-data/"))
    assert "Is it you?" in page
    assert all(word not in page for word in ("Lin", "1990", PASSPORT["document_number"], "A1"))
