"""One person for 24 hours: what the province may see on a request that is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db
REASON = "Surat Kedutaan tanggal 20 November, nomor 12"


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def resident(world: Cast) -> Person:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    found: Person = Person.objects.get()
    return found


def test_a_request_opens_one_person_for_a_day_and_no_longer(world: Cast, resident: Person) -> None:
    province = cast.sign_in(world.province)
    page = f"/people/{resident.pk}/"
    assert province.get(page).status_code == 404
    answer = province.post("/people/requests/", {"number": resident.pk, "reason": REASON})
    assert answer["Location"] == page
    shown = text(province.get(page))
    assert resident.names in shown
    assert "1990" in shown
    assert "A1•" not in shown  # no number, not even masked
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert cast.sign_in(world.province).get(page).status_code == 404


def test_the_request_stands_in_the_ledger_and_its_reason_can_be_erased(world: Cast, resident: Person) -> None:
    cast.sign_in(world.province).post("/people/requests/", {"number": resident.pk, "reason": REASON})
    entry = Entry.objects.get(action="person.requested")
    assert (entry.subject, entry.mandate, entry.fields) == (f"person:{resident.pk}", world.province.pk, "")
    assert entry.values == {"reason": REASON}


def test_it_opens_to_the_one_who_asked_alone_and_searches_stay_closed(world: Cast, resident: Person) -> None:
    province = cast.sign_in(world.province)
    province.post("/people/requests/", {"number": resident.pk, "reason": REASON})
    assert cast.sign_in(world.nation).get(f"/people/{resident.pk}/").status_code == 404
    assert province.get("/people/").status_code == 404
    assert province.get(f"/people/{resident.pk}/corrections/new/").status_code == 404


@pytest.mark.parametrize("number, reason", [("999999", REASON), ("1", ""), ("x", REASON), ("1", "short")])
def test_a_request_without_reason_or_for_nobody_is_refused_in_words(
    number: str, reason: str, world: Cast, resident: Person
) -> None:
    asked = resident.pk if number == "1" else number
    answer = cast.sign_in(world.province).post("/people/requests/", {"number": asked, "reason": reason})
    assert answer.status_code == 400
    assert not Entry.objects.filter(action="person.requested").exists()


def test_nobody_else_files_such_requests(world: Cast, resident: Person) -> None:
    for name, mandate in world.everyone().items():
        status = cast.sign_in(mandate).get("/people/requests/").status_code
        assert status == (200 if name in {"province", "nation"} else 404), name
