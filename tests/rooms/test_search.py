"""Words are found in one's own rooms only, and stand in no address and no ledger."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say
from timpora.ledger.models import Detail, Entry
from timpora.rooms import searching
from timpora.rooms.models import Thread

pytestmark = pytest.mark.django_db


def search(mandate: object, words: str) -> str:
    return text(cast.sign_in(mandate).post("/rooms/search/", {"words": words}))


def test_every_word_must_occur_whatever_its_case_and_accents(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "Rapat koordinasi hari RABU di Aula Kesbangpol, pembahasan Crème")
    say(room, world.kudus, "Rapat dibatalkan")
    for words in ("rabu aula", "KOORDINASI", "creme"):
        page = search(world.bakalan, words)
        assert "1 pesan" in page and f"/rooms/{room.pk}/#m1" in page
    assert "2 pesan" in search(world.bakalan, "rapat")
    assert "Tidak ada pesan" in search(world.bakalan, "rabu dibatalkan")


def test_other_rooms_are_not_searched(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "unik sekali")
    assert "Tidak ada pesan" in search(world.jati, "unik")


def test_what_was_taken_back_is_not_found(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "unik sekali").withdraw(by=world.kudus)
    assert "Tidak ada pesan" in search(world.kudus, "unik")


def test_the_search_is_noted_without_its_words(world: Cast, room: Thread) -> None:
    search(world.bakalan, "rahasia")
    entry = Entry.objects.get(action="thread.searched")
    assert entry.post == world.bakalan.post_id
    assert not Detail.objects.filter(entry=entry.number).exists()


def test_an_address_does_not_search(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "unik sekali")
    client = cast.sign_in(world.kudus)
    assert "sekali" not in text(client.get("/rooms/search/?words=unik"))
    assert client.post("/rooms/search/", {"words": " "}).status_code == 400
    assert client.post("/rooms/search/", {"words": "x" * 101}).status_code == 400


def test_a_hit_far_back_leads_to_the_page_it_stands_on(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "jarum")
    for _ in range(80):
        say(room, world.kudus, "jerami")
    found = searching.find("jarum", by=world.bakalan)
    assert found.hits[0].href == f"/rooms/{room.pk}/?before=26#m1"
    assert "jarum" in text(cast.sign_in(world.bakalan).get(found.hits[0].href))
    assert found.all_read


def test_only_so_many_messages_are_opened(world: Cast, room: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "SEARCHED", 2)
    for words in ("jarum", "jerami", "jerami"):
        say(room, world.kudus, words)
    found = searching.find("jarum", by=world.kudus)
    assert (found.hits, found.all_read) == ([], False)
