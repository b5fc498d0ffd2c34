import pytest

from tests import cast
from tests.cast import Cast
from tests.inbound.phone import Phone


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def phone(world: Cast) -> Phone:
    """The village officer's of Bakalankrapyak, prepared."""
    return Phone(world.bakalan)
