"""Giving a link to somebody's own page: by whom, for whom, and what an officer sees of it afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from tests.rights.given import ANSWERS, WRONG, inside, link, officer, phone, resident, slip
from timpora.ledger.models import Entry
from timpora.registry.models import Person
from timpora.rights.models import Link

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["bakalan", "kaliwungu", "kudus", "immigration", "chair"])
def test_every_tier_that_sees_the_person_gives_a_link_and_the_slip_names_nobody(
    world: Cast, who: str
) -> None:
    person = resident(world)
    answer = officer(getattr(world, who)).post(f"/people/{person.pk}/links/")
    page = text(answer)
    assert "Valid until 2 December 2026." in page
    assert all(word in page for word in ("有效期至", "有効期限", "유효합니다", "صالح حتى", "Berlaku sampai"))
    assert all(word not in page for word in (person.names, "R-0000", "Bakalan", "A1234567", "1990"))
    assert phone(slip(answer)).get("/my-data/").status_code == 200
    entry = Entry.objects.get(action="link.given")
    assert (entry.subject, entry.fields) == (f"person:{person.pk}", f"link:{Link.objects.get().pk}")


@pytest.mark.parametrize(
    "who", ["prambatan", "demak", "jati", "demak_regency", "labour", "nation", "auditor"]
)
def test_for_whoever_does_not_see_the_person_there_is_no_such_page(world: Cast, who: str) -> None:
    person = resident(world)
    client = officer(getattr(world, who))
    assert client.get(f"/people/{person.pk}/links/").status_code == 404
    assert client.post(f"/people/{person.pk}/links/").status_code == 404
    assert not Link.objects.exists()


def test_the_code_is_kept_nowhere_and_is_another_each_time(world: Cast) -> None:
    person = resident(world)
    client = officer(world.bakalan)
    codes = {slip(client.post(f"/people/{person.pk}/links/")) for _each in range(3)}
    assert len(codes) == 3
    kept = str(list(Link.objects.values_list())) + str(list(Entry.objects.values_list()))
    assert all(code not in kept for code in codes)
    assert all(code not in text(client.get(f"/people/{person.pk}/links/")) for code in codes)


def test_a_new_link_ends_the_earlier_one(world: Cast) -> None:
    person = resident(world)
    _first, code = link(world, person)
    old = phone(code)
    link(world, person)
    assert old.post("/my-data/visits/", ANSWERS).status_code == 400
    assert [each.state for each in Link.objects.of(person)] == ["given", "ended"]


@pytest.mark.parametrize(
    "known", [{"document_number": "", "document_kind": "", "document_issuer": ""}, {"birth_date": ""}]
)
def test_without_a_date_of_birth_and_a_number_to_ask_for_no_link_is_given(
    world: Cast, known: dict[str, str]
) -> None:
    said = PASSPORT | {"birth_date": "1990-05-03"} | known
    report(world.bakalan, **said).confirm(by=world.kaliwungu)
    answer = officer(world.bakalan).post(f"/people/{Person.objects.get().pk}/links/")
    assert answer.status_code == 400
    assert "could not tell them from a finder" in text(answer)
    assert not Link.objects.exists()


def test_an_officer_ends_a_link_and_whoever_reads_is_shown_out(world: Cast) -> None:
    person = resident(world)
    reader = inside(world, person)
    assert "What is held about you" in text(reader.get("/my-data/"))
    given = Link.objects.get()
    assert officer(world.kudus).post(f"/people/{person.pk}/links/{given.pk}/end/").status_code == 302
    assert "What is held about you" not in text(reader.get("/my-data/"))
    assert "ended" in text(officer(world.bakalan).get(f"/people/{person.pk}/links/"))
    # Ended twice it leaves one entry, and another person's link is not found under this one's address.
    officer(world.kudus).post(f"/people/{person.pk}/links/{given.pk}/end/")
    assert Entry.objects.filter(action="link.ended").count() == 1


def test_the_giver_sees_how_often_it_was_opened_and_that_it_locked(world: Cast) -> None:
    person = resident(world)
    inside(world, person)
    page = officer(world.bakalan)
    assert "opened 1 time" in text(page.get(f"/people/{person.pk}/links/"))
    stranger = phone(link(world, person)[1])
    for _try in range(5):
        stranger.post("/my-data/visits/", WRONG)
    shown = text(page.get(f"/people/{person.pk}/links/"))
    assert "locked after five wrong answers" in shown
    assert "5 wrong answers" in shown
    assert Entry.objects.filter(action="link.locked", actor__isnull=True).count() == 1


def test_the_persons_page_leads_to_it(world: Cast) -> None:
    person = resident(world)
    for who in (world.bakalan, world.kaliwungu, world.chair):
        assert f'href="/people/{person.pk}/links/"' in text(officer(who).get(f"/people/{person.pk}/"))


def test_links_of_long_ago_are_forgotten(world: Cast) -> None:
    link(world, resident(world))
    assert Link.objects.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(days=380)):
        assert Link.objects.forget() == 1


def test_a_link_ends_with_the_mandate_of_nobody(world: Cast) -> None:
    """It is the person's: it stays when the officer who gave it has gone."""
    person = resident(world)
    given, code = link(world, person)
    world.bakalan.end(by=cast.SYSTEM)
    assert phone(code).post("/my-data/visits/", ANSWERS).status_code == 303
    assert given.is_in_force
