"""A message can be taken back by its sender within some minutes; that one was sent stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import pdf, say
from timpora.ledger.models import Entry
from timpora.rooms.models import Attachment, AttachmentBody, Message, Thread, Wording
from timpora.rooms.models.message import TAKEN_BACK_WITHIN

pytestmark = pytest.mark.django_db


def test_what_was_said_is_gone_and_that_it_was_stays(world: Cast, room: Thread) -> None:
    said = say(room, world.kaliwungu, "salah kirim", files=[pdf()])
    answer = cast.sign_in(world.kaliwungu).post(f"/rooms/messages/{said.pk}/withdrawal/")
    assert answer.status_code == 303
    page = text(cast.sign_in(world.kudus).get(f"/rooms/{room.pk}/"))
    assert "salah kirim" not in page and "surat.pdf" not in page
    assert "ditarik kembali" in page
    assert not Wording.objects.exists() and not AttachmentBody.objects.exists()
    assert (Attachment.objects.get().name, Attachment.objects.get().key) == ("", "")
    assert Entry.objects.filter(action="message.withdrawn", subject=f"message:{said.pk}").count() == 1


def test_nobody_takes_back_what_another_wrote(world: Cast, room: Thread) -> None:
    said = say(room, world.kaliwungu)
    assert cast.sign_in(world.kudus).post(f"/rooms/messages/{said.pk}/withdrawal/").status_code == 400
    assert cast.sign_in(world.jati).post(f"/rooms/messages/{said.pk}/withdrawal/").status_code == 404
    assert Message.objects.get().is_kept


def test_after_some_minutes_it_stands(world: Cast, room: Thread) -> None:
    said = say(room, world.kaliwungu)
    late = timezone.now() - TAKEN_BACK_WITHIN - timedelta(seconds=1)
    Message.objects.update(at=late)
    client = cast.sign_in(world.kaliwungu)
    assert "withdrawal" not in text(client.get(f"/rooms/{room.pk}/"))
    answer = client.post(f"/rooms/messages/{said.pk}/withdrawal/")
    assert answer.status_code == 400
    assert "10 menit" in text(answer)
    assert Message.objects.get().text == "Rapat hari Rabu"


def test_a_second_time_is_a_conflict(world: Cast, room: Thread) -> None:
    said, client = say(room, world.kaliwungu), cast.sign_in(world.kaliwungu)
    client.post(f"/rooms/messages/{said.pk}/withdrawal/")
    assert client.post(f"/rooms/messages/{said.pk}/withdrawal/").status_code == 409


def test_a_decision_is_unpinned_before_it_is_taken_back(world: Cast, room: Thread) -> None:
    said = say(room, world.kaliwungu)
    said.pin(by=world.kudus)
    assert cast.sign_in(world.kaliwungu).post(f"/rooms/messages/{said.pk}/withdrawal/").status_code == 400
    assert Message.objects.get().is_kept
