"""An open page asks what is new: one cheap question while nothing is, and every change in its answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say
from timpora.ledger.models import Entry
from timpora.rooms.models import Thread

pytestmark = pytest.mark.django_db


def ask(client: Any, room: Thread, tag: str = "") -> Any:
    return client.get(f"/rooms/{room.pk}/news/", headers={"If-None-Match": tag})


def test_while_nothing_changes_the_answer_is_304_and_asks_little(
    world: Cast, room: Thread, django_assert_max_num_queries: Any
) -> None:
    say(room, world.kudus)
    client = cast.sign_in(world.bakalan)
    first = ask(client, room)
    assert first.status_code == 200 and "Rapat hari Rabu" in text(first)
    ask(client, room, first["ETag"])
    before = Entry.objects.count()
    with django_assert_max_num_queries(4):  # session, user, mandates, version
        again = ask(client, room, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert Entry.objects.count() == before
    assert "no-cache" in again["Cache-Control"] and "private" in again["Cache-Control"]


def test_the_page_begins_at_the_state_it_shows(world: Cast, room: Thread) -> None:
    say(room, world.kudus)
    client = cast.sign_in(world.bakalan)
    page = text(client.get(f"/rooms/{room.pk}/"))
    tag = page.partition('data-tag="')[2].partition('"')[0].replace("&quot;", '"')
    assert ask(client, room, tag).status_code == 304
    assert ask(client, room, f"W/{tag}").status_code == 304  # compressed on its way, a tag turns weak


def test_every_change_is_news(world: Cast, room: Thread) -> None:
    client = cast.sign_in(world.bakalan)
    tag = ask(client, room)["ETag"]
    said = say(room, world.kudus)
    pins: list[Any] = []
    for change in (
        lambda: say(room, world.kaliwungu, "dua"),
        lambda: pins.append(said.pin(by=world.kudus)),
        lambda: pins[0].lift(by=world.kudus),
        lambda: said.withdraw(by=world.kudus),
    ):
        change()
        answer = ask(client, room, tag)
        assert answer.status_code == 200
        assert answer["ETag"] != tag
        tag = answer["ETag"]
        assert ask(client, room, tag).status_code == 304


def test_out_of_the_room_no_tag_helps(world: Cast, room: Thread) -> None:
    tag = ask(cast.sign_in(world.bakalan), room)["ETag"]
    assert ask(cast.sign_in(world.jati), room, tag).status_code == 404
    assert cast.sign_in(world.bakalan).get(f"/rooms/{'9' * 18}/news/").status_code == 404
    assert cast.sign_in(world.bakalan).get(f"/rooms/{'9' * 40}/").status_code == 404


def test_a_room_on_paper_holds_what_was_said_and_is_noted(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "Rapat Rabu").pin(by=world.kudus)
    page = text(cast.sign_in(world.bakalan).get(f"/rooms/{room.pk}/print/"))
    assert page.count("Rapat Rabu") == 2 and "KEMENTERIAN" in page and "<form" not in page
    assert Entry.objects.filter(action="thread.printed", subject=f"thread:{room.pk}").count() == 1
