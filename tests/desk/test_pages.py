"""Legal basis, one's own role, help: one tap from every page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.desk import help_words, role_words
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


def test_the_legal_basis_is_open_to_everybody_and_says_what_is_uncertain() -> None:
    page = text(Client().get("/legal-basis/"))
    assert "Permenimipas 2/2025, Pasal 53" in page
    assert "tidak ditemukan aturannya" in page
    assert "tidak berwenang menjatuhkan sanksi" in page


@pytest.mark.parametrize("who", [name for name in Cast.__annotations__ if name != "office"])
def test_every_page_has_the_legal_basis_the_role_and_help_one_tap_away(world: Cast, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    for path in ("/", "/notices/", "/legal-basis/"):
        page = text(client.get(path))
        for target in ('href="/legal-basis/"', 'href="/your-role/"', 'href="/help/?page='):
            assert target in page, path
    assert client.get("/your-role/").status_code == 200


def test_every_role_has_its_words() -> None:
    assert set(role_words.WORDS) == set(Role.values)
    assert all(words.does and words.sees and words.never for words in role_words.WORDS.values())


def test_help_speaks_of_the_page_one_came_from(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    assert "urutannya bebas" in text(client.get("/help/?page=desk:search"))
    assert "Halaman pertama" in text(client.get("/help/?page=nonsense"))
    assert all(words for _title, words in help_words.TOPICS.values())


@pytest.mark.parametrize(
    ("who", "post"),
    [
        ("bakalan", "Kaliwungu, Kecamatan Kaliwungu"),
        ("kaliwungu", "Kudus, Kabupaten Kudus"),
        ("kudus", "Chair, Kantor"),
    ],
)
def test_help_names_the_post_to_ask_never_a_person(world: Cast, who: str, post: str) -> None:
    world.kaliwungu.user.name, world.kaliwungu.user.phone = "Budi Santoso", "+628123456789"
    world.kaliwungu.user.save()
    world.office.change(by=world.operator, phone="024 123456")
    page = text(cast.sign_in(getattr(world, who)).get("/help/"))
    assert post in page
    assert "024 123456" in page
    assert "Budi" not in page
    assert "8123456789" not in page


def test_where_the_post_above_is_vacant_the_office_helps(world: Cast) -> None:
    world.kaliwungu.end(by=world.kudus)
    page = text(cast.sign_in(world.bakalan).get("/help/"))
    assert "sedang kosong" in page
    assert "Kantor Imigrasi Semarang" in page


@pytest.mark.parametrize("who", ["immigration", "chair", "labour", "auditor", "operator"])
def test_who_has_no_tier_above_asks_the_operator_and_nobody_asks_themselves(world: Cast, who: str) -> None:
    mandate = getattr(world, who)
    answer = cast.sign_in(mandate).get("/help/")
    assert "operator sistem" in text(answer) and "sedang kosong" not in text(answer)
    assert mandate.post not in answer.context["posts"]


def test_help_is_there_before_signing_in() -> None:
    assert Client().get("/help/").status_code == 200
