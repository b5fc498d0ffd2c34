"""The world the desk's tests share, with one resident in it, and the operator of its first day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import PASSPORT, Cast, report, sign_in
from timpora.areas.models import Area, Office
from timpora.ledger.book import SYSTEM
from timpora.registry.models import Person
from timpora.team.models import Agency, Mandate, Post
from timpora.team.roles import Role


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


class Browser(Client):
    """Sends what the page at an address holds hidden, as a browser does, beside what is typed."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:
        form = (self.get(path).context or {}).get("form")
        hidden = {field.name: field.value() for field in form.hidden_fields()} if form else {}
        return super().post(path, {**hidden, **(data or {})}, *args, **more)


@pytest.fixture
def keeper(world: Cast) -> Client:
    """The first operator, as `timpora init` appoints one: over the whole installation."""
    Office.objects.get(pk="kanim-semarang").change(by=SYSTEM, city="Kota Semarang")
    post = Post.objects.open(by=SYSTEM, agency=Agency.objects.get(pk="imigrasi"), role=Role.OPERATOR,
                             title="Pengelola Sistem", area=Area.objects.get(pk="ID"))  # fmt: skip
    granted = Mandate.objects.grant(by=SYSTEM, user=cast.user("keeper"), post=post, since=date(2026, 1, 1))
    browser = Browser()
    browser.cookies = sign_in(granted).cookies
    return browser
