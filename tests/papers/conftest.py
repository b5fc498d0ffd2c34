"""The world the papers' tests share."""

import pytest

from tests import cast
from tests.cast import Cast


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()
