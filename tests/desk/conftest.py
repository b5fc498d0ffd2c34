"""The world the desk's tests share, with one resident in it."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import PASSPORT, Cast, report
from timpora.registry.models import Person


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def lin(world: Cast) -> Person:
    """Lin Yi-Chun, who lives in Bakalankrapyak: verified, with passport, permit, work and guarantor."""
    sent = report(
        world.bakalan, **PASSPORT, document_until="2030-01-01", permit_until="2026-12-10",
        visa_until="2026-03-01",
        employer="PT Muria Jaya", job="engineer", guarantor_status="present", guarantor="PT Muria Jaya",
        purpose="work",
    )  # fmt: skip
    sent.confirm(by=world.kaliwungu)
    assert sent.person is not None
    return sent.person
