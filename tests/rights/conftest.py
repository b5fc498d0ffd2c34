"""The cast at noon, for every test of this app."""

import pytest

from tests import cast
from tests.cast import Cast


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()
