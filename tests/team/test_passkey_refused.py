"""A passkey that is not accepted: said kindly, and in the ledger like a wrong PIN."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from fido2.utils import websafe_encode

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.team.virtual_passkey import Passkey
from timpora.ledger.models import Detail, Entry

pytestmark = pytest.mark.django_db


def refusals() -> list[tuple[str, int | None, str, str]]:
    found = Entry.objects.filter(action="session.refused").order_by("number")
    return list(found.values_list("subject", "actor", "fields", "detail"))


def test_the_right_passkey_opens_and_leaves_no_refusal(world: Cast) -> None:
    own, browser = Passkey(world.kudus.user), Client()
    own.register()
    assert own.sign_in(browser).status_code == 302
    assert browser.get("/team/").status_code == 200
    assert refusals() == []
    assert Entry.objects.filter(action="session.opened", subject=f"user:{world.kudus.user_id}").exists()


def test_a_passkey_with_a_wrong_key_is_refused_at_the_door_it_names(world: Cast) -> None:
    Passkey(world.kudus.user).register()
    browser = Client()
    answer = Passkey(world.kudus.user).sign_in(browser)
    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    page = text(browser.get("/sign-in/"))
    assert "Kunci sandi ini tidak diterima. Gunakan PIN atau kata sandi Anda." in page
    assert browser.get("/team/").status_code == 302
    assert refusals() == [(f"user:{world.kudus.user_id}", None, "passkey", "")]


def test_the_passkey_of_a_user_who_has_none_is_refused_there(world: Cast) -> None:
    Passkey(world.kudus.user).sign_in(Client())
    assert refusals() == [(f"user:{world.kudus.user_id}", None, "passkey", "")]


def test_a_passkey_of_nobody_is_refused_at_no_door_and_nothing_of_it_is_kept(world: Cast) -> None:
    Passkey(world.kudus.user).sign_in(Client(), userHandle=websafe_encode(b"no-such-user"))
    assert refusals() == [("", None, "passkey", "")]
    everything = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert "no-such-user" not in everything


@pytest.mark.parametrize(
    "sent", [{}, [], 7, "x", {"id": "a"}, {"rawId": "a", "response": {}}, {"response": 3}]
)
def test_what_no_browser_sends_is_refused_as_well(world: Cast, sent: Any) -> None:
    answer = Client().post("/sign-in/passkey/", {"credential": json.dumps(sent)})
    assert answer.status_code == 302
    assert len(refusals()) == (1 if sent not in ({}, []) else 0)


def test_a_wrong_passkey_before_a_step_that_asks_for_it_is_refused_too(world: Cast) -> None:
    Passkey(world.kudus.user).register()
    browser = cast.sign_in(world.kudus)
    browser.get("/sign-in/again/passkey/")
    wrong = Passkey(world.kudus.user).answer("bm90IHRoZSBjaGFsbGVuZ2U")
    browser.post("/sign-in/again/passkey/", {"credential": json.dumps(wrong)})
    assert refusals() == [(f"user:{world.kudus.user_id}", None, "passkey", "")]
