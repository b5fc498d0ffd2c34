"""Who is who: whom each post sees, what is vacant, who acts for it, what the page asks of the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.areas.models import Area
from timpora.ledger.book import SYSTEM
from timpora.team.models import Agency, Mandate, Post, User
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


def page(mandate: Mandate, address: str = "/team/") -> str:
    return text(cast.sign_in(mandate).get(address))


def test_a_kecamatan_sees_its_villages_and_whom_it_can_ask_but_no_neighbour(world: Cast) -> None:
    shown = page(world.kaliwungu)
    assert "Bakalan, Desa Bakalankrapyak" in shown
    assert "Kudus, Kabupaten Kudus" in shown.partition("Kepada siapa Anda dapat bertanya")[2]
    assert "Getas" not in shown
    assert "Demak" not in shown


@pytest.mark.parametrize("who", ["jati", "demak_regency", "bakalan", "labour"])
def test_a_post_out_of_reach_has_no_page(world: Cast, who: str) -> None:
    address = f"/team/posts/{world.prambatan.post_id}/"
    expected = 200 if who == "labour" else 404
    assert cast.sign_in(getattr(world, who)).get(address).status_code == expected


def test_without_a_mandate_there_is_no_team(world: Cast) -> None:
    world.bakalan.end(by=world.kaliwungu)
    assert cast.sign_in(world.bakalan).get("/team/").status_code == 404


def test_a_vacant_kecamatan_says_that_the_kabupaten_acts_meanwhile(world: Cast) -> None:
    world.kaliwungu.end(by=world.kudus)
    shown = page(world.kudus)
    assert "Selama kosong, tugasnya dijalankan oleh: Kudus, Kabupaten Kudus." in shown
    world.bakalan.end(by=world.kudus)
    assert shown.count("tugasnya dijalankan oleh: Kudus") == 1
    assert page(world.kudus).count("tugasnya dijalankan oleh: Kudus") == 2


def test_where_the_kabupaten_is_vacant_too_the_immigration_office_acts(world: Cast) -> None:
    world.kaliwungu.end(by=world.kudus)
    world.kudus.end(by=world.immigration)
    shown = page(world.immigration)
    assert shown.count("Kantor Imigrasi Semarang.") >= 2
    assert "tugasnya dijalankan oleh: Kudus" not in shown


def test_a_deputy_fills_the_chair_and_is_named_with_the_last_day(world: Cast) -> None:
    world.kaliwungu.end(by=world.kudus)
    Mandate.objects.grant(
        by=world.kudus,
        user=world.prambatan.user,
        post=world.kaliwungu.post,
        kind="plt",
        until=date(2026, 12, 10),
    )
    shown = page(world.kudus)
    assert "pelaksana tugas (Plt)" in shown
    assert "tugasnya dijalankan oleh" not in shown


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("agency=disnaker", "Labour", "Bakalan,"),
        ("tier=3", "Kaliwungu,", "Bakalan,"),
        ("tier=4", "Bakalan,", "Labour,"),
        ("state=vacant", "Getas,", "Bakalan,"),
        ("state=new", "Bakalan,", "Getas,"),
        ("tier=x&agency=y&state=z", "", "Bakalan,"),
        ("page=999", "Bakalan,", ""),
    ],
)
def test_the_list_narrows_to_an_agency_a_tier_or_a_state(
    world: Cast, query: str, seen: str, unseen: str
) -> None:
    world.getas.end(by=world.kudus)
    shown = page(world.kudus, f"/team/?{query}").partition('id="found"')[2].partition("</section>")[0]
    assert seen in shown
    assert not unseen or unseen not in shown


def test_home_tile_and_list_count_the_same_officers_who_never_signed_in(world: Cast) -> None:
    cast.post_and_seat("pkl", Role.CONTRIBUTOR, area=cast.KALIWUNGU)  # not the kecamatan's to invite
    cast.post_and_seat("second", Role.VILLAGE, area=cast.PRAMBATAN, user=world.prambatan.user)
    cast.post_and_seat("elsewhere", Role.VILLAGE, area=cast.GETAS, user=world.bakalan.user)
    browser = cast.sign_in(world.kaliwungu)
    assert "1 petugas belum pernah masuk" in text(browser.get("/"))
    tile = text(browser.get("/team/")).partition("<dt>belum masuk</dt>")[2]
    assert tile.startswith("<dd>1</dd>")
    listed = text(browser.get("/team/absent/"))
    assert listed.count("/slip/") == 1 and ">prambatan<" in listed


def test_a_search_for_a_name_never_stands_in_an_address(world: Cast) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(name="Rembulan Jenar")
    browser = cast.sign_in(world.kudus)
    found = text(browser.post("/team/", {"q": "jenar"}))
    assert "Rembulan Jenar" in found
    assert "Prambatan," not in found
    assert "jenar" not in "".join(part for part in found.split('"') if part.startswith(("/", "?")))
    assert "Rembulan" not in text(cast.sign_in(world.demak_regency).post("/team/", {"q": "jenar"}))


def test_four_hundred_members_cost_no_more_questions_than_forty(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    crowd(world)
    browser = cast.sign_in(world.immigration)
    with django_assert_max_num_queries(16):
        first = browser.get("/team/")
    assert "405" in text(first)
    with django_assert_max_num_queries(16):
        browser.get("/team/?tier=4&page=3")
    with django_assert_max_num_queries(16):
        browser.post("/team/", {"q": "anggota"})
    with django_assert_max_num_queries(12):
        browser.get("/team/absent/")


def crowd(world: Cast) -> None:
    """Members until the office's area has 405 posts, every third one vacant."""
    villages = list(Area.objects.filter(level=4, code__startswith="33.19"))
    agency = Agency.objects.get(code="desa")
    there = Post.objects.visible_to(world.immigration).count()
    for number in range(405 - there):
        post = Post.objects.open(
            by=SYSTEM,
            agency=agency,
            role="village",
            title=f"Kaur {number}",
            area=villages[number % len(villages)],
        )
        if number % 3:
            user = User.objects.create_user(f"anggota-{number}", name=f"Anggota {number}")
            Mandate.objects.grant(by=SYSTEM, user=user, post=post)
