from typing import Any

import pytest

from tests import cast


@pytest.fixture
def world(noon: None) -> Any:
    return cast.world()
