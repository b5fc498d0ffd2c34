"""The first day's checklist goes on: e-mail, the first team, its members and their slips."""

from __future__ import annotations

from datetime import date
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from tests import cast
from tests.cast import Cast
from tests.desk.first_day import PATI, PROPOSED, flat, nothing_written, state
from timpora.areas.models import Area, Office
from timpora.desk.setup.checklist import STEPS, checklist
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.team.models import Agency, Invitation, Mandate, Post, Team, User
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


# --- e-mail -----------------------------------------------------------------------------------------------


def test_without_a_mail_server_links_and_slips_are_handed_over(keeper: Client) -> None:
    page = flat(keeper.get(f"{PATI}mail/", headers={"accept-language": "en"}))
    assert "links and slips are shown to hand over" in page
    assert 'name="address"' not in page
    assert state("mail")
    keeper.post(f"{PATI}mail/", {"address": "keeper@example.go.id"})
    assert mail.outbox == []


def test_a_test_goes_to_the_address_typed_and_the_address_is_kept_nowhere(
    keeper: Client, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.go.id"
    assert not state("mail")
    keeper.post(f"{PATI}mail/", {"address": "keeper@example.go.id"})
    assert [message.to for message in mail.outbox] == [["keeper@example.go.id"]]
    assert state("mail")
    entry = Entry.objects.get(action="mail.tested")
    assert (entry.subject, entry.detail) == ("mail", "")


@pytest.mark.parametrize("fault", [SMTPServerDisconnected("…"), ConnectionRefusedError(), TimeoutError()])
def test_a_server_that_refuses_is_said_with_what_to_look_at(
    keeper: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    settings.EMAIL_HOST = "mail.example.go.id"

    def refuse(*_args: object, **_more: object) -> None:
        raise fault

    monkeypatch.setattr("timpora.desk.setup.forms.send_mail", refuse)
    page = nothing_written(keeper, f"{PATI}mail/", {"address": "keeper@example.go.id"})
    assert type(fault).__name__ in page
    assert "EMAIL_HOST" in page
    assert 'value="keeper@example.go.id"' in page
    assert not state("mail")


def test_an_address_that_is_none_is_refused(keeper: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.go.id"
    assert 'id="id_address_error"' in nothing_written(keeper, f"{PATI}mail/", {"address": "keeper"})
    assert mail.outbox == []


def villager() -> User:
    """A member of the office in Pati: a village officer without a slip."""
    post = Post.objects.open(
        by=SYSTEM,
        agency=Agency.objects.get(pk="desa"),
        role=Role.VILLAGE,
        title="Sekretaris Desa",
        area=Area.objects.get(pk=cast.PATI),
    )
    member = cast.user("desa-pati")
    Mandate.objects.grant(by=SYSTEM, user=member, post=post, since=date(2026, 1, 1))
    return member


# --- team, members, slips ---------------------------------------------------------------------------------

DECREE = {
    "area": "33.18",
    "name": "Tim Pora Kabupaten Pati",
    "decree": "W.13-0001 (contoh)",
    "decided_on": "2026-11-02",
    "since": "2026-11-02",
    "until": "2027-11-01",
}


def test_the_first_team_has_a_decree_and_a_period(keeper: Client) -> None:
    page = flat(keeper.get(f"{PATI}team/"))
    assert 'value="Tim Pora Kabupaten Pati"' in page
    assert keeper.post(f"{PATI}team/", DECREE).status_code == 303
    team = Team.objects.get()
    assert (team.office_id, team.area_id, team.decree) == ("kanim-pati", "33.18", "W.13-0001 (contoh)")
    assert state("team")
    assert not state("team", "kanim-semarang")
    assert "Tim Pora Kabupaten Pati" in flat(keeper.get(f"{PATI}team/"))


@pytest.mark.parametrize(
    ("field", "value"), [("until", "2026-01-01"), ("decree", ""), ("since", "30 February"), ("area", "33.19")]
)
def test_a_team_that_cannot_be_is_refused_beside_its_field(keeper: Client, field: str, value: str) -> None:
    page = nothing_written(keeper, f"{PATI}team/", DECREE | {field: value})
    assert f'id="id_{field}_error"' in page


def test_members_and_slips_follow_from_who_serves_in_the_offices_area(keeper: Client) -> None:
    assert not state("members")
    assert not state("slips")
    member = villager()
    assert state("members")
    assert not state("slips")
    assert checklist(Office.objects.get(pk="kanim-pati")).now is not None
    Invitation.objects.issue(by=SYSTEM, user=member)
    assert state("slips")
    Invitation.objects.update(revoked_at="2026-11-25T00:00Z")
    assert not state("slips")
    User.objects.filter(pk=member.pk).update(last_login="2026-11-25T00:00Z")
    assert state("slips")


def test_every_page_leads_on_or_back(keeper: Client) -> None:
    for slug in STEPS:
        if slug != "operator":
            page = flat(keeper.get(f"{PATI}{slug}/"))
            assert f'href="{PATI}"' in page, slug
            assert page.count("<h1>") == 1, slug


def test_a_finished_checklist_says_so_and_each_step_can_still_be_opened(keeper: Client) -> None:
    for slug, given in PROPOSED.items():
        keeper.post(f"{PATI}{slug}/", given)
    keeper.post(f"{PATI}team/", DECREE)
    member = villager()
    Invitation.objects.issue(by=SYSTEM, user=member)
    page = flat(keeper.get(PATI, headers={"accept-language": "en"}))
    assert checklist(Office.objects.get(pk="kanim-pati")).now is None
    assert "The office can begin to work" in page
    assert "steps-now" not in page
    assert page.count('class="steps-done"') == len(STEPS)
    assert f"{PATI}letterhead/" in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_checklist_speaks_the_readers_language(keeper: Client, language: str) -> None:
    page = flat(keeper.get(PATI, headers={"accept-language": language}))
    with translation.override(language):
        for step in checklist(Office.objects.get(pk="kanim-pati")).steps:
            assert f">{step.title}<" in page
    assert ("First day" in page) == (language == "en")
