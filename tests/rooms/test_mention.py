"""A post a message speaks to gets a notice that says where, and nothing of what was said."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say, send
from timpora.desk import reactions
from timpora.rooms.models import Mention, Message, Notice, Thread

pytestmark = pytest.mark.django_db


def told(mandate: Any) -> list[tuple[str, str]]:
    reactions.run()
    mine = Notice.objects.visible_to(mandate).filter(kind="mentioned")
    return list(mine.order_by("pk").values_list("path", "kind"))


def test_who_is_spoken_to_is_told_once_and_nobody_else(world: Cast, room: Thread) -> None:
    send(cast.sign_in(world.kudus), room, "Mohon datanya", mentions=[world.bakalan.post])
    for _ in range(2):
        assert told(world.bakalan) == [(f"/rooms/{room.pk}/#m1", "mentioned")]
    assert told(world.kaliwungu) == [] and told(world.kudus) == []
    page = text(cast.sign_in(world.bakalan).get("/notices/"))
    assert "Ada pesan untuk jabatan Anda di sebuah ruang" in page and "datanya" not in page


def test_the_notice_leads_into_the_room_and_reading_there_settles_it(world: Cast, room: Thread) -> None:
    say(room, world.kudus, mentions=[world.bakalan.post_id])
    told(world.bakalan)
    client = cast.sign_in(world.bakalan)
    assert client.post(f"/notices/{Notice.objects.get().pk}/reading/")["Location"] == f"/rooms/{room.pk}/#m1"
    Notice.objects.update(read_at=None)
    client.get(f"/rooms/{room.pk}/")
    assert not Notice.objects.unread().exists()


def test_who_had_the_room_open_is_not_called_afterwards(world: Cast, room: Thread) -> None:
    say(room, world.kudus, mentions=[world.bakalan.post_id, world.kaliwungu.post_id])
    cast.sign_in(world.bakalan).get(f"/rooms/{room.pk}/")
    assert (len(told(world.bakalan)), len(told(world.kaliwungu))) == (0, 1)


def test_a_post_outside_the_room_cannot_be_called(world: Cast, room: Thread) -> None:
    answer = send(cast.sign_in(world.kudus), room, "Halo", mentions=[world.jati.post])
    assert answer.status_code == 400 and "Halo" in text(answer)
    assert not Message.objects.exists() and not Mention.objects.exists()


def test_the_form_offers_the_posts_of_the_room_and_not_ones_own(world: Cast, room: Thread) -> None:
    page = text(cast.sign_in(world.kudus).get(f"/rooms/{room.pk}/"))
    offered = [post.pk for post in (world.bakalan.post, world.kudus.post, world.jati.post)
               if f'name="mentions" value="{post.pk}"' in page]  # fmt: skip
    assert offered == [world.bakalan.post_id]


def test_nobody_is_called_to_what_was_taken_back(world: Cast, room: Thread) -> None:
    said = say(room, world.kudus, mentions=[world.bakalan.post_id])
    told(world.bakalan)
    said.withdraw(by=world.kudus)
    told(world.bakalan)
    assert not Notice.objects.unread().exists()


def test_taken_back_before_anybody_was_told_nobody_is(world: Cast, room: Thread) -> None:
    say(room, world.kudus, mentions=[world.bakalan.post_id]).withdraw(by=world.kudus)
    assert told(world.bakalan) == []
