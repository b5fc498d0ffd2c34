"""A room about a list is read by whoever may see the list, and by nobody else."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast, post_and_seat
from tests.exchange import given
from tests.pages import text
from tests.rooms.given import send
from timpora.desk import reactions
from timpora.exchange.models import Batch
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.rooms.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(world: Cast) -> Batch:
    return given.taken(world.labour, given.agree(world), [given.LIN])


def seen(world: Cast, thread: Thread) -> set[str]:
    return {
        who for who, each in world.everyone().items() if Thread.objects.visible_to(each).filter(pk=thread.pk)
    }


def test_whoever_may_see_the_list_may_speak_about_it(world: Cast, batch: Batch) -> None:
    client = cast.sign_in(world.labour)
    assert "Buka ruang tentang daftar ini" in text(client.get(f"/lists/{batch.pk}/"))
    answer = client.post(f"/lists/{batch.pk}/thread/")
    batch.refresh_from_db()
    assert answer["Location"] == f"/rooms/{batch.thread_id}/"
    readers = {who for who, each in world.everyone().items() if Batch.objects.visible_to(each).exists()}
    assert seen(world, batch.thread) == readers == {"labour", "kudus", "immigration", "chair"}
    assert send(client, batch.thread, "Baris 7 sudah diperbaiki").status_code == 303
    page = text(cast.sign_in(world.kudus).get(f"/rooms/{batch.thread_id}/"))
    assert "Baris 7 sudah diperbaiki" in page and f'href="/lists/{batch.pk}/"' in page


def test_opened_twice_it_is_one_room(world: Cast, batch: Batch) -> None:
    for mandate in (world.labour, world.kudus, world.labour):
        cast.sign_in(mandate).post(f"/lists/{batch.pk}/thread/")
    assert Thread.objects.count() == 1
    assert Entry.objects.filter(action="thread.opened").count() == 1


def test_out_of_reach_there_is_no_list_to_speak_about(world: Cast, batch: Batch) -> None:
    for mandate in (world.demak_regency, world.bakalan, world.auditor):
        assert cast.sign_in(mandate).post(f"/lists/{batch.pk}/thread/").status_code == 404
    assert not Thread.objects.exists()


def test_a_new_post_that_sees_the_list_is_in(world: Cast, batch: Batch) -> None:
    cast.sign_in(world.labour).post(f"/lists/{batch.pk}/thread/")
    officer = post_and_seat("baru", "immigration", office="kanim-semarang")
    elsewhere = post_and_seat("pati", "immigration", office="kanim-pati")
    reactions.run()
    assert [Thread.objects.visible_to(each).count() for each in (officer, elsewhere)] == [1, 0]


def test_an_office_that_no_longer_answers_for_the_area_is_out(world: Cast, batch: Batch) -> None:
    cast.sign_in(world.labour).post(f"/lists/{batch.pk}/thread/")
    world.office.release(by=SYSTEM, area="33.19")
    reactions.run()
    batch.refresh_from_db()
    assert seen(world, batch.thread) == {"labour", "kudus"}
