"""Printing slips: for one member, or for all of a kecamatan who have not signed in."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.team.conftest import code_for, codes_on
from timpora.ledger.models import Detail, Entry
from timpora.team import slips
from timpora.team.models import Agency, Mandate, Post, User

pytestmark = pytest.mark.django_db


def test_the_kecamatan_prints_all_slips_of_its_villages_on_one_sheet_and_each_code_works(world: Cast) -> None:
    secretary = cast.sign_in(world.kaliwungu)
    piles = text(secretary.get("/team/slips/"))
    assert "2 slip" in piles
    page = text(secretary.post("/team/slips/", {"place": "33.19.01"}))
    codes = codes_on(page)
    assert len(codes) == len(set(codes)) == 2
    assert page.count('class="a4"') == 1
    assert page.count("<svg viewBox") == 2
    assert "style=" not in page
    for code in codes:
        assert Client().get(f"/join/{code}/").status_code == 200


def test_no_code_stands_in_the_database_or_the_ledger(world: Cast) -> None:
    page = text(cast.sign_in(world.kaliwungu).post("/team/slips/", {"place": "33.19.01"}))
    code = codes_on(page)[0]
    kept = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert not [row for row in User.objects.values_list("password", flat=True) if code in row]
    assert Entry.objects.filter(action="invitation.issued").count() == 2


def test_printing_again_makes_the_first_slips_worthless(world: Cast) -> None:
    secretary = cast.sign_in(world.kaliwungu)
    first = codes_on(text(secretary.post("/team/slips/", {"place": "33.19.01"})))
    secretary.post("/team/slips/", {"place": "33.19.01"})
    assert {Client().get(f"/join/{code}/").status_code for code in first} == {404}


def test_who_has_signed_in_needs_no_slip_and_can_get_a_new_one_all_the_same(world: Cast) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(last_login=timezone.now())
    secretary = cast.sign_in(world.kaliwungu)
    assert len(codes_on(text(secretary.post("/team/slips/", {"place": "33.19.01"})))) == 1
    page = text(secretary.post(f"/team/members/{world.bakalan.user_id}/slip/"))
    assert len(codes_on(page)) == 1
    assert "/join/" in re.search(r"<code>([^<]+)</code>", page)[1]  # type: ignore[index]


def test_a_kecamatan_prints_nothing_for_its_neighbour(world: Cast) -> None:
    secretary = cast.sign_in(world.jati)
    assert "Kaliwungu" not in text(secretary.get("/team/slips/"))
    page = text(secretary.post("/team/slips/", {"place": "33.19.01"}, follow=True))
    assert codes_on(page) == []
    assert secretary.post(f"/team/members/{world.bakalan.user_id}/slip/").status_code == 404
    assert not Entry.objects.filter(action="invitation.issued").exists()


def test_a_slip_never_opens_a_post_beyond_the_one_who_prints_it(world: Cast) -> None:
    post = Post.objects.open(
        by=world.operator,
        agency=Agency.objects.get(code="kesbangpol"),
        role="secretary",
        title="Wakil",
        area=world.kudus.post.area,
    )
    Mandate.objects.grant(
        by=world.operator, user=world.bakalan.user, post=post, since=timezone.localdate().replace(day=30)
    )
    secretary = cast.sign_in(world.kaliwungu)
    page = text(secretary.post(f"/team/members/{world.bakalan.user_id}/slip/", follow=True))
    assert "di luar wilayah tugas Anda" in page
    assert codes_on(page) == []
    assert len(codes_on(text(secretary.post("/team/slips/", {"place": "33.19.01"})))) == 1
    assert (
        len(codes_on(text(cast.sign_in(world.kudus).post(f"/team/members/{world.bakalan.user_id}/slip/"))))
        == 1
    )


def test_the_page_of_the_absent_loses_a_name_when_its_owner_has_signed_in(world: Cast) -> None:
    secretary = cast.sign_in(world.kaliwungu)
    assert "bakalan" in text(secretary.get("/team/absent/"))
    Client().post(f"/join/{code_for(world.bakalan.user)}/", {"secret": "493827", "again": "493827"})
    page = text(secretary.get("/team/absent/"))
    assert ">bakalan<" not in page
    assert ">prambatan<" in page


@pytest.mark.parametrize("who", ["bakalan", "labour", "province", "auditor", "protection"])
def test_whoever_manages_nobody_finds_no_such_pages(world: Cast, who: str) -> None:
    browser = cast.sign_in(getattr(world, who))
    for address in (
        "/team/slips/",
        "/team/absent/",
        "/team/posts/new/",
        "/team/import/",
        "/team/import/template/",
    ):
        assert browser.get(address).status_code == 404


def test_a_slip_speaks_the_language_of_the_one_who_gets_it(world: Cast) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(language="en")
    page = text(cast.sign_in(world.kaliwungu).post("/team/slips/", {"place": "33.19.01"}))
    assert "Choose a PIN of six digits" in page
    assert "Pilih PIN enam angka" in page


def test_the_drawn_code_is_read_back_as_the_square_it_is() -> None:
    path, size = slips.drawn("https://timpora.example.go.id/join/BCDFG23456/")
    assert path.startswith("M2 2h7v1h-7z")
    assert (
        size
        == len(slips.segno.make_qr("https://timpora.example.go.id/join/BCDFG23456/", error="m").matrix) + 4
    )
    assert BAKALAN not in path
