"""What is written in a room is read by all who sit there, once, and by nobody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import say, send
from timpora.ledger.models import Detail, Entry
from timpora.rooms.models import Message, Thread, Wording
from timpora.rooms.sending import LONGEST

pytestmark = pytest.mark.django_db


def test_everybody_in_the_room_reads_what_one_of_them_wrote(world: Cast, room: Thread) -> None:
    answer = send(cast.sign_in(world.kaliwungu), room, "Rapat hari Rabu pukul 09.00")
    assert (answer.status_code, answer["Location"]) == (303, f"/rooms/{room.pk}/#m1")
    for reader in (world.kudus, world.bakalan, world.immigration, world.kaliwungu):
        page = text(cast.sign_in(reader).get(f"/rooms/{room.pk}/"))
        assert "Rapat hari Rabu pukul 09.00" in page
        assert "Kaliwungu" in page


def test_for_anybody_else_the_room_does_not_exist(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "Hanya untuk anggota")
    for stranger in (world.jati, world.demak, world.labour, world.operator):
        client = cast.sign_in(stranger)
        assert client.get(f"/rooms/{room.pk}/").status_code == 404
        assert send(client, room).status_code == 404
        assert "Hanya untuk anggota" not in text(client.get("/rooms/"))
    assert Message.objects.count() == 1


def test_a_double_tap_sends_once(world: Cast, room: Thread) -> None:
    client, sent_id = cast.sign_in(world.kaliwungu), uuid4()
    answers = [send(client, room, "Siap hadir", sent_id=sent_id) for _ in range(5)]
    assert {answer["Location"] for answer in answers} == {f"/rooms/{room.pk}/#m1"}
    assert Message.objects.count() == 1
    assert Entry.objects.filter(action="message.sent").count() == 1


def test_the_same_form_with_other_words_is_a_conflict(world: Cast, room: Thread) -> None:
    client, sent_id = cast.sign_in(world.kaliwungu), uuid4()
    send(client, room, "Siap hadir", sent_id=sent_id)
    answer = send(client, room, "Tidak hadir", sent_id=sent_id)
    assert answer.status_code == 409
    assert Message.objects.get().text == "Siap hadir"


def test_two_senders_may_have_drawn_the_same_id(world: Cast, room: Thread) -> None:
    sent_id = uuid4()
    say(room, world.kudus, "satu", sent_id=sent_id)
    say(room, world.bakalan, "dua", sent_id=sent_id)
    assert [each.number for each in Message.objects.order_by("pk")] == [1, 2]


def test_a_message_of_65_000_characters_is_refused_and_what_was_typed_stays(
    world: Cast, room: Thread
) -> None:
    typed = "panjang " * 8_125
    answer = send(cast.sign_in(world.kaliwungu), room, typed)
    page = text(answer)
    assert answer.status_code == 400
    assert str(LONGEST) in page and typed.strip() in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("empty", ["", "   ", "\n\r\n "])
def test_an_empty_message_is_refused(empty: str, world: Cast, room: Thread) -> None:
    assert send(cast.sign_in(world.kaliwungu), room, empty).status_code == 400
    assert not Message.objects.exists()


def test_a_nul_character_is_refused(world: Cast, room: Thread) -> None:
    assert send(cast.sign_in(world.kaliwungu), room, "a\x00b").status_code == 400
    assert not Message.objects.exists()


def test_markup_is_shown_as_it_was_typed(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "<script>alert(1)</script> & <b>tebal</b>")
    page = text(cast.sign_in(world.bakalan).get(f"/rooms/{room.pk}/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;tebal&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_whoever_acts_under_a_mandate_that_has_ended_is_out_at_once(world: Cast, room: Thread) -> None:
    client = cast.sign_in(world.kaliwungu)
    assert client.get(f"/rooms/{room.pk}/").status_code == 200
    world.kaliwungu.end(by=world.kudus)
    for path in ("", "news/", "print/"):
        assert client.get(f"/rooms/{room.pk}/{path}").status_code == 404
    assert send(client, room).status_code == 404


def test_a_new_holder_reads_what_was_written_before(world: Cast, room: Thread) -> None:
    say(room, world.kudus, "Sebelum serah terima")
    successor = world.kaliwungu.hand_over(by=world.kudus, to=cast.user("pengganti"))
    assert "Sebelum serah terima" in text(cast.sign_in(successor).get(f"/rooms/{room.pk}/"))


def test_the_ledger_and_the_database_hold_no_word_in_clear(world: Cast, room: Thread) -> None:
    said = say(room, world.kudus, "kata yang tidak boleh terbaca")
    entry = Entry.objects.get(action="message.sent")
    assert (entry.subject, entry.area, entry.fields) == (f"message:{said.pk}", "33.19", "")
    assert not Detail.objects.filter(entry=entry.number).exists()
    assert "terbaca" not in Wording.objects.get().sealed
    assert said.text == "kata yang tidak boleh terbaca"


def test_without_its_key_nothing_is_sent_and_what_was_typed_stays(
    world: Cast, room: Thread, settings: Any
) -> None:
    client = cast.sign_in(world.kudus)
    said = say(room, world.kudus, "tersegel")
    settings.VAULT_KEYS = settings.VAULT_KEYS.with_name("gone")
    answer = send(client, room, "tidak hilang")
    assert answer.status_code == 400 and "tidak hilang" in text(answer)
    assert "kuncinya tidak ada" in text(client.get(f"/rooms/{room.pk}/"))
    assert list(Message.objects.all()) == [said]


def test_lines_end_alike_wherever_they_were_typed(world: Cast, room: Thread) -> None:
    assert say(room, world.kudus, "\r\n satu\r\ndua \r\n").text == "satu\ndua"
