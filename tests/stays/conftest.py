from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.stays import house
from timpora.team.models import Mandate


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def hotel(world: Cast) -> Mandate:
    """Whoever answers for a hotel in Bakalankrapyak."""
    return house.host(world)


@pytest.fixture
def desk(hotel: Mandate) -> Any:
    """The tablet at its desk."""
    return cast.sign_in(hotel)
