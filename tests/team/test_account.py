"""One's own number, e-mail, language and secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.team.models import User

pytestmark = pytest.mark.django_db


def test_a_member_changes_number_and_language_and_the_ledger_keeps_the_fields_only(world: Cast) -> None:
    browser = cast.sign_in(world.bakalan)
    given = {"phone": "0812-3456-7890", "email": "", "language": "en"}
    page = text(browser.post("/account/", given, follow=True))
    assert "Your details are saved." in page
    user = User.objects.get(pk=world.bakalan.user_id)
    assert (user.phone, user.language) == ("+6281234567890", "en")
    entry = Entry.objects.get(action="user.changed")
    assert (entry.fields, entry.detail) == ("language,phone", "")
    assert "0812-3456-7890" in text(browser.get("/account/"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"phone": "12"}, "bukan nomor telepon"), ({"phone": "0812 7777 0000"}, "sudah milik anggota lain"),
     ({"email": "x@"}, "id_email_error"), ({"language": "xx"}, "id_language_error")],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_beside_its_field(
    world: Cast, given: dict[str, str], sentence: str
) -> None:
    User.objects.filter(pk=world.demak.user_id).update(phone="+6281277770000")
    page = cast.sign_in(world.bakalan).post("/account/", {"phone": "", "email": "", "language": "id"} | given)
    assert page.status_code == 400
    assert sentence in text(page)
    assert not Entry.objects.filter(action="user.changed").exists()


def test_a_changed_pin_ends_the_other_sessions_and_keeps_this_one(
    world: Cast, enrolled: Callable[..., Any]
) -> None:
    browser, _ = enrolled(world.bakalan.user, "493827")
    other = Client()
    other.post("/sign-in/", {"login": "bakalan", "password": "493827"})
    wrong = browser.post(
        "/account/secret/", {"oldpassword": "1", "password1": "604938", "password2": "604938"}
    )
    assert "bukan PIN atau kata sandi Anda" in text(wrong) or "yang sekarang" in text(wrong)
    weak = browser.post(
        "/account/secret/", {"oldpassword": "493827", "password1": "123456", "password2": "123456"}
    )
    assert "pertama dicoba orang lain" in text(weak)
    done = browser.post(
        "/account/secret/", {"oldpassword": "493827", "password1": "604938", "password2": "604938"}
    )
    assert (done.status_code, done.url) == (302, "/account/")
    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert Entry.objects.filter(action="user.secret_changed").count() == 1


def test_without_a_post_the_account_still_opens_and_says_so(world: Cast) -> None:
    world.bakalan.end(by=world.kaliwungu)
    page = text(cast.sign_in(world.bakalan).get("/account/"))
    assert "Saat ini Anda tidak memegang jabatan" in page


def test_who_is_not_signed_in_is_led_to_the_sign_in_page(world: Cast, client: Client) -> None:
    for address in ("/account/", "/team/", "/team/slips/", f"/team/posts/{world.bakalan.post_id}/"):
        assert client.get(address).url == f"/sign-in/?next={address}"


def test_agencies_are_loaded_once_and_renamed_when_the_list_changes(world: Cast) -> None:
    from django.core.management import call_command

    from timpora.team.models import Agency

    call_command("agencies", "load", verbosity=0)
    assert {
        "imigrasi",
        "disnaker",
        "disdukcapil",
        "kesbangpol",
        "dispar",
        "polri",
        "tni",
        "kejaksaan",
        "kecamatan",
        "desa",
    } <= set(Agency.objects.values_list("code", flat=True))
    assert Agency.objects.load() == []
    Agency.objects.filter(code="polri").update(short="POLRI")
    assert Agency.objects.load() == ["polri"]
