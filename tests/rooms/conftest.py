"""The world the tests of notices and rooms share."""

import pytest

from tests import cast
from tests.cast import Cast
from tests.rooms import given
from timpora.rooms.models import Thread


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def room(world: Cast) -> Thread:
    return given.room(world)
