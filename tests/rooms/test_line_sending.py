"""What goes out: claimed first, tried again where that helps, no faster than allowed, its states in any
order.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from tests.graph_server import Graph, Trouble
from tests.inbound.deliveries import OFFICER, status
from tests.pages import text as page_text
from timpora.inbound.line import tasks
from timpora.rooms.line import payload, texts
from timpora.rooms.models import Binding, LineNumber, Notice, Outgoing

pytestmark = pytest.mark.django_db


@pytest.fixture
def binding(world: Cast) -> Binding:
    made: Binding = Binding.objects.create(user=world.kaliwungu.user, whatsapp_id=OFFICER)
    return made


def waits(world: Cast, entry: int = 1) -> Notice:
    made: Notice = Notice.objects.post_to(
        post=world.kaliwungu.post, kind="report_waiting", path="/reports/1/", entry=entry
    )
    return made


@pytest.fixture
def notice(world: Cast, binding: Binding) -> Outgoing:
    waits(world)
    made: Outgoing = Outgoing.objects.create(binding=binding, kind="task", entry=1)
    return made


@pytest.fixture
def reply(binding: Binding) -> Outgoing:
    made: Outgoing = Outgoing.objects.create(binding=binding, kind="reply", content=texts.text("Baik."))
    return made


def after(**span: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


def heard(binding: Binding, **ago: float) -> None:
    Binding.objects.filter(pk=binding.pk).update(heard_at=timezone.now() - timedelta(**ago))


def state(message: Outgoing) -> tuple[str, int | None]:
    message.refresh_from_db()
    return message.state, message.error


def tell(word: str, message: Outgoing, *, id: str = "wamid.X", tracker: bool = True, code: int = 0) -> bool:
    """A delivery state that comes in."""
    said = status(word, id=id, tracker=message.tracker if tracker else "", code=code)
    body = {"entry": [{"changes": [{"value": {"metadata": {"phone_number_id": "1"}, "statuses": [said]}}]}]}
    noted: bool = Outgoing.objects.note(payload.split(body, "1").statuses[0])
    return noted


# --- template or words
# ----------------------------------------------------------------------------------------


def test_outside_the_24_hours_the_template_goes_in_the_members_language(
    graph: Graph, notice: Outgoing
) -> None:
    assert tasks.send() == 1
    assert graph.texts == ["timpora_task id"]
    notice.refresh_from_db()
    assert (notice.template, notice.language, notice.state) == ("timpora_task", "id", "sent")


def test_inside_the_24_hours_words_go_with_the_link_and_say_nothing_else(
    graph: Graph, notice: Outgoing
) -> None:
    heard(notice.binding, hours=23)
    tasks.send()
    body, link, footer = graph.texts[0].split("\n\n")
    assert body.startswith("Ada tugas yang menunggu Anda di Timpora. Demi melindungi yang bersangkutan")
    assert link == "https://timpora.example/notices/"
    assert "BERHENTI" in footer


def test_a_minute_before_the_window_closes_the_template_goes(graph: Graph, notice: Outgoing) -> None:
    heard(notice.binding, hours=23, minutes=59, seconds=30)
    tasks.send()
    assert graph.texts == ["timpora_task id"]


def test_where_the_provider_finds_the_window_closed_the_template_follows(
    graph: Graph, notice: Outgoing
) -> None:
    heard(notice.binding, hours=1)
    graph.troubles = [Trouble(131047)]
    assert tasks.send() == 0
    with after(seconds=30):
        assert tasks.send() == 1
    assert graph.texts == ["timpora_task id"]


def test_a_reply_after_the_window_is_given_up_with_its_words(graph: Graph, reply: Outgoing) -> None:
    graph.troubles = [Trouble(131047)]
    tasks.send()
    assert state(reply) == ("failed", 131047)
    assert reply.content == {}


# --- errors
# ---------------------------------------------------------------------------------------------------


def test_a_passing_fault_is_tried_again_later_each_time(graph: Graph, reply: Outgoing) -> None:
    graph.troubles = [
        Trouble(131016, 503),
        Trouble(131000, 500),
        Trouble(0, 502, body=b"<html>bad gateway</html>"),
    ]
    assert [tasks.send(), tasks.send()] == [0, 0]
    waited = []
    for _try in range(2):
        reply.refresh_from_db()
        waited.append(reply.next_try_at - timezone.now())
        with time_machine.travel(reply.next_try_at + timedelta(seconds=1), tick=True):
            tasks.send()
    assert waited[0] < timedelta(seconds=5) < waited[1]
    with after(hours=1):
        assert tasks.send() == 1
    assert state(reply) == ("sent", None)


def test_the_rate_limit_holds_the_whole_line_for_as_long_as_the_provider_says(
    graph: Graph, reply: Outgoing, binding: Binding
) -> None:
    Outgoing.objects.create(binding=binding, kind="reply", content=texts.text("Juga."))
    graph.troubles = [Trouble(130429, 429, {"Retry-After": "120"})]
    assert tasks.send() == 0
    assert len(graph.asked) == 1  # the second was not even tried
    with after(seconds=110):
        assert tasks.send() == 0
    with after(seconds=125):
        assert tasks.send() == 2
    assert state(reply) == ("sent", None)
    assert LineNumber.objects.own().trouble == ""


def test_too_many_to_one_member_holds_only_that_one(graph: Graph, world: Cast, reply: Outgoing) -> None:
    other = Binding.objects.create(user=world.bakalan.user, whatsapp_id="ID.200002")
    Outgoing.objects.create(binding=other, kind="reply", content=texts.text("Juga."))
    graph.troubles = [Trouble(131056)]
    assert tasks.send() == 1
    with after(seconds=6):
        assert tasks.send() == 1


def test_an_expired_token_stops_the_line_and_burns_no_message(
    graph: Graph, reply: Outgoing, settings: Any, world: Cast
) -> None:
    settings.WHATSAPP_TOKEN = "expired"
    for minutes in range(0, 120, 10):
        with after(minutes=minutes):
            assert tasks.send() == 0
    assert state(reply) == ("queued", 190)
    page = page_text(cast.sign_in(world.operator).get("/line/"))
    assert "WHATSAPP_TOKEN" in page
    settings.WHATSAPP_TOKEN = "the-token"
    with after(hours=3):
        assert tasks.send() == 1


@pytest.mark.parametrize("code", [132001, 132015, 132016, 131030, 131026, 132000, 999999])
def test_what_never_helps_is_not_repeated_and_says_why(
    graph: Graph, notice: Outgoing, world: Cast, code: int
) -> None:
    graph.troubles = [Trouble(code)]
    tasks.send()
    with after(days=1):
        assert tasks.send() == 0
    assert state(notice) == ("failed", code)
    assert notice.why and notice.why in page_text(cast.sign_in(world.operator).get("/line/")).replace(
        "&#x27;", "'"
    )


def test_an_answer_that_does_not_arrive_sends_nothing_twice(graph: Graph, reply: Outgoing) -> None:
    graph.troubles = [Trouble(0, 200, body=b"{}", takes=True)]
    tasks.send()
    with after(minutes=2):
        assert tasks.send() == 0
    assert tell("sent", reply)
    with after(minutes=10):
        assert tasks.send() == 0
    assert state(reply)[0] == "sent" and len(graph.taken) == 1


def test_a_worker_killed_while_sending_leaves_a_claim_that_is_worked_off_later(
    graph: Graph, reply: Outgoing
) -> None:
    assert reply.claim()
    assert tasks.send() == 0
    with after(minutes=6):
        assert tasks.send() == 1


def test_a_provider_that_is_away_is_asked_again(graph: Graph, reply: Outgoing, settings: Any) -> None:
    settings.WHATSAPP_GRAPH = "http://127.0.0.1:9"
    assert tasks.send() == 0
    settings.WHATSAPP_GRAPH = graph.address
    with after(seconds=30):
        assert tasks.send() == 1


def test_two_workers_send_one(reply: Outgoing) -> None:
    other = Outgoing.objects.get(pk=reply.pk)
    assert [reply.claim(), other.claim()] == [True, False]


def test_a_reply_of_yesterday_is_not_sent_any_more(graph: Graph, reply: Outgoing) -> None:
    with after(hours=24):
        assert tasks.send() == 0
    assert state(reply)[0] == "failed"
    assert graph.asked == []


# --- delivery states
# --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(("sent", "delivered", "read"))))
def test_states_may_come_in_any_order_and_none_goes_back(
    graph: Graph, reply: Outgoing, order: tuple[str, ...]
) -> None:
    tasks.send()
    rank = {"sent": 0, "delivered": 1, "read": 2}
    for place, word in enumerate(order, 1):
        for _twice in range(2):
            assert tell(word, reply, id=graph.id_of(1), tracker=False)
        assert state(reply)[0] == max(order[:place], key=rank.__getitem__)


def test_a_state_may_come_before_the_answer_to_what_it_speaks_of(reply: Outgoing) -> None:
    assert reply.claim()
    assert tell("delivered", reply, id="wamid.EARLY")
    assert state(reply)[0] == "delivered"
    assert tell("read", reply, id="wamid.EARLY", tracker=False)


def test_a_state_of_something_else_is_nobodys(reply: Outgoing) -> None:
    assert not Outgoing.objects.note(payload.Status("wamid.OTHER", "", "read", None))
    for tracker in ("outgoing:x", "outgoing:99999", f"outgoing:{'9' * 40}", "other:1"):
        assert not Outgoing.objects.note(payload.Status("wamid.OTHER", tracker, "read", None))


def test_a_notice_that_failed_on_the_way_goes_once_more_where_that_may_help(
    graph: Graph, notice: Outgoing
) -> None:
    tasks.send()
    assert tell("failed", notice, code=131000)
    with after(minutes=2):
        assert tasks.send() == 1
    assert len(graph.taken) == 2
    assert tell("delivered", notice, id=graph.id_of(2))
    assert state(notice)[0] == "delivered"


def test_a_failure_after_delivery_changes_nothing(graph: Graph, notice: Outgoing) -> None:
    tasks.send()
    tell("delivered", notice, id=graph.id_of(1))
    tell("failed", notice, id=graph.id_of(1), code=131026)
    assert state(notice)[0] == "delivered"


# --- by hand, quota, the members' will
# --------------------------------------------------------------------------


def test_the_operator_sends_a_failed_notice_again(graph: Graph, notice: Outgoing, world: Cast) -> None:
    graph.troubles = [Trouble(132015)]
    tasks.send()
    client = cast.sign_in(world.operator)
    assert "menjeda templat" in page_text(client.get("/line/"))
    assert client.post(f"/line/messages/{notice.pk}/resending/").status_code == 302
    assert tasks.send() == 1
    assert client.post(f"/line/messages/{notice.pk}/resending/").status_code == 404
    assert cast.sign_in(world.bakalan).get("/line/").status_code == 404


def test_no_more_members_a_day_are_told_by_template_than_the_provider_allows(
    graph: Graph, world: Cast, notice: Outgoing
) -> None:
    LineNumber.objects.create(phone_id="106540352242922", limit=1)
    other = Binding.objects.create(user=world.bakalan.user, whatsapp_id="ID.200002")
    Notice.objects.post_to(post=world.bakalan.post, kind="moving_in", path="/", entry=2)
    second = Outgoing.objects.create(binding=other, kind="task", entry=2)
    assert tasks.send() == 1
    assert state(second)[0] == "queued" and second.why
    heard(other, minutes=5)  # words cost nothing
    with after(hours=2):
        assert tasks.send() == 1
    assert graph.texts[1].startswith("Ada tugas")


@pytest.mark.parametrize("why", ["stopped", "ended", "read", "no post"])
def test_a_notice_nobody_wants_any_more_is_dropped(
    graph: Graph, world: Cast, notice: Outgoing, why: str
) -> None:
    if why == "stopped":
        notice.binding.stop(by=world.kaliwungu.user)
    elif why == "ended":
        notice.binding.end(by=world.kaliwungu.user)
    elif why == "read":
        Notice.objects.all().read()
    else:
        world.kaliwungu.end(by=world.kudus)
    assert tasks.send() == 0
    assert state(notice)[0] == "dropped"
    assert graph.asked == []
