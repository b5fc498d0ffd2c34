"""What was written and sent is forgotten after the office's own days; that it was, and by whom, stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import pdf, say
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.rooms import forgetting
from timpora.rooms.models import Attachment, AttachmentBody, Message, Thread, Wording

pytestmark = pytest.mark.django_db


def aged(message: Message, days: int) -> Message:
    """The message, as if it had been sent so many days ago."""
    Message.objects.filter(pk=message.pk).update(at=timezone.now() - timedelta(days=days, hours=1))
    return message


def test_words_and_files_have_each_their_days(world: Cast, room: Thread) -> None:
    aged(say(room, world.kudus, "setahun lalu", files=[pdf("lama.pdf")]), 365)
    aged(say(room, world.kudus, "tiga bulan lalu", files=[pdf("tua.pdf")]), 90)
    aged(say(room, world.kudus, "kemarin dulu", files=[pdf("baru.pdf")]), 89)
    assert forgetting.run() == 1
    page = text(cast.sign_in(world.bakalan).get(f"/rooms/{room.pk}/"))
    assert "setahun lalu" not in page and "dihapus setelah 365 hari" in page
    assert "tiga bulan lalu" in page and "tua.pdf" not in page and "1 berkas, sudah dihapus" in page
    assert "kemarin dulu" in page and "baru.pdf" in page
    assert (Wording.objects.count(), AttachmentBody.objects.count()) == (2, 1)
    assert Message.objects.count() == 3


def test_the_office_sets_the_days(world: Cast, room: Thread) -> None:
    aged(say(room, world.kudus, "sebulan lalu", files=[pdf()]), 40)
    assert forgetting.run() == 0
    world.office.change(by=SYSTEM, room_days=30, room_file_days=41)
    assert forgetting.run() == 1
    assert not Wording.objects.exists() and AttachmentBody.objects.count() == 1
    page = text(cast.sign_in(world.kudus).get(f"/rooms/{room.pk}/"))
    assert "setelah 30 hari" in page and "setelah 41" in page


def test_a_second_run_finds_nothing_and_one_entry_tells_of_each_room(world: Cast, room: Thread) -> None:
    for _ in range(3):
        aged(say(room, world.kudus, files=[pdf()]), 400)
    assert (forgetting.run(), forgetting.run()) == (1, 0)
    entry = Entry.objects.get(action="thread.forgotten")
    assert (entry.subject, entry.fields, entry.actor) == (f"thread:{room.pk}", "text,files", None)


def test_a_decision_is_kept_while_it_is_pinned(world: Cast, room: Thread) -> None:
    said = say(room, world.kudus, "Diputuskan", files=[pdf()])
    pin = said.pin(by=world.kudus)
    aged(said, 800)
    assert forgetting.run() == 0
    pin.lift(by=world.kudus)
    assert forgetting.run() == 1
    assert not Wording.objects.exists() and not Attachment.objects.kept().exists()


def test_a_forgotten_file_cannot_be_fetched(world: Cast, room: Thread) -> None:
    aged(say(room, world.kudus, files=[pdf()]), 90)
    path, client = f"/rooms/files/{Attachment.objects.get().pk}/", cast.sign_in(world.kudus)
    assert client.get(path).status_code == 200
    forgetting.run()
    assert client.get(path).status_code == 404


def test_where_no_office_answers_the_proposed_days_hold(world: Cast) -> None:
    assert forgetting.days("33") == (365, 90)
    assert forgetting.days("33.20") == (365, 90)


@pytest.mark.parametrize(("field", "wrong"), [("room_days", 29), ("room_days", 3651), ("room_file_days", 0)])
def test_days_out_of_reason_are_refused(field: str, wrong: int, world: Cast) -> None:
    with pytest.raises(Refusal):
        world.office.change(by=SYSTEM, **{field: wrong})
    world.office.refresh_from_db()
    assert (world.office.room_days, world.office.room_file_days) == (365, 90)
