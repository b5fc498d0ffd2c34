"""Reports on somebody who is registered: still here, moved, left, not found, written wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, PRAMBATAN, Cast, report
from tests.pages import text
from timpora.recaps.counting import counts
from timpora.registry.models import Person
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(world: Cast) -> Person:
    report(world.bakalan, on=date(2026, 11, 10), **PASSPORT).confirm(by=world.kaliwungu)
    found: Person = Person.objects.get()
    return found


def tell(world: Cast, person: Person, kind: str, on: str = "2026-11-20", **more: str) -> Any:
    given = {"sent_id": str(uuid4()), "event_on": on} | more
    return cast.sign_in(world.bakalan).post(f"/reports/new/?person={person.pk}&kind={kind}", given)


def confirmed(world: Cast) -> Report:
    """The newest report, confirmed."""
    newest: Report = Report.objects.order_by("-pk")[0]
    newest.confirm(by=world.kaliwungu)
    return newest


def people(*codes: str) -> list[int]:
    return [counts(code).people for code in codes]


def test_the_resident_is_chosen_first_then_what_happened(world: Cast, lin: Person) -> None:
    page = text(cast.sign_in(world.bakalan).get(f"/reports/new/?person={lin.pk}"))
    assert "Lin Yi-Chun" in page
    for kind in ("present", "moved", "left", "not_found", "correction"):
        assert f"?person={lin.pk}&amp;kind={kind}" in page


@pytest.mark.parametrize("by", ["prambatan", "getas", "jati", "demak_regency"])
def test_only_ones_own_residents_are_found(world: Cast, lin: Person, by: str) -> None:
    client = cast.sign_in(world.everyone()[by])
    assert client.get(f"/reports/new/?person={lin.pk}").status_code == 404
    given = {"sent_id": str(uuid4()), "event_on": "2026-11-20"}
    assert client.post(f"/reports/new/?person={lin.pk}&kind=not_found", given).status_code == 404
    assert client.get("/reports/new/?person=x").status_code == 404
    assert Report.objects.count() == 1


def test_left_ends_the_residence_once_confirmed(world: Cast, lin: Person) -> None:
    assert tell(world, lin, "left", left="abroad").status_code == 303
    assert people(BAKALAN) == [1]
    confirmed(world)
    assert people(BAKALAN, "ID") == [0, 0]
    assert cast.sign_in(world.bakalan).get(f"/reports/new/?person={lin.pk}").status_code == 404


def test_moved_inside_the_village_keeps_the_count_and_takes_the_new_address(world: Cast, lin: Person) -> None:
    tell(world, lin, "moved", destination=BAKALAN, address="kos Ibu Wati")
    confirmed(world)
    assert people(BAKALAN) == [1]
    assert Person.objects.get().home.address == "kos Ibu Wati"  # type: ignore[union-attr]


def test_moved_to_another_village_counts_there_only_by_its_own_report(world: Cast, lin: Person) -> None:
    tell(world, lin, "moved", destination=f"Getas Pejaten ({GETAS})", address="somewhere")
    sent = confirmed(world)
    assert "address" not in sent.values
    assert people(BAKALAN, GETAS, "ID") == [0, 0, 0]


def test_not_found_twice_ends_the_residence_once_only_notes_it(world: Cast, lin: Person) -> None:
    tell(world, lin, "not_found", on="2026-11-15")
    confirmed(world)
    assert people(BAKALAN) == [1]
    tell(world, lin, "not_found", on="2026-11-20")
    confirmed(world)
    assert people(BAKALAN) == [0]


def test_still_here_is_evidence_and_no_second_person(world: Cast, lin: Person) -> None:
    tell(world, lin, "present", on="2026-11-22")
    confirmed(world)
    assert Person.objects.get().home.evidenced_on == date(2026, 11, 22)  # type: ignore[union-attr]
    assert people(BAKALAN) == [1]


def test_a_correction_changes_what_is_named_and_unconfirmed_it_is_as_before(world: Cast, lin: Person) -> None:
    tell(world, lin, "correction", names="Lin Yi-Jun", address="mess, RT 04")
    sent = confirmed(world)
    person = Person.objects.get()
    assert (person.names, person.nationality, person.home.address) == ("Lin Yi-Jun", "TWN", "mess, RT 04")  # type: ignore[union-attr]
    sent.unconfirm(by=world.kaliwungu, reason="keliru")
    person = Person.objects.get()
    assert (person.names, person.home.address) == ("Lin Yi-Chun", "mess PT Muria Jaya, RT 02/RW 03")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "changed", "field", "sentence"),
    [
        ("left", {"on": "2026-11-09", "left": "abroad"}, "event_on", "mulai tinggal"),
        ("moved", {"on": "2026-11-09", "destination": PRAMBATAN}, "event_on", "mulai tinggal"),
        ("not_found", {"on": "2026-11-09"}, "event_on", "mulai tinggal"),
        ("left", {"on": "2026-12-09", "left": "abroad"}, "event_on", "belum tiba"),
        ("left", {"on": "", "left": "abroad"}, "event_on", "tidak boleh kosong"),
        ("left", {}, "left", "tidak boleh kosong"),
        ("moved", {}, "destination", "tidak boleh kosong"),
        ("moved", {"destination": "Qwxyz"}, "destination", ""),
        ("correction", {}, "__all__", "sedikitnya satu"),
        ("correction", {"nationality": "Wakanda"}, "nationality", "Maksud Anda"),
        ("correction", {"nationality": "Indonesia"}, "nationality", "kewarganegaraan ganda"),
        ("correction", {"permit_kind": "DIPLOMATIC"}, "permit_kind", "Pasal 73"),
        ("correction", {"document_number": "X1"}, "document_kind", "Pilih dokumen"),
        ("correction", {"birth_date_year": "1850"}, "birth_date", "1900"),
    ],
)
def test_what_can_not_be_so_is_refused_beside_its_field(
    world: Cast, lin: Person, kind: str, changed: dict[str, str], field: str, sentence: str
) -> None:
    answer = tell(world, lin, kind, **changed)
    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert sentence in " ".join(errors[field])
    assert Report.objects.count() == 1


def test_a_correction_to_a_document_of_somebody_else_is_not_a_fault_of_the_program(
    world: Cast, lin: Person
) -> None:
    report(world.prambatan, names="Thiha", nationality="MMR", birth_date="1980").confirm(by=world.kaliwungu)
    thiha = Person.objects.get(names="Thiha")
    given = {"sent_id": str(uuid4()), "event_on": "2026-11-24", "document_kind": "passport",
             "document_issuer": "Taiwan", "document_number": "A1234567"}  # fmt: skip
    cast.sign_in(world.prambatan).post(f"/reports/new/?person={thiha.pk}&kind=correction", given)
    sent = Report.objects.order_by("-pk")[0]
    answer = cast.sign_in(world.kaliwungu).post(f"/reports/{sent.pk}/confirmation/")
    assert answer.status_code == 400
    assert "perlu klarifikasi" in text(answer)
    sent.refresh_from_db()
    assert sent.state == Report.State.SUBMITTED
