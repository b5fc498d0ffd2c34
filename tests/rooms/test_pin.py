"""A decision is pinned above everything that is said, by a name and a day, until somebody takes it down."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say
from timpora.ledger.models import Entry
from timpora.rooms.models import Pin, Thread
from timpora.rooms.showing import PAGE

pytestmark = pytest.mark.django_db


def test_a_decision_stands_above_however_much_is_said_later(world: Cast, room: Thread) -> None:
    decided = say(room, world.kudus, "Rapat Rabu pukul 09.00")
    answer = cast.sign_in(world.immigration).post(f"/rooms/messages/{decided.pk}/pin/")
    assert answer.status_code == 303
    for _ in range(PAGE):
        say(room, world.bakalan, "siap")
    page = text(cast.sign_in(world.kaliwungu).get(f"/rooms/{room.pk}/"))
    assert page.count("Rapat Rabu pukul 09.00") == 1
    assert "Keputusan" in page and "disematkan oleh Immigration" in page


def test_pinned_twice_it_is_one_decision(world: Cast, room: Thread) -> None:
    decided = say(room, world.kudus)
    assert decided.pin(by=world.kudus) == decided.pin(by=world.immigration)
    assert Entry.objects.filter(action="decision.pinned", subject=f"message:{decided.pk}").count() == 1


def test_taken_down_it_is_a_message_again_and_the_row_says_by_whom(world: Cast, room: Thread) -> None:
    pin = say(room, world.kudus).pin(by=world.kudus)
    answer = cast.sign_in(world.kaliwungu).post(f"/rooms/pins/{pin.pk}/lifting/")
    assert answer.status_code == 303
    pin.refresh_from_db()
    assert (pin.lifted_by, pin.lifted_at is None) == (world.kaliwungu, False)
    assert "disematkan oleh" not in text(cast.sign_in(world.kudus).get(f"/rooms/{room.pk}/"))
    assert Entry.objects.filter(action="decision.lifted").count() == 1
    assert cast.sign_in(world.kaliwungu).post(f"/rooms/pins/{pin.pk}/lifting/").status_code == 409


def test_outside_the_room_nobody_pins_or_takes_down(world: Cast, room: Thread) -> None:
    said = say(room, world.kudus)
    pin = said.pin(by=world.kudus)
    stranger = cast.sign_in(world.jati)
    assert stranger.post(f"/rooms/messages/{said.pk}/pin/").status_code == 404
    assert stranger.post(f"/rooms/pins/{pin.pk}/lifting/").status_code == 404
    assert Pin.objects.standing().count() == 1


def test_of_a_message_taken_back_nothing_is_left_to_pin(world: Cast, room: Thread) -> None:
    said = say(room, world.kudus)
    said.withdraw(by=world.kudus)
    assert cast.sign_in(world.kudus).post(f"/rooms/messages/{said.pk}/pin/").status_code == 409
