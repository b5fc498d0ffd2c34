"""How far one has read is one's own: two deputies of a post each read for themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say
from timpora.ledger.models import Entry
from timpora.rooms.models import Reading, Thread
from timpora.rooms.models.thread import unread
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_new_messages_are_counted_in_the_navigation_on_the_list_and_at_home(
    world: Cast, room: Thread
) -> None:
    for _ in range(3):
        say(room, world.kudus)
    client = cast.sign_in(world.kaliwungu)
    home = text(client.get("/"))
    assert 'class="nav-count">3<' in home
    assert "3 pesan baru di ruang Tim Pora Kudus" in home
    assert "3 baru" in text(client.get("/rooms/"))


def test_opening_the_room_marks_what_is_new_and_reads_it(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "lama")
    client = cast.sign_in(world.kaliwungu)
    client.get(f"/rooms/{room.pk}/")
    say(room, world.kudus, "baru")
    page = text(client.get(f"/rooms/{room.pk}/"))
    assert page.index("lama") < page.index('id="unread"') < page.index("baru</p>")
    assert unread(world.kaliwungu) == 0
    assert 'id="unread"' not in text(client.get(f"/rooms/{room.pk}/"))


def test_an_open_page_tells_what_it_has_shown(world: Cast, room: Thread) -> None:
    for _ in range(3):
        say(room, world.kudus)
    client = cast.sign_in(world.kaliwungu)
    assert client.post(f"/rooms/{room.pk}/reading/", {"number": "2"}).status_code == 204
    assert unread(world.kaliwungu) == 1
    client.post(f"/rooms/{room.pk}/reading/", {"number": "1"})
    assert unread(world.kaliwungu) == 1
    client.post(f"/rooms/{room.pk}/reading/", {"number": "999999"})
    assert unread(world.kaliwungu) == 0
    assert Reading.objects.get(user=world.kaliwungu.user).number == 3


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 40, "²"])
def test_a_number_that_is_none_reads_nothing(number: str, world: Cast, room: Thread) -> None:
    say(room, world.kudus)
    assert (
        cast.sign_in(world.kaliwungu).post(f"/rooms/{room.pk}/reading/", {"number": number}).status_code
        == 204
    )
    assert unread(world.kaliwungu) == 1


def test_ones_own_words_are_read(world: Cast, room: Thread) -> None:
    say(room, world.kaliwungu)
    assert unread(world.kaliwungu) == 0
    say(room, world.kudus)
    say(room, world.kaliwungu)  # written before the other's was read
    assert unread(world.kaliwungu) == 2


def test_of_two_deputies_each_reads_for_themselves(world: Cast, room: Thread) -> None:
    deputy = Mandate.objects.grant(
        by=world.kudus, user=cast.user("plh"), post=world.kaliwungu.post, kind="plh",
        since=date(2026, 11, 1), until=date(2026, 12, 1),
    )  # fmt: skip
    say(room, world.kudus)
    cast.sign_in(world.kaliwungu).get(f"/rooms/{room.pk}/")
    assert (unread(world.kaliwungu), unread(deputy)) == (0, 1)


def test_nobody_is_watched_reading(world: Cast, room: Thread) -> None:
    say(room, world.kudus)
    before = Entry.objects.count()
    cast.sign_in(world.kaliwungu).get(f"/rooms/{room.pk}/")
    assert Entry.objects.count() == before


def test_whoever_sits_in_no_room_has_no_entry_in_the_navigation(world: Cast, room: Thread) -> None:
    assert unread(world.jati) is None
    page = text(cast.sign_in(world.jati).get("/"))
    assert 'href="/rooms/"' not in page
    assert "Belum ada ruang" in text(cast.sign_in(world.jati).get("/rooms/"))


def test_a_list_of_rooms_asks_the_same_few_questions(
    world: Cast, room: Thread, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        Thread.objects.open(by=world.kudus, kind="team", title=f"Ruang {number}", area=room.area, path="/",
                            posts=[world.kudus.post_id])  # fmt: skip
    client = cast.sign_in(world.kudus)
    with django_assert_max_num_queries(9):
        assert text(client.get("/rooms/")).count("data-queue-open") == 21


def test_a_room_asks_the_same_few_questions_however_much_is_said(
    world: Cast, room: Thread, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        said = say(room, (world.kudus, world.bakalan)[number % 2], mentions=[world.kaliwungu.post_id])
        if number % 10 == 0:
            said.pin(by=world.kudus)
    client = cast.sign_in(world.kaliwungu)
    client.get(f"/rooms/{room.pk}/")
    with django_assert_max_num_queries(21):
        client.get(f"/rooms/{room.pk}/")


def test_older_messages_are_a_page_back(world: Cast, room: Thread) -> None:
    for number in range(1, 71):
        say(room, world.kudus, f"pesan-{number};")
    client = cast.sign_in(world.kaliwungu)
    newest = text(client.get(f"/rooms/{room.pk}/"))
    assert "pesan-21;" in newest and "pesan-20;" not in newest
    older = text(client.get(f"/rooms/{room.pk}/?before=21"))
    assert "pesan-20;" in older and "pesan-1;" in older and "pesan-21;" not in older
    for odd in ("x", "-3", "9" * 30, "²"):
        assert "pesan-70;" in text(client.get(f"/rooms/{room.pk}/?before={odd}"))
