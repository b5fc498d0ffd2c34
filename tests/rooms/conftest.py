"""The world the notices' tests share, and the line towards a provider of the tests' own."""

import pytest

from tests import cast
from tests.cast import Cast
from tests.inbound.conftest import graph
from tests.rooms import given
from timpora.rooms.models import Thread

__all__ = ["graph"]


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def room(world: Cast) -> Thread:
    return given.room(world)
