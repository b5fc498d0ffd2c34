"""A session that ends keeps the form, for the same user only."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.reports.pictures import picture, upload
from timpora.ledger.book import SYSTEM
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db
FORM = {"email": "never", "digest_at": "08:15", "quiet_from": "21:00", "quiet_until": "05:00"}
PATH = "/notices/preference/"


def ended(mandate: Any) -> Client:
    """A browser that worked for a mandate and whose session has run out."""
    client = cast.sign_in(mandate)
    client.get("/")
    Session.objects.all().delete()
    return client


def sign_in_again(client: Client, mandate: Any) -> None:
    # The kept form lies in the anonymous session, which a sign-in carries on.
    client.force_login(mandate.user, backend=settings.AUTHENTICATION_BACKENDS[-1])


def test_what_was_typed_is_there_after_signing_in_again_and_is_sent_with_one_tap(world: Cast) -> None:
    client = ended(world.kaliwungu)
    assert client.post(PATH, FORM)["Location"] == "/sign-in/?next=%2Fkept%2F"
    sign_in_again(client, world.kaliwungu)
    page = client.get("/kept/")
    assert f'action="{PATH}"' in text(page)
    sent = dict(page.context["form"]["fields"])
    assert sent == FORM
    assert client.post(PATH, sent).status_code == 302


def test_another_user_of_the_same_phone_does_not_see_it(world: Cast) -> None:
    client = ended(world.kaliwungu)
    client.post(PATH, FORM)
    sign_in_again(client, world.jati)
    assert client.get("/kept/")["Location"] == "/"


def test_nothing_is_kept_for_a_stranger_or_after_signing_out(world: Cast) -> None:
    stranger = Client()
    assert "kept" not in stranger.post(PATH, FORM)["Location"]
    assert not Session.objects.exists()


def test_what_was_kept_lies_sealed(world: Cast) -> None:
    client = ended(world.kaliwungu)
    client.post("/people/", {"q": "Lin Yi-Chun"})
    assert "Yi-Chun" not in str(client.session["kept"])


def test_it_can_be_thrown_away(world: Cast) -> None:
    client = ended(world.kaliwungu)
    client.post(PATH, FORM)
    sign_in_again(client, world.kaliwungu)
    client.post("/kept/")
    assert client.get("/kept/")["Location"] == "/"


def test_it_is_sent_under_the_mandate_it_was_written_for(world: Cast, lin: Person) -> None:
    second = type(world.jati).objects.grant(
        by=world.operator,
        user=world.kaliwungu.user,
        post=world.kudus.post,
        kind="plh",
        until=world.kudus.post.today,
    )
    client = cast.sign_in(second)
    client.get("/")
    Session.objects.all().delete()
    client.post(PATH, FORM)
    sign_in_again(client, world.kaliwungu)
    assert client.get("/").wsgi_request.mandate == world.kaliwungu  # type: ignore[attr-defined]
    client.get("/kept/")
    assert client.get("/").wsgi_request.mandate == second  # type: ignore[attr-defined]


def test_a_fragment_is_led_to_the_sign_in_page_as_a_whole(world: Cast) -> None:
    client = ended(world.kaliwungu)
    answer = client.post(PATH, FORM, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fkept%2F"


def test_a_photo_is_no_more_kept_than_a_file_but_what_was_typed_beside_it_is(world: Cast) -> None:
    world.office.change(by=SYSTEM, photos=True)
    client = ended(world.bakalan)
    said = {"names": "Lin Yi-Chun", "photo": upload(picture()), "photo_kept": "A" * 150_000}
    assert client.post("/reports/new/", said)["Location"] == "/sign-in/?next=%2Fkept%2F"
    sign_in_again(client, world.bakalan)
    assert dict(client.get("/kept/").context["form"]["fields"]) == {"names": "Lin Yi-Chun"}
