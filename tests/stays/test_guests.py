"""The guests of an area, as each role sees them; each look is noted."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, Cast, report
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.stays.models import Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_each_role_sees_a_guest_as_it_sees_a_resident(world: Cast, hotel: Mandate) -> None:
    stay = house.check_in(hotel)
    shown = {
        "bakalan": ("Brannagh Wixolt", "Irlandia"),
        "kaliwungu": ("Brannagh Wixolt", "Irlandia", "1971"),
        "kudus": ("Brannagh Wixolt", "Irlandia", "1971", "XQ••••21"),
        "immigration": ("Brannagh Wixolt", "Irlandia", "1971", "XQ••••21"),
        "chair": ("Brannagh Wixolt", "Irlandia", "1971", "XQ••••21"),
    }
    everything = ("Brannagh Wixolt", "Irlandia", "1971", "XQ••••21", house.PASSPORT)
    for who, mandate in world.everyone().items():
        client = cast.sign_in(mandate)
        for path in ("/stays/", f"/stays/{stay.pk}/"):
            page = text(client.get(path))
            assert {each for each in everything if each in page} == set(shown.get(who, ())), (who, path)


def test_a_place_outside_is_a_404_and_inside_it_narrows(world: Cast, hotel: Mandate) -> None:
    house.check_in(hotel)
    house.check_in(house.host(world, area=GETAS, name="Lain"), names="Other Guest", document_number="Z1")
    kudus = cast.sign_in(world.kudus)
    assert kudus.get("/stays/").context["page"].paginator.count == 2
    assert kudus.get(f"/stays/?area={GETAS}").context["page"].paginator.count == 1
    for code in ("33.21", "33", "ID", "nonsense", cast.PATI):
        assert kudus.get(f"/stays/?area={code}").status_code == 404, code
    assert cast.sign_in(world.bakalan).get(f"/stays/?area={GETAS}").status_code == 404


def test_that_it_was_read_is_noted_without_a_name(world: Cast, hotel: Mandate) -> None:
    stay = house.check_in(hotel)
    client = cast.sign_in(world.kaliwungu)
    client.get(f"/stays/?area={BAKALAN}")
    client.get(f"/stays/{stay.pk}/")
    entries = Entry.objects.filter(action__in=("guests.opened", "stay.viewed")).order_by("number")
    assert [(e.area, e.subject, e.detail) for e in entries] == [
        (BAKALAN, f"area:{BAKALAN}", ""), (BAKALAN, f"stay:{stay.pk}", ""),
    ]  # fmt: skip


def test_who_has_left_is_no_guest_today(world: Cast, hotel: Mandate) -> None:
    house.check_in(hotel, on=house.ago(2)).check_out(by=hotel, on=house.ago(1))
    assert cast.sign_in(world.kudus).get("/stays/").context["page"].paginator.count == 0


def test_an_officer_says_who_a_guest_is_not(world: Cast, hotel: Mandate) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    stay = house.check_in(
        hotel, names="LIN YI-CHUN", nationality="TWN", birth_date="1990-05-03", document_issuer="TWN",
        document_number="A1234567",
    )  # fmt: skip
    for who in (world.bakalan, world.labour, hotel):
        assert cast.sign_in(who).post(f"/stays/{stay.pk}/identity/").status_code == 404
    assert cast.sign_in(world.kaliwungu).post(f"/stays/{stay.pk}/identity/").status_code == 303
    assert Entry.objects.filter(action="stay.decided").count() == 1
    assert Stay.objects.get().guests.get(known_until=None).person_number is None


def test_the_lodging_reads_its_own_and_how_many_pages_the_database_is_asked(
    world: Cast, hotel: Mandate, desk: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        house.check_in(hotel, names=f"Guest {'ABCDEFGHIJKL'[number]}", document_number=f"Z{number}")
    with django_assert_max_num_queries(12):
        assert "Guest L" in text(desk.get("/"))
    kudus = cast.sign_in(world.kudus)
    with django_assert_max_num_queries(15):  # PostgreSQL prepares a statement or two at its first use
        kudus.get("/stays/")
