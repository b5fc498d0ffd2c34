"""Lodgings are opened by the team, their hosts invited by a slip, and closed at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, Cast
from tests.pages import text
from tests.stays import house
from timpora.areas.models import Area
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.stays.models import Lodging
from timpora.team.models import Invitation, Mandate, Post, User
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db
FORM = {"name": "Kos Melati", "kind": "boarding", "area": BAKALAN, "address": "RT 01/RW 02"}


@pytest.mark.parametrize("who", ["kaliwungu", "kudus", "immigration", "chair"])
def test_the_team_opens_a_lodging_of_its_area(world: Cast, who: str) -> None:
    answer = cast.sign_in(getattr(world, who)).post("/lodgings/new/", FORM)
    opened = Lodging.objects.get()
    assert answer["Location"] == f"/lodgings/{opened.pk}/"
    assert (opened.post.role, opened.post.agency_id, opened.post.title) == (
        Role.LODGING, "penginapan", "Kos Melati",
    )  # fmt: skip
    assert Entry.objects.filter(action="lodging.opened", area=BAKALAN).count() == 1


@pytest.mark.parametrize("who", ["bakalan", "labour", "province", "auditor", "operator"])
def test_nobody_else_opens_one(world: Cast, who: str) -> None:
    assert cast.sign_in(getattr(world, who)).post("/lodgings/new/", FORM).status_code == 404
    assert not Lodging.objects.exists()


def test_outside_the_own_area_none_is_opened(world: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        Lodging.objects.open(
            by=world.kaliwungu, name="X", kind="hotel", area=Area.objects.get(pk=GETAS), address="x"
        )
    assert refused.value.code == "outside"
    with pytest.raises(Refusal) as refused:
        Lodging.objects.open(
            by=world.kudus, name="X", kind="hotel", area=Area.objects.get(pk="33.19.01"), address="x"
        )
    assert refused.value.code == "not_a_village"


def test_the_same_house_twice_is_refused_beside_its_name(world: Cast) -> None:
    house.lodging(world)
    answer = cast.sign_in(world.kudus).post("/lodgings/new/", FORM | {"name": "hotel  UJI"})
    assert answer.status_code == 400 and "name" in answer.context["form"].errors


def test_a_host_is_invited_by_a_slip_and_signs_in_with_a_pin(world: Cast) -> None:
    opened = house.lodging(world)
    answer = cast.sign_in(world.kaliwungu).post(
        f"/lodgings/{opened.pk}/invitation/", {"name": "Ibu Sari", "phone": "", "email": ""}
    )
    assert answer.status_code == 200
    slip = answer.context["sheets"][0][0]
    host = User.objects.get(name="Ibu Sari")
    assert host.username == "hotel-uji" and slip.pin
    assert Mandate.objects.get(user=host).kind == "holder"
    Invitation.objects.of_code(slip.code).accept(secret="591374")
    desk = cast.sign_in(Mandate.objects.get(user=host))
    assert "Hotel Uji" in text(desk.get("/"))
    second = opened.invite(by=world.kaliwungu, name="Bapak Adi")
    assert (second.kind, second.user.username) == ("plh", "hotel-uji-2")


def test_only_who_keeps_it_invites(world: Cast) -> None:
    opened = house.lodging(world)
    for who in (world.bakalan, world.jati, world.demak_regency, world.labour, world.operator):
        path = f"/lodgings/{opened.pk}/invitation/"
        assert cast.sign_in(who).post(path, {"name": "X"}).status_code == 404
    assert not Mandate.objects.filter(post=opened.post_id).exists()


def test_a_closed_lodging_is_out_with_the_next_request(world: Cast, hotel: Mandate, desk: Any) -> None:
    house.check_in(hotel)
    opened = hotel.post.lodging
    assert cast.sign_in(world.kaliwungu).post(f"/lodgings/{opened.pk}/closure/").status_code == 303
    assert desk.get("/stays/new/").status_code == 404
    assert "Hotel Uji" not in text(desk.get("/"))
    assert opened.stays.here().count() == 1  # what was entered stays
    assert cast.sign_in(world.kaliwungu).post(f"/lodgings/{opened.pk}/closure/").status_code == 409


def test_a_lodging_is_no_member_of_the_team(world: Cast, hotel: Mandate) -> None:
    kudus = cast.sign_in(world.kudus)
    assert "Hotel Uji" not in text(kudus.get("/team/"))
    form = text(kudus.get("/team/posts/new/")).split("<main", 1)[1]
    assert "lodging" not in form and "Penginapan" not in form
    assert kudus.get(f"/team/posts/{hotel.post_id}/").status_code == 200
    assert Post.objects.of_members().filter(role=Role.LODGING).count() == 0


def test_the_list_shows_the_lodgings_of_ones_area_only(world: Cast) -> None:
    house.lodging(world)
    house.lodging(world, area=GETAS, name="Homestay Jati")
    for who, names in (("bakalan", {"Hotel Uji"}), ("jati", {"Homestay Jati"}), ("demak_regency", set()),
                       ("kudus", {"Hotel Uji", "Homestay Jati"})):  # fmt: skip
        page = text(cast.sign_in(getattr(world, who)).get("/lodgings/"))
        assert {name for name in ("Hotel Uji", "Homestay Jati") if name in page} == names


def test_the_notice_says_what_the_law_says_in_both_languages(world: Cast, hotel: Mandate, desk: Any) -> None:
    for page in (
        desk.get("/stays/notice/"),
        cast.sign_in(world.bakalan).get(f"/lodgings/{hotel.post.lodging.pk}/notice/"),
    ):
        body = text(page)
        assert "bila diminta" in body and "when asked" in body
        assert "Pasal 72" in body and "Article 72" in body and "Pasal 117" in body
        assert "tiga bulan" in body and "Rp25.000.000" in body and "24 jam" not in body and "1x24" not in body
        assert "KEMENTERIAN" in body
