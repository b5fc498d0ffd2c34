"""The demo's invented world: the same on every machine, plausible, and told through everyday's verbs."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests import cast
from tests.pages import text
from timpora.areas import listing, loading
from timpora.areas.codes import Level, at, within
from timpora.desk.world import people, story
from timpora.desk.world.elsewhere import ELSEWHERE, FIRST_NUMBER, TERMS, elsewhere
from timpora.desk.world.people import Resident
from timpora.registry import nations, papers, permits
from timpora.registry.models import Employment, FamilyLink, Person, StayPermit
from timpora.team.models import Mandate

TODAY = date(2026, 11, 25)
VILLAGES = {regency: [f"{regency}.01.2001", f"{regency}.02.2002"] for regency in ELSEWHERE}
KUDUS = people.of_kudus(TODAY)
EVERYBODY = [*KUDUS, *elsewhere(VILLAGES, TODAY)]
WORKERS = [each for each in EVERYBODY if each.values.get("work_area")]


def said(resident: Resident, field: str) -> str:
    return str(resident.values.get(field, ""))


def day(resident: Resident, field: str) -> date:
    return date.fromisoformat(said(resident, field))


def test_forty_eight_people_live_in_six_districts_of_kudus() -> None:
    assert len(KUDUS) == 48
    assert {at(Level.DISTRICT, each.village) for each in KUDUS} == {
        f"33.19.{district}" for district in ("01", "02", "03", "07", "08", "09")
    }


def test_it_is_the_same_on_every_machine() -> None:
    code = "from tests.desk.test_world import EVERYBODY; print(EVERYBODY)"
    told = {
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {code}"], check=True,
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1 and len(told.pop()) > 10_000


def test_nobody_has_the_number_of_somebody_else() -> None:
    for field in ("document_number", "permit_number"):
        numbers = Counter(said(each, field) for each in EVERYBODY if said(each, field))
        assert len(numbers) > 200 and max(numbers.values()) == 1
    assert len(KUDUS) < FIRST_NUMBER


def test_what_is_said_of_everybody_can_be_so() -> None:
    for each in EVERYBODY:
        values = each.values
        assert papers.faults(values) == {}, values
        assert nations.name(values["nationality"], "id") != values["nationality"]
        index = permits.find(said(each, "permit_index"))
        # An ITAP has no index of its own in the table; it is grown from an ITAS.
        assert said(each, "permit_kind") in (index.kind if index else "", "ITAP", "OTHER", "REFUGEE"), values
        if values["permit_kind"] in TERMS:
            term = timedelta(days=TERMS[values["permit_kind"]])
            assert TODAY < day(each, "permit_until") <= each.arrived_on + term, values


def test_family_and_given_names_are_parts_of_the_printed_name() -> None:
    divided = [each for each in EVERYBODY if said(each, "family")]
    assert Counter(each in KUDUS for each in divided)[True] == 33
    for each in divided:
        family, given = each.values["family"], each.values["given"]
        assert f"{family} {given}" in each.values["names"] or f"{given} {family}" in each.values["names"]
        letters = [letter for letter in family + given if letter.isalpha()]
        assert all(unicodedata.name(letter).startswith("LATIN") for letter in letters)


def test_names_in_one_line_of_the_passport_are_not_taken_apart() -> None:
    whole = {each.values["names"] for each in KUDUS if not said(each, "family")}
    assert len(whole) == 15
    assert {"Suresh", "Ólafur Jónsson", "Fatimah binti Hassan", "R. K. Subramaniam"} < whole
    assert {each.values["nationality"] for each in EVERYBODY[48:] if not said(each, "family")} == {
        "MYS",
        "YEM",
    }


def test_workers_have_an_employer_a_place_and_a_plan_that_began_before_they_came() -> None:
    assert Counter(within(each.village, "33.19") for each in WORKERS) == {True: 17, False: 34}
    for each in WORKERS:
        values = each.values
        assert (values["permit_kind"], values["purpose"]) == ("ITAS", "bekerja")
        assert values["permit_number"] and values["job"] and values["guarantor"] == values["employer"]
        assert day(each, "rptka_from") <= each.arrived_on
        assert values["rptka_until"] == values["permit_until"]
        assert day(each, "rptka_until") - day(each, "rptka_from") < timedelta(days=730)
    # Not everything is known of everybody.
    assert any(said(each, "employer") and not said(each, "work_area") for each in KUDUS)


def test_visitors_came_while_their_visa_let_them_in() -> None:
    visitors = [each for each in EVERYBODY if each.values["permit_kind"] == "ITK"]
    assert {said(each, "permit_index") for each in visitors} == {"B1", "C2", "C6", "D2"}
    assert all(day(each, "visa_until") >= each.arrived_on for each in visitors)
    # Most visas have been used up by coming; one for several entries still lets its holder in.
    assert {day(each, "visa_until") > TODAY for each in visitors} == {True, False}


def test_children_live_with_the_parent_they_came_with() -> None:
    children = [each for each in KUDUS if said(each, "parent")]
    assert len(children) == 3
    for child in children:
        (parent,) = [each for each in KUDUS if each.values["names"] == child.values["parent"]]
        assert KUDUS.index(parent) < KUDUS.index(child)
        assert (parent.village, parent.arrived_on) == (child.village, child.arrived_on)
        for shared in ("address", "permit_kind", "permit_until"):
            assert parent.values[shared] == child.values[shared]
        assert child.values["guarantor"] == parent.values["names"]
        assert child.values["birth_date"] > "2008-11-25" and child.values["permit_index"] == "E31B"


# --- told -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world in the database as of noon: its seven regencies alone, with few people outside Kudus."""
    noon = time_machine.travel(datetime(2026, 11, 25, 5, 0, tzinfo=UTC), tick=True)
    places, few = ("33.19", *ELSEWHERE), dict.fromkeys(ELSEWHERE, 4)
    with noon, pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        for regency, number in few.items():
            patch.setitem(ELSEWHERE, regency, number)
        loading.load(listing.narrowed(listing.official(), places), only=places)
        story.tell()
        yield
        transaction.set_rollback(True)


