"""The world, with a line that is open towards a provider of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import cast, graph_server
from tests.cast import Cast
from tests.graph_server import Graph
from tests.inbound import deliveries
from tests.inbound.phone import Phone
from timpora.inbound.line import answering, tasks
from timpora.rooms.models import Binding
from timpora.team.models import Mandate


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def phone(world: Cast) -> Phone:
    """The village officer's of Bakalankrapyak, prepared."""
    return Phone(world.bakalan)


@pytest.fixture
def graph(settings: Any) -> Iterator[Graph]:
    """The provider, and the settings that lead there."""
    with graph_server.running() as made:
        settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID = graph_server.TOKEN, graph_server.PHONE
        settings.WHATSAPP_APP_SECRET, settings.WHATSAPP_VERIFY_TOKEN = (
            graph_server.SECRET,
            graph_server.VERIFY,
        )
        settings.WHATSAPP_GRAPH = made.address
        settings.SITE_ADDRESS = "https://timpora.example"
        yield made
        assert made.refused == []


@pytest.fixture
def bound() -> Callable[..., Binding]:
    """Binds an officer's WhatsApp."""

    def bind(mandate: Mandate, whatsapp_id: str = deliveries.OFFICER) -> Binding:
        made: Binding = Binding.objects.create(user=mandate.user, whatsapp_id=whatsapp_id)
        return made

    return bind


@pytest.fixture
def say(graph: Graph) -> Callable[..., list[str]]:
    """Messages come in, are worked off and answered: what was said back."""

    def talk(*messages: Any) -> list[str]:
        before = len(graph.taken)
        for each in messages:
            deliveries.send(deliveries.text(each) if isinstance(each, str) else each)
        answering.work_off()
        tasks.send()
        return graph.texts[before:]

    return talk
