"""Notices by e-mail: as chosen, outside quiet hours, never twice, and never about whom."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.core import mail

from tests.cast import Cast
from timpora.rooms import digest
from timpora.rooms.models import Notice, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"


def chooses(world: Cast, email: str, **more: Any) -> Preference:
    user = world.kaliwungu.user
    user.email = "sekretaris@kecamatan.example"
    user.save()
    made: Preference = Preference.objects.create(user=user, email=email, **more)
    return made


def arrives(world: Cast, entry: int = 1) -> Notice:
    made: Notice = Notice.objects.post_to(
        post=world.kaliwungu.post, kind="report_waiting", path="/reports/1/", entry=entry
    )
    return made


def at(hour: int, minute: int = 0, day: int = 25) -> Any:
    """The given time in Semarang (UTC+7) on a day of November 2026."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() - 7 * 3600
    return time_machine.travel(moment, tick=False)


def test_who_chose_nothing_gets_none(world: Cast) -> None:
    chooses(world, "never")
    arrives(world)
    assert digest.send() == 0


def test_at_once_means_within_the_round_and_only_once(world: Cast) -> None:
    chooses(world, "at_once")
    arrives(world)
    assert [digest.send(), digest.send()] == [1, 0]
    arrives(world, 2)
    assert digest.send() == 1


def test_the_text_says_that_something_waits_and_nothing_else(world: Cast) -> None:
    chooses(world, "at_once")
    arrives(world)
    digest.send()
    sent = mail.outbox[0]
    assert sent.to == ["sekretaris@kecamatan.example"]
    assert sent.subject == "Timpora: 1 kabar menunggu"
    assert "Buka Timpora" in sent.body
    for detail in ("laporan", "/reports/", "Kaliwungu", "Bakalan"):
        assert detail not in sent.body


def test_the_text_is_in_the_users_language(world: Cast) -> None:
    chooses(world, "at_once")
    world.kaliwungu.user.language = "en"
    world.kaliwungu.user.save()
    arrives(world)
    digest.send()
    assert mail.outbox[0].subject == "Timpora: 1 notice waits"


def test_quiet_hours_hold_it_back_until_they_end(world: Cast) -> None:
    chooses(world, "at_once", quiet_from=time(20), quiet_until=time(6))
    with at(21):
        arrives(world)
        assert digest.send() == 0
    with at(5, 59, day=26):
        assert digest.send() == 0
    with at(6, 0, day=26):
        assert digest.send() == 1


def test_a_digest_comes_once_a_day_at_its_time_with_what_came_before(world: Cast) -> None:
    chooses(world, "digest", digest_at=time(7))
    with at(15):
        arrives(world)
        arrives(world, 2)
        assert digest.send() == 0
    with at(6, 59, day=26):
        assert digest.send() == 0
    with at(7, 1, day=26):
        assert [digest.send(), digest.send()] == [1, 0]
        arrives(world, 3)
    with at(18, day=26):
        assert digest.send() == 0
    with at(9, day=27):  # the worker was down at seven
        assert digest.send() == 1
    assert [message.subject for message in mail.outbox] == [
        "Timpora: 2 kabar menunggu",
        "Timpora: 1 kabar menunggu",
    ]


def test_what_was_read_in_the_app_is_not_mailed(world: Cast) -> None:
    chooses(world, "at_once")
    arrives(world)
    Notice.objects.all().read()
    assert digest.send() == 0


def test_who_lost_the_post_gets_nothing_more_from_it(world: Cast) -> None:
    chooses(world, "at_once")
    arrives(world)
    world.kaliwungu.end(by=world.kudus)
    assert digest.send() == 0


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_marked(world: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    preference = chooses(world, "at_once")
    arrives(world)
    assert digest.send() == 0
    preference.refresh_from_db()
    assert preference.mailed == 0


def test_a_refusing_mail_server_is_tried_again(world: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    chooses(world, "at_once")
    arrives(world)

    def refuses(message: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuses)
        assert digest.send() == 0
    assert digest.send() == 1


def test_two_workers_send_one(world: Cast) -> None:
    chooses(world, "at_once")
    made, now = arrives(world), datetime(2026, 11, 25, 12, tzinfo=UTC)
    preference, other = Preference.objects.get(), Preference.objects.get()
    assert preference.claim(made.pk, now)
    assert not other.claim(made.pk, now)


@pytest.mark.parametrize(
    ("begin", "end", "moment", "quiet"),
    [
        (20, 6, 23, True),
        (20, 6, 5, True),
        (20, 6, 6, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (8, 8, 8, False),
    ],
)
def test_quiet_hours_may_run_over_midnight(begin: int, end: int, moment: int, quiet: bool) -> None:
    assert Preference(quiet_from=time(begin), quiet_until=time(end)).is_quiet(time(moment)) is quiet