def page_of(account: str, resident: Resident) -> str:
    """What an account's browser shows of somebody."""
    person = Person.objects.get(names=resident.values["names"], birth_date=resident.values["birth_date"])
    reader = Mandate.objects.get(user__username=account)
    return " ".join(text(cast.sign_in(reader).get(f"/people/{person.pk}/")).split())


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_everybody_is_settled_with_what_was_said() -> None:
    kudus = Person.objects.living_in(("33.19",))
    assert (kudus.count(), Person.objects.count()) == (48, 48 + 4 * len(ELSEWHERE))
    planned = Employment.objects.exclude(rptka_from="").exclude(rptka_until="").exclude(work_area="")
    assert planned.filter(person__in=kudus).count() == 17
    assert StayPermit.objects.filter(person__in=kudus).exclude(number="").count() == 45
    assert StayPermit.objects.get(person__in=kudus, index="C6").visa_until == "2026-11-05"
    assert FamilyLink.objects.count() == 3
    assert kudus.exclude(family="").count() == 33


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_a_childs_page_leads_to_the_parent_and_back() -> None:
    child = next(each for each in KUDUS if said(each, "parent"))
    parent = next(each for each in KUDUS if each.values["names"] == said(child, "parent"))
    for one, label, other in ((child, "Orang tua", parent), (parent, "Anak", child)):
        page = page_of("kabupaten", one)
        assert f"<dt>{label}</dt>" in page and f"<bdi>{other.values['names']}</bdi></a>" in page
        assert other.values["names"] not in page_of("kec-33.19.02", one)


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_a_workers_page_has_plan_place_and_a_masked_number() -> None:
    lin = KUDUS[0]
    page = page_of("kabupaten", lin)
    for words in (
        "Bekerja di Kaliwungu – Kab. Kudus",
        "RPTKA sejak 24 Juni 2026",
        "PT Muria Jaya",
        "9X••••00",
    ):
        assert words in page
        assert words == "PT Muria Jaya" or words not in page_of("desa", lin)
    assert lin.values["permit_number"] not in page
