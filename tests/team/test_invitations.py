"""Invitations by e-mail, through real SMTP: the link and the own name travel, nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests import cast, mail_server
from tests.cast import Cast
from tests.mail_server import MailServer
from tests.pages import text
from tests.team.conftest import codes_on
from timpora.ledger.models import Detail, Entry
from timpora.team.models import Invitation, User

pytestmark = pytest.mark.django_db
ADDRESS = "petugas@desa.example"


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    """An installation with a mail server that takes everything."""
    with mail_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def addressed(world: Cast, address: str = ADDRESS, **more: Any) -> User:
    User.objects.filter(pk=world.bakalan.user_id).update(email=address, name="Petugas Rekaan", **more)
    found: User = User.objects.get(pk=world.bakalan.user_id)
    return found


def link_in(letter: Any) -> str:
    found = re.search(r"http://testserver(/join/\w+/)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


def mailed() -> list[tuple[str, int | None]]:
    return list(Entry.objects.filter(action="invitation.mailed").values_list("subject", "post"))


def test_the_link_goes_to_the_members_address_and_opens_the_account(world: Cast, post: MailServer) -> None:
    member, secretary = addressed(world), cast.sign_in(world.kaliwungu)
    assert "Kirim undangan" in text(secretary.get("/team/absent/"))
    told = secretary.post(f"/team/members/{member.pk}/invitation/", follow=True)
    assert f"Undangan sudah dikirim ke {ADDRESS}." in text(told)
    [letter] = post.taken
    assert (letter["To"], letter["From"]) == (ADDRESS, "timpora@localhost")
    newcomer = Client()
    assert newcomer.get(link_in(letter)).status_code == 200
    assert newcomer.post(link_in(letter), {"secret": "493827", "again": "493827"}).status_code == 303
    assert mailed() == [(f"user:{member.pk}", world.kaliwungu.post_id)]


def test_the_letter_holds_the_own_name_and_nothing_else_about_anybody(world: Cast, post: MailServer) -> None:
    member = addressed(world)
    cast.sign_in(world.kaliwungu).post(f"/team/members/{member.pk}/invitation/")
    [letter] = post.taken
    said = letter.as_string() + letter.get_content()
    assert "Yth. Petugas Rekaan" in letter.get_content()
    assert "25 Desember 2026" in letter.get_content()
    for other in ("bakalan", "Bakalankrapyak", "Kaliwungu", "Sekretaris", "493827"):
        assert other not in said
    kept = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert ADDRESS not in kept
    assert link_in(letter).split("/")[2] not in kept


def test_the_letter_speaks_the_language_of_the_one_who_gets_it(world: Cast, post: MailServer) -> None:
    member = addressed(world, language="en")
    cast.sign_in(world.kaliwungu).post(f"/team/members/{member.pk}/invitation/")
    assert post.taken[0]["Subject"] == "Your way into Timpora"
    assert "a PIN of six digits" in post.taken[0].get_content()


def test_where_it_went_stays_shown_until_a_slip_takes_its_place(world: Cast, post: MailServer) -> None:
    member, secretary = addressed(world), cast.sign_in(world.kaliwungu)
    said = f"Undangan dikirim ke {ADDRESS} pada 25 November 2026."
    page = f"/team/posts/{world.bakalan.post_id}/"
    secretary.post(f"/team/members/{member.pk}/invitation/")
    assert said in text(secretary.get("/team/absent/"))
    assert said in text(secretary.get(page))
    assert ADDRESS not in text(cast.sign_in(world.prambatan).get(page))
    secretary.post(f"/team/members/{member.pk}/slip/")
    assert said not in text(secretary.get("/team/absent/"))
    assert Client().get(link_in(post.taken[0])).status_code == 404


def test_somebody_new_with_an_address_is_invited_with_the_appointment(world: Cast, post: MailServer) -> None:
    world.prambatan.end(by=world.kaliwungu)
    given = {"name": "Petugas Baru", "email": "baru@desa.example", "kind": "holder"}
    secretary = cast.sign_in(world.kaliwungu)
    done = secretary.post(f"/team/posts/{world.prambatan.post_id}/appointment/", given, follow=True)
    assert "Undangan sudah dikirim ke baru@desa.example." in text(done)
    assert [letter["To"] for letter in post.taken] == ["baru@desa.example"]


def test_all_of_a_kecamatan_with_an_address_get_theirs_and_the_others_their_slip(
    world: Cast, post: MailServer
) -> None:
    addressed(world)
    secretary = cast.sign_in(world.kaliwungu)
    assert "Kirim 1 lewat surel" in text(secretary.get("/team/slips/"))
    done = secretary.post("/team/invitations/", {"place": "33.19.01"}, follow=True)
    assert f"Undangan sudah dikirim ke {ADDRESS}." in text(done)
    assert len(post.taken) == 1
    assert Invitation.objects.count() == 1
    other = secretary.post("/team/invitations/", {"place": "33.19.03"}, follow=True)
    assert "Tidak ada yang menunggu undangan lewat surel di sana." in text(other)


def test_what_the_server_refuses_is_shown_to_hand_over_and_the_code_works(
    world: Cast, post: MailServer
) -> None:
    member = addressed(world)
    User.objects.filter(pk=world.prambatan.user_id).update(email="lain@desa.example")
    post.refusing.add(ADDRESS)
    page = cast.sign_in(world.kaliwungu).post("/team/invitations/", {"place": "33.19.01"})
    body = text(page)
    assert "Server surel tidak menerima undangan ini. Mohon serahkan slipnya." in body
    [code] = codes_on(body)
    assert Client().get(f"/join/{code}/").status_code == 200
    assert [letter["To"] for letter in post.taken] == ["lain@desa.example"]
    assert mailed() == [(f"user:{world.prambatan.user_id}", world.kaliwungu.post_id)]
    assert f"user:{member.pk}" not in str(mailed())


def test_a_server_that_is_away_leaves_every_slip_to_hand_over(
    world: Cast, post: MailServer, settings: Any
) -> None:
    member = addressed(world)
    settings.EMAIL_PORT = 1
    page = text(cast.sign_in(world.kaliwungu).post(f"/team/members/{member.pk}/invitation/"))
    assert "Server surel tidak menerima undangan ini" in page
    assert len(codes_on(page)) == 1
    assert mailed() == []


def test_without_a_server_or_an_address_there_is_a_slip_as_before(world: Cast, settings: Any) -> None:
    secretary, member = cast.sign_in(world.kaliwungu), addressed(world)
    assert "Kirim" not in text(secretary.get("/team/absent/"))
    assert "lewat surel" not in text(secretary.get("/team/slips/"))
    page = text(secretary.post(f"/team/members/{member.pk}/invitation/"))
    assert len(codes_on(page)) == 1
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(pk=member.pk).update(email="")
    assert "Kirim undangan" not in text(secretary.get("/team/absent/"))


@pytest.mark.parametrize("who", ["jati", "bakalan", "auditor", "labour"])
def test_nobody_invites_beyond_their_own_members(world: Cast, post: MailServer, who: str) -> None:
    member, browser = addressed(world), cast.sign_in(getattr(world, who))
    assert browser.post(f"/team/members/{member.pk}/invitation/").status_code == 404
    browser.post("/team/invitations/", {"place": "33.19.01"})
    assert post.taken == []
    assert not Invitation.objects.exists()
