"""Signing in by user name or number, with PIN or password; what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.team.conftest import hashed
from timpora.ledger.models import Detail, Entry
from timpora.team.models import Agency, Mandate, Post, User

pytestmark = pytest.mark.django_db


def actions() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="session").order_by("number").values_list("action", flat=True)
    )


@pytest.mark.parametrize(
    "login", ["bakalan", " Bakalan ", "0812 3456 7890", "+62-812-3456-7890", "62812 34567890"]
)
def test_a_village_signs_in_with_its_pin_by_user_name_or_number_however_it_is_written(
    world: Cast, enrolled: Callable[..., Any], login: str
) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(phone="+6281234567890")
    browser, response = enrolled(world.bakalan.user, "493827", login=login)
    assert response.status_code == 302
    assert browser.get("/team/").status_code == 200
    assert actions() == ["session.opened"]


def test_the_page_asked_for_before_signing_in_comes_after_it(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    asked = Client().get("/team/absent/")
    assert asked.url == "/sign-in/?next=/team/absent/"
    _, response = enrolled(world.kudus.user, "rumah kopi senja", next="/team/absent/")
    assert response.url == "/team/absent/"


def test_nobody_signs_up_and_no_page_offers_it(client: Client) -> None:
    page = text(client.get("/sign-in/"))
    assert "signup" not in page
    assert client.get("/sign-up/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_a_failed_sign_in_leaves_whose_door_it_was_and_nothing_that_was_typed(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    enrolled(world.bakalan.user, "493827")
    browser = Client()
    wrong = browser.post("/sign-in/", {"login": "bakalan", "password": "111111"})
    assert "tidak cocok" in text(wrong)
    assert 'value="bakalan"' in text(wrong)
    browser.post("/sign-in/", {"login": "no-such-name-anywhere", "password": "secret typed here"})
    known, unknown = Entry.objects.filter(action="session.refused").order_by("number")
    assert (known.subject, known.actor) == (f"user:{world.bakalan.user_id}", None)
    assert (unknown.subject, unknown.actor, unknown.detail) == ("", None, "")
    everything = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert "no-such-name" not in everything
    assert "secret typed" not in everything


def test_after_too_many_tries_the_name_pauses_under_each_of_its_spellings(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    User.objects.filter(pk=world.bakalan.user_id).update(phone="+6281234567890", password=hashed("493827"))
    browser = Client()
    for number in range(settings.AXES_FAILURE_LIMIT):
        login = ("bakalan", "081234567890")[number % 2]
        last = browser.post("/sign-in/", {"login": login, "password": "000001"})
    assert last.status_code == 429
    assert "15 menit" in text(last)
    right = browser.post("/sign-in/", {"login": "+6281234567890", "password": "493827"})
    assert right.status_code == 429
    assert Entry.objects.filter(action="session.refused", fields="paused").exists()
    _, other = enrolled(world.prambatan.user, "493827")
    assert other.status_code == 302


def test_signing_out_and_switching_the_user_close_the_session_in_the_ledger(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    browser, _ = enrolled(world.bakalan.user, "493827")
    gone = browser.post("/switch-user/")
    assert (gone.status_code, gone.url) == (303, "/sign-in/")
    assert browser.get("/team/").status_code == 302
    browser, _ = enrolled(world.bakalan.user, "493827")
    browser.post("/sign-out/")
    assert actions() == ["session.opened", "session.closed", "session.opened", "session.closed"]


def test_a_shared_phone_offers_only_the_names_whose_owners_wished_it(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    browser, _ = enrolled(world.bakalan.user, "493827", keep_name="on")
    browser.post("/switch-user/")
    page = text(browser.get("/sign-in/"))
    assert 'name="known" value="bakalan"' in page
    again = browser.post("/sign-in/", {"known": "bakalan", "login": "", "password": "493827"})
    assert again.status_code == 302
    browser.post("/switch-user/")
    browser.post("/switch-user/names/")
    assert 'name="known"' not in text(browser.get("/sign-in/"))
    plain, _ = enrolled(world.prambatan.user, "493827")
    plain.post("/switch-user/")
    assert "prambatan" not in text(plain.get("/sign-in/"))


def test_a_name_cookie_that_was_altered_offers_nothing(client: Client, db: None) -> None:
    client.cookies["timpora-device"] = "somebody|else:forged:signature"
    assert "somebody" not in text(client.get("/sign-in/"))


def test_a_pin_no_longer_opens_an_account_that_was_given_a_stronger_post(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    by = world.operator
    post = Post.objects.open(
        by=by,
        agency=Agency.objects.get(code="kesbangpol"),
        role="secretary",
        title="Wakil",
        area=world.kudus.post.area,
    )
    Mandate.objects.grant(by=by, user=world.bakalan.user, post=post)
    browser, response = enrolled(world.bakalan.user, "493827")
    assert response.status_code == 200
    assert "memerlukan kata sandi" in text(response)
    assert browser.get("/team/").status_code == 302


def test_the_language_follows_its_user_to_the_next_device(world: Cast, enrolled: Callable[..., Any]) -> None:
    browser = cast.sign_in(world.kudus)
    moved = browser.post("/language/", {"language": "en", "next": "/team/"})
    assert (moved.status_code, moved.url) == (303, "/team/")
    assert "Who is who" in text(browser.get("/team/"))
    other, _ = enrolled(world.kudus.user, "rumah kopi senja")
    assert "Who is who" in text(other.get("/team/"))
    assert browser.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"}).url == "/"


def test_passkey_pages_are_there_and_ask_for_the_secret_first(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    browser, _ = enrolled(world.kudus.user, "rumah kopi senja")
    assert browser.get("/account/passkeys/").status_code == 200
    assert browser.get("/account/passkeys/new/").status_code in (200, 302)
    assert browser.get("/sign-in/passkey/", headers={"accept": "application/json"}).status_code in (200, 302)
