"""Whoever the line does not know gets one polite sentence a day and leaves a number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.cast import Cast
from tests.graph_server import Graph
from tests.inbound import deliveries
from tests.inbound.deliveries import STRANGER, text
from timpora.inbound.line import tasks
from timpora.ledger.models import Entry
from timpora.rooms.models import Incoming, LineCount, Outgoing

pytestmark = pytest.mark.django_db


def hello(number: int = 0, sender: str = STRANGER) -> dict[str, Any]:
    return text(f"halo {number}", sender=sender)


def test_a_stranger_gets_one_sentence_in_both_languages_a_day(world: Cast, graph: Graph, say: Any) -> None:
    first = say(hello(1))
    assert (
        "Tim Pora" in first[0] and "Nothing of your message was kept" in first[0] and "imigrasi" in first[0]
    )
    assert say(hello(2), deliveries.photo(sender=STRANGER), text("lapor", sender=STRANGER)) == []
    assert len(say(hello(3, "ID.888888"))) == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert len(say(hello(4))) == 1


def test_a_stranger_leaves_only_a_counter(world: Cast, graph: Graph, say: Any) -> None:
    entries = Entry.objects.count()
    say(hello(1), hello(2), hello(3))
    assert LineCount.objects.get(what="stranger").number == 3
    assert Entry.objects.count() == entries
    assert set(Incoming.objects.values_list("sender", "argument", "binding")) == {("", "", None)}
    assert Outgoing.objects.get().address == "" and Outgoing.objects.get().content == {}


def test_who_was_answered_is_forgotten_with_the_day(world: Cast, graph: Graph, say: Any) -> None:
    say(hello())
    assert Incoming.objects.exclude(occasion=None).count() == 1
    tasks.tidy()
    assert Incoming.objects.exclude(occasion=None).count() == 1  # today still answers once
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tasks.tidy()
        assert not Incoming.objects.exclude(occasion=None).exists()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        tasks.tidy()
        assert not Incoming.objects.exists()


def test_two_strangers_never_share_the_days_answer(world: Cast, graph: Graph, say: Any) -> None:
    assert len(say(*(hello(n, f"ID.{n}00000") for n in range(1, 6)))) == 5


def test_a_stranger_whose_id_has_letters_is_written_to_as_a_person(
    world: Cast, graph: Graph, say: Any
) -> None:
    say(hello())
    assert graph.taken[0]["recipient"] == STRANGER and graph.taken[0]["recipient_type"] == "individual"
