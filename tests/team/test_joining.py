"""The way in with a slip: its code is typed or scanned, works once, and tells nothing when it does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.team.conftest import code_for
from timpora.ledger.models import Entry
from timpora.team.models import User

pytestmark = pytest.mark.django_db
SENTENCE = "Kode ini tidak berlaku atau sudah dipakai. Mintalah slip baru kepada sekretaris Anda."
PIN = {"secret": "493827", "again": "493827"}


def test_a_village_officer_types_the_code_chooses_a_pin_and_is_in(world: Cast) -> None:
    browser, code = Client(), code_for(world.bakalan.user)
    typed = browser.post("/join/", {"code": f" {code.lower()} "})
    assert typed.status_code == 302
    page = text(browser.get(typed.url))
    assert "Bakalan, Desa Bakalankrapyak" in page
    done = browser.post(typed.url, PIN)
    assert (done.status_code, done.url) == (303, "/")
    assert browser.get("/team/").status_code == 200
    assert Client().post("/sign-in/", {"login": "bakalan", "password": "493827"}).status_code == 302
    kept = Entry.objects.filter(subject=f"user:{world.bakalan.user_id}").order_by("number")
    assert [entry.action for entry in kept][1:3] == ["invitation.accepted", "session.opened"]


@pytest.mark.parametrize("state", ["unknown", "used", "expired", "replaced"])
def test_a_code_that_is_no_good_gets_the_one_sentence_whatever_is_wrong_with_it(
    world: Cast, state: str
) -> None:
    code = code_for(world.bakalan.user)
    if state == "used":
        Client().post(f"/join/{code}/", PIN)
    if state == "replaced":
        code_for(world.bakalan.user)
    asked = "BBBBB-22222" if state == "unknown" else code
    day = datetime(2027, 3, 1, tzinfo=UTC) if state == "expired" else datetime(2026, 11, 25, 6, tzinfo=UTC)
    with time_machine.travel(day):
        scanned = Client().get(f"/join/{asked}/")
        typed = Client().post("/join/", {"code": asked})
    assert (scanned.status_code, typed.status_code) == (404, 400)
    for page in (scanned, typed):
        assert SENTENCE in text(page)
        assert "Bakalankrapyak" not in text(page)


def test_a_weak_pin_is_refused_and_the_code_stays_good(world: Cast) -> None:
    browser, code = Client(), code_for(world.bakalan.user)
    weak = browser.post(f"/join/{code}/", {"secret": "123456", "again": "123456"})
    assert weak.status_code == 400
    assert "pertama dicoba orang lain" in text(weak)
    differing = browser.post(f"/join/{code}/", {"secret": "493827", "again": "493828"})
    assert "Keduanya tidak sama" in text(differing)
    assert browser.post(f"/join/{code}/", PIN).status_code == 303


def test_a_secretary_needs_more_than_a_pin(world: Cast) -> None:
    code = code_for(world.kudus.user)
    assert Client().post(f"/join/{code}/", PIN).status_code == 400
    words = {"secret": "rumah kopi senja", "again": "rumah kopi senja"}
    assert Client().post(f"/join/{code}/", words).status_code == 303


def test_a_new_slip_ends_what_opened_the_account_before(world: Cast) -> None:
    first = Client()
    first.post(f"/join/{code_for(world.bakalan.user)}/", PIN)
    Authenticator.objects.create(user=world.bakalan.user, type="webauthn", data={})
    Client().post(f"/join/{code_for(world.bakalan.user)}/", {"secret": "604938", "again": "604938"})
    assert first.get("/team/").status_code == 302
    assert not Authenticator.objects.exists()


def test_on_a_shared_phone_the_newcomer_takes_over_the_session(world: Cast) -> None:
    phone = cast.sign_in(world.prambatan)
    phone.post(f"/join/{code_for(world.bakalan.user)}/", PIN)
    assert phone.session["_auth_user_id"] == str(world.bakalan.user_id)
    closed = Entry.objects.get(action="session.closed")
    assert closed.subject == f"user:{world.prambatan.user_id}"


def test_a_good_code_says_the_post_and_not_the_person(world: Cast) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(name="Someone Invented")
    page = text(Client().get(f"/join/{code_for(world.bakalan.user)}/"))
    assert "Someone Invented" not in page
