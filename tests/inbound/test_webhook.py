"""What comes to the webhook: only from the provider, kept once before the answer, and never in words."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.cast import Cast
from tests.graph_server import DISPLAY, VERIFY, Graph
from tests.inbound import deliveries
from tests.inbound.deliveries import URL, delivery, post, send, text, value
from timpora.inbound.line import answering, tasks
from timpora.rooms.models import Incoming, LineCount, LineNumber, Outgoing

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    return dict(LineCount.objects.values_list("what", "number"))


def everything() -> str:
    """All that stands in the database."""
    rows = []
    for model in apps.get_models():
        rows += [str(row) for row in model._default_manager.values_list()]
    return "\n".join(rows)


# --- who calls --------------------------------------------------------------------------------------------


def test_without_a_line_there_is_no_webhook(world: Cast) -> None:
    assert Client().get(URL).status_code == 404
    assert post(delivery(value(text("lapor")))).status_code == 404


def test_the_handshake_gives_the_challenge_back_to_who_knows_our_word(graph: Graph) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = Client().get(URL, asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "x"}, {"hub.verify_token": "wörd"}, {"hub.mode": ""}):
        assert Client().get(URL, asked | wrong).status_code == 403


@pytest.mark.parametrize("signed", ["", "sha256=" + "0" * 64, "sha256=", "sha256=ÿ", "sha1=abc"])
def test_a_forged_delivery_is_refused_counted_and_leaves_nothing(
    world: Cast, graph: Graph, signed: str
) -> None:
    assert post(delivery(value(text("lapor"))), signed=signed).status_code == 403
    assert counted() == {"forged": 1}
    assert not Incoming.objects.exists()


def test_the_signature_is_over_the_very_bytes_that_came(world: Cast, graph: Graph) -> None:
    body = delivery(value(text("lapor")))
    wide = json.dumps(body, indent=3).encode()
    assert post(wide, signed=deliveries.signature(json.dumps(body).encode())).status_code == 403
    assert post(wide).status_code == 200
    assert Incoming.objects.count() == 1


def test_what_is_signed_and_cannot_be_read_is_refused_and_counted(world: Cast, graph: Graph) -> None:
    assert post(b"{not json").status_code == 400
    assert post(b"[" * 100_000).status_code == 400
    assert counted() == {"unread": 2}


def test_more_than_the_provider_ever_sends_is_not_taken(world: Cast, graph: Graph) -> None:
    assert post(b"x" * (4 * 2**20 + 1)).status_code == 413
    assert post(delivery(value(text("x" * (3 * 2**20))))).status_code == 200


# --- everything is kept, once -------------------------------------------------------------------------------


def test_every_message_of_every_entry_and_change_is_kept(world: Cast, graph: Graph) -> None:
    body = delivery(value(text("lapor"), text("tugas"), text("nihil")), value(text("bantuan")))
    body["entry"].append(delivery(value(text("ya")))["entry"][0])
    assert post(body).status_code == 200
    assert sorted(Incoming.objects.values_list("word", flat=True)) == [
        "help",
        "nil",
        "report",
        "tasks",
        "yes",
    ]


def test_a_repeated_delivery_doubles_nothing(world: Cast, graph: Graph) -> None:
    first, second = text("lapor"), text("tugas")
    for messages in ((first,), (first,), (first, second, first)):
        assert post(delivery(value(*messages))).status_code == 200
    assert Incoming.objects.count() == 2
    assert counted()["repeated"] == 3
    answering.work_off()
    assert post(delivery(value(first))).status_code == 200
    assert answering.work_off() == 0


@pytest.mark.parametrize("broken", [
    None, [], "x", {"entry": None}, {"entry": [None]}, {"entry": [{"changes": [None, {"value": []}]}]},
    {"entry": [{"changes": [{"field": "account_update", "value": {"event": "X"}}]}]},
])  # fmt: skip
def test_a_payload_of_an_unknown_shape_is_answered_and_hurts_nobody(
    world: Cast, graph: Graph, broken: Any
) -> None:
    assert post(broken).status_code == 200
    assert not Incoming.objects.exists()


def test_a_part_that_cannot_be_read_never_stops_its_neighbours(world: Cast, graph: Graph) -> None:
    body = delivery(value({"type": "text"}, text("lapor"), {"id": 7}))
    body["entry"][0]["changes"][0]["value"]["messages"].append("nonsense")
    assert post(body).status_code == 200
    assert Incoming.objects.get().word == "report"
    assert counted()["unread"] == 3


def test_messages_to_another_number_are_not_ours(world: Cast, graph: Graph) -> None:
    assert post(delivery(value(text("lapor"), phone="999"))).status_code == 200
    assert not Incoming.objects.exists()


@pytest.mark.parametrize("kind", ["reaction", "edit", "revoke", "ephemeral"])
def test_what_asks_nothing_is_kept_once_and_answered_never(
    world: Cast, graph: Graph, kind: str, bound: Any
) -> None:
    bound(world.bakalan)
    send(deliveries.message(kind, {"emoji": "👍"}))
    assert answering.work_off() == 0
    assert Incoming.objects.get().sender == ""


def test_a_message_in_a_group_is_left_alone(world: Cast, graph: Graph, bound: Any, say: Any) -> None:
    bound(world.bakalan)
    assert say(text("lapor") | {"group_id": "Y2FwaV9ncm91cDox"}) == []


def test_the_providers_clock_is_kept_and_never_runs_ahead_of_ours(world: Cast, graph: Graph) -> None:
    send(
        text("lapor", at=datetime(2026, 11, 25, 4, 30, tzinfo=UTC)),
        text("tugas", at=datetime(2030, 1, 1, tzinfo=UTC)),
    )
    first, second = Incoming.objects.order_by("sent_at")
    assert first.sent_at == datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
    assert second.sent_at == second.received_at
    for nonsense in ("", "x", "9" * 40):
        send(text("lapor") | {"timestamp": nonsense})
    assert Incoming.objects.count() == 5


# --- who wrote ----------------------------------------------------------------------------------------------


def test_a_member_without_a_number_is_known_by_the_user_id(
    world: Cast, graph: Graph, bound: Any, say: Any
) -> None:
    bound(world.bakalan)
    assert "https://timpora.example/reports/new/" in say("lapor")[0]


def test_a_contact_tells_the_user_id_where_the_message_does_not(
    world: Cast, graph: Graph, bound: Any
) -> None:
    bound(world.bakalan)
    body = delivery(
        value(text("lapor", number="628123456789"), text("tugas", sender="ID.999999", number="6281999"))
    )
    for said in body["entry"][0]["changes"][0]["value"]["messages"]:
        del said["from_user_id"]
    assert post(body).status_code == 200
    assert answering.work_off() == 2
    assert Incoming.objects.get(word="report").binding is not None
    assert Incoming.objects.get(word="tasks").binding is None


def test_a_message_with_only_a_number_is_not_lost(world: Cast, graph: Graph) -> None:
    send(text("halo", sender="", number="628123456789"))
    assert answering.work_off() == 1
    assert tasks.send() == 1
    assert graph.taken[0]["to"] == "628123456789"
    assert counted()["stranger"] == 1


# --- no words, no numbers
# -------------------------------------------------------------------------------------


def test_sixty_five_thousand_characters_are_dropped_like_any_others(
    world: Cast, graph: Graph, bound: Any, say: Any
) -> None:
    bound(world.bakalan)
    answer = say(text("Zyxwa Quorl " * 5_417))
    assert len(answer) == 1 and "https://timpora.example/reports/new/" in answer[0]
    assert "Zyxwa" not in everything()


def test_nothing_that_was_written_is_ever_in_the_database(world: Cast, graph: Graph, bound: Any) -> None:
    bound(world.bakalan)
    send(
        text("lapor Zyxwa Quorl tinggal di RT 02", number="628123456789"),
        text("Zyxwa Quorl"),
        deliveries.photo(),
    )
    for _moment in ("kept", "worked off", "sent"):
        kept = everything()
        assert "Zyxwa" not in kept and "Lin Yi-Chun" not in kept and "628123456789" not in kept
        answering.work_off()
        tasks.send()


def test_a_message_id_is_kept_as_a_digest_because_it_holds_the_number(world: Cast, graph: Graph) -> None:
    message = text("lapor")
    send(message)
    assert message["id"] not in everything() and "wamid" not in everything()


def test_who_wrote_is_sealed_until_it_is_worked_off_and_then_gone(world: Cast, graph: Graph) -> None:
    send(text("halo", sender=deliveries.STRANGER))
    assert Incoming.objects.get().sender.startswith("v1.")
    assert deliveries.STRANGER not in everything()
    answering.work_off()
    assert Incoming.objects.get().sender == ""
    assert Outgoing.objects.get().address.startswith("v1.")
    tasks.send()
    assert Outgoing.objects.get().address == ""
    assert deliveries.STRANGER not in everything()


def test_a_picture_is_answered_with_the_link_and_never_fetched(
    world: Cast, graph: Graph, bound: Any, say: Any
) -> None:
    bound(world.bakalan)
    assert "https://timpora.example/reports/new/" in say(deliveries.photo())[0]
    assert [method for method, _path in graph.asked] == ["POST"]
    assert counted() == {"no_command": 1}


def test_no_log_line_says_what_was_written_or_by_whom(
    world: Cast, graph: Graph, bound: Any, say: Any, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    logging.config.dictConfig(settings.LOGGING | {"root": {"handlers": ["console"], "level": "DEBUG"}})
    bound(world.bakalan)
    with caplog.at_level(logging.DEBUG):
        say("Zyxwa Quorl")
        post(delivery(value(text("lapor"))), signed="sha256=forged")
    assert (
        "Zyxwa" not in caplog.text and deliveries.OFFICER not in caplog.text and "forged" not in caplog.text
    )


def test_the_number_is_looked_up_and_kept(graph: Graph) -> None:
    LineNumber.objects.look()
    number = LineNumber.objects.get()
    assert (number.display, number.digits, number.limit, number.trouble) == (DISPLAY, "628110000111", 250, "")
