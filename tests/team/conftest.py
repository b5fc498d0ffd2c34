"""The shared cast on its day, and small words for what tests of the team do again and again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast
from timpora.ledger.book import SYSTEM
from timpora.team.models import Invitation, User


@pytest.fixture
def world(noon: None, db: None) -> Cast:
    return cast.world()


@pytest.fixture
def enrolled(world: Cast) -> Callable[..., Any]:
    """A browser after `sign-in/` was sent with this login and secret; the user has that secret."""

    def client(user: User, secret: str, *, login: str = "", **more: Any) -> Any:
        User.objects.filter(pk=user.pk).update(password=hashed(secret))
        browser = Client()
        return browser, browser.post(
            "/sign-in/", {"login": login or user.username, "password": secret, **more}
        )

    return client


def hashed(secret: str) -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(secret)


def code_for(user: User) -> str:
    """The one-time code of a fresh slip."""
    _invitation, code = Invitation.objects.issue(by=SYSTEM, user=user)
    return str(code)


def codes_on(page: str) -> list[str]:
    """The codes printed on a page of slips."""
    return re.findall(r'class="slip-code">([^<]+)<', page)
