"""Notices by WhatsApp: as chosen, outside quiet hours, one message for all, shown before they are
switched on.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.cast import Cast
from tests.graph_server import Graph
from tests.inbound.deliveries import OFFICER
from tests.pages import text
from timpora.inbound.line import tasks
from timpora.rooms.line import notices
from timpora.rooms.models import Binding, Notice, Outgoing, Preference

pytestmark = pytest.mark.django_db
CHOICE = {"email": "never", "digest_at": "07:30", "quiet_from": "20:00", "quiet_until": "06:00"}


def chooses(world: Cast, whatsapp: str, **more: Any) -> Preference:
    Binding.objects.create(user=world.kaliwungu.user, whatsapp_id=OFFICER)
    made: Preference = Preference.objects.create(user=world.kaliwungu.user, whatsapp=whatsapp, **more)
    return made


def arrives(world: Cast, entry: int = 1, kind: str = "report_waiting") -> Notice:
    made: Notice = Notice.objects.post_to(
        post=world.kaliwungu.post, kind=kind, path="/reports/1/", entry=entry
    )
    return made


def at(hour: int, minute: int = 0, day: int = 25) -> Any:
    """The given time in Semarang (UTC+7) on a day of November 2026."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() - 7 * 3600
    return time_machine.travel(moment, tick=False)


def test_who_wants_none_gets_none(world: Cast, graph: Graph) -> None:
    chooses(world, "never")
    arrives(world)
    assert notices.tell() == 0


def test_several_notices_are_one_message_and_none_is_told_twice(world: Cast, graph: Graph) -> None:
    chooses(world, "at_once")
    for entry in range(3):
        arrives(world, entry)
    assert [notices.tell(), notices.tell()] == [1, 0]
    assert Outgoing.objects.get().entry == 2
    assert tasks.send() == 1
    assert graph.texts == ["timpora_task id"]


def test_quiet_hours_and_the_digest_hold_for_whatsapp_too(world: Cast, graph: Graph) -> None:
    chooses(world, "digest", digest_at=time(7), quiet_from=time(20), quiet_until=time(6))
    with at(15):
        arrives(world)
        assert notices.tell() == 0
    with at(23):
        assert notices.tell() == 0
    with at(7, 1, day=26):
        assert [notices.tell(), notices.tell()] == [1, 0]


def test_email_and_whatsapp_do_not_count_for_each_other(world: Cast, graph: Graph) -> None:
    preference = chooses(world, "at_once", mailed=10**6)
    arrives(world)
    assert notices.tell() == 1
    preference.refresh_from_db()
    assert preference.mailed == 10**6 and preference.told > 0


def test_two_workers_queue_one(world: Cast, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    preference = chooses(world, "at_once")
    arrives(world)
    preference.refresh_from_db()
    assert notices.tell() == 1
    monkeypatch.setattr(type(Preference.objects.all()), "by_whatsapp", lambda self: [preference])
    assert notices.tell() == 0


def test_a_stop_word_stops_them_whatever_is_chosen(world: Cast, graph: Graph) -> None:
    chooses(world, "at_once")
    Binding.objects.get().stop(by=world.kaliwungu.user)
    arrives(world)
    assert notices.tell() == 0


def test_without_a_line_nothing_is_queued_and_nothing_marked(world: Cast) -> None:
    preference = chooses(world, "at_once")
    arrives(world)
    assert notices.tell() == 0
    assert tasks.send() == 0
    preference.refresh_from_db()
    assert preference.told == 0


def test_the_choice_needs_a_connected_whatsapp(world: Cast, graph: Graph) -> None:
    client = cast.sign_in(world.kaliwungu)
    refused = client.post("/notices/preference/", CHOICE | {"whatsapp": "at_once"})
    assert refused.status_code == 400 and "belum terhubung" in text(refused)
    Binding.objects.create(user=world.kaliwungu.user, whatsapp_id=OFFICER)
    assert client.post("/notices/preference/", CHOICE | {"whatsapp": "at_once"}).status_code == 302
    assert Preference.objects.get().whatsapp == "at_once"


def test_without_a_line_the_choice_made_before_is_kept(world: Cast) -> None:
    chooses(world, "at_once")
    assert cast.sign_in(world.kaliwungu).post("/notices/preference/", CHOICE).status_code == 302
    assert Preference.objects.get().whatsapp == "at_once"


def test_what_would_be_sent_is_shown_before_it_is_switched_on(world: Cast, graph: Graph) -> None:
    page = text(cast.sign_in(world.kaliwungu).get("/notices/preference/"))
    assert "templat timpora_task, Bahasa Indonesia" in page
    assert "Ada tugas yang menunggu Anda di Timpora" in page
    assert "250 dari 250" in page
    binding = Binding.objects.create(user=world.kaliwungu.user, whatsapp_id=OFFICER)
    Binding.objects.filter(pk=binding.pk).update(heard_at=datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
    page = text(cast.sign_in(world.kaliwungu).get("/notices/preference/"))
    assert "kata bebas, Bahasa Indonesia" in page and "terbuka sampai 26 November 2026" in page
