"""An officer whose phone is gone has no other to say so with: whoever manages the post says it."""

from __future__ import annotations

import re

import pytest

from tests import cast
from tests.cast import Cast
from tests.inbound.phone import Phone
from tests.pages import text
from timpora.inbound.models import Device
from timpora.ledger.models import Entry

pytestmark = pytest.mark.django_db


def address(phone: Phone) -> str:
    return f"/team/posts/{phone.mandate.post_id}/phones/"


def asked_twice(page: str, action: str) -> bool:
    """Whether the button lies folded below another, with what follows from it."""
    folded = re.findall(r"<details>.*?</details>", page, re.DOTALL)
    mine = [each for each in folded if f'action="{action}"' in each]
    assert page.count(f'action="{action}"') >= len(mine) == 1
    return "tidak dapat dibatalkan" in mine[0] and mine[0].count("<button") == 1


def test_the_kecamatan_reports_a_village_officers_phone_lost(phone: Phone, world: Cast) -> None:
    chair = cast.sign_in(world.kaliwungu)
    post = text(chair.get(f"/team/posts/{phone.mandate.post_id}/"))
    assert "Ponsel hilang" in post
    page = text(chair.get(address(phone)))
    assert "Chrome · Android" in page and asked_twice(page, f"{address(phone)}{phone.device}/loss/")
    answer = chair.post(f"{address(phone)}{phone.device}/loss/")
    assert (answer.status_code, answer.url) == (303, address(phone))
    assert phone.get("/outbox/").json()["device"] == "ended"
    assert phone.send()["status"] == 410
    assert Entry.objects.get(action="device.ended").post == world.kaliwungu.post_id
    assert "Chrome · Android" not in text(chair.get(address(phone)))


@pytest.mark.parametrize("who", ["demak", "prambatan"])
def test_nobody_else_learns_of_it_or_ends_it(phone: Phone, world: Cast, who: str) -> None:
    other = cast.sign_in(getattr(world, who))
    assert other.get(address(phone)).status_code in (403, 404)
    assert other.post(f"{address(phone)}{phone.device}/loss/").status_code in (403, 404)
    assert phone.row.ended_at is None


def test_a_device_of_somebody_who_serves_elsewhere_is_out_of_reach(phone: Phone, world: Cast) -> None:
    elsewhere = Phone(world.prambatan)
    chair = cast.sign_in(world.kaliwungu)
    assert chair.post(f"{address(phone)}{elsewhere.device}/loss/").status_code == 404
    assert elsewhere.row.ended_at is None


def test_an_officer_is_asked_twice_before_the_own_phone_counts_as_lost(phone: Phone) -> None:
    page = text(phone.client.get("/devices/"))
    door = f"/devices/{phone.device}/ending/"
    assert asked_twice(page, door) and "PIN baru" in page
    phone.client.post(door, {"ending": "lost"})
    assert phone.row.ending == Device.Ending.LOST
