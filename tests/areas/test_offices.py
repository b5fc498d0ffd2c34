"""An office, its jurisdiction and its settings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from timpora.areas import office_file
from timpora.areas.models import Area, Jurisdiction, Office, office_of
from timpora.areas.refusals import AreaRefusal
from timpora.ledger import book
from timpora.ledger.models import Entry


def refused(verb: Callable[[], object]) -> AreaRefusal:
    entries = Entry.objects.count()
    with pytest.raises(AreaRefusal) as caught:
        verb()
    assert Entry.objects.count() == entries
    return caught.value


def other(**fields: object) -> Office:
    given = {
        "name": "Kantor Imigrasi Pati",
        "office_class": "Kelas I Non TPI",
        "province_id": "33",
        "city": "Pati",
    }
    return Office.objects.open(
        by=book.SYSTEM, code="kanim-pati", **({"letterhead": "Kementerian"} | given | fields)
    )


def test_the_office_of_a_village_is_that_of_its_kabupaten(office: Office) -> None:
    for code in ("33.19", "33.19.01", "33.19.01.2001"):
        assert office_of(code) == office
    assert office_of("33.18.01") is None
    assert office_of("33") is None
    assert office_of("ID") is None


def test_opening_an_office_enters_the_office_and_each_jurisdiction(office: Office) -> None:
    acts = Entry.objects.filter(subject="office:kanim-semarang").values_list("action", "area")
    assert sorted(acts) == [("office.assigned", "33.19"), ("office.opened", "33")]


def test_a_kabupaten_has_one_office_at_a_time(office: Office) -> None:
    pati = other()
    assert refused(lambda: pati.assign(by=book.SYSTEM, area="33.19")).code == "other_office"
    office.release(by=book.SYSTEM, area="33.19")
    pati.assign(by=book.SYSTEM, area="33.19")
    assert office_of("33.19.01.2001") == pati
    assert office.codes == ()


def test_the_database_itself_refuses_a_second_office(office: Office) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Jurisdiction.objects.create(office=other(), area_id="33.19", since=office.today)


@pytest.mark.parametrize("code", ["33", "33.19.01", "99.99", "", "x"])
def test_an_office_answers_for_kabupaten_and_kota_only(office: Office, code: str) -> None:
    assert refused(lambda: office.assign(by=book.SYSTEM, area=code)).code == "not_a_regency"


def test_a_jurisdiction_that_is_not_held_cannot_end(office: Office) -> None:
    assert refused(lambda: office.release(by=book.SYSTEM, area="33.18")).code == "not_its_area"


def test_a_changed_setting_is_entered_by_name_and_its_values_stay_erasable(office: Office) -> None:
    office.change(by=book.SYSTEM, due_day=7, name="Kantor Imigrasi Kelas I Khusus TPI Semarang")
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.fields) == ("office.changed", "due_day,name")
    assert entry.values["due_day"] == ["5", "7"]
    assert Office.objects.get().due_day == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("due_day", 31),
        ("due_day", 0),
        ("silent_days", 0),
        ("suppress_below", 21),
        ("verifying_tiers", ""),
        ("verifying_tiers", "village"),
        ("verifying_tiers", "regency,district"),
        ("verifying_tiers", "district,district"),
        ("timezone", "Europe/Berlin"),
        ("name", ""),
        ("letterhead", "x" * 91),
        ("letterhead", "\n".join("abcdefg")),
    ],
)
def test_a_setting_out_of_bounds_is_refused_beside_its_field(
    office: Office, name: str, value: object
) -> None:
    before = Office.objects.values().get()
    assert refused(lambda: office.change(by=book.SYSTEM, **{name: value})).field == name
    assert Office.objects.values().get() == before


def test_a_letterhead_as_large_as_a_print_has_room_for_is_kept_as_its_lines(office: Office) -> None:
    office.change(by=book.SYSTEM, letterhead="\r\n\r\n".join([" " + "x" * 90 + " "] * 6))
    assert Office.objects.get().letterhead == "\n".join(["x" * 90] * 6)
    assert refused(lambda: other(letterhead="x" * 10_000)).field == "letterhead"


def test_the_code_of_an_office_never_changes(office: Office) -> None:
    assert refused(lambda: office.change(by=book.SYSTEM, code="other")).code == "unknown_setting"


def test_a_change_that_changes_nothing_is_refused(office: Office) -> None:
    assert refused(lambda: office.change(by=book.SYSTEM, due_day=5)).code == "nothing_changed"


def test_the_verifying_tiers_are_read_in_order(office: Office) -> None:
    assert office.tiers == ("district",)
    office.change(by=book.SYSTEM, verifying_tiers="district, regency")
    assert office.tiers == ("district", "regency")


def test_a_code_in_use_is_refused(office: Office) -> None:
    again = {"name": "x", "office_class": "x", "province_id": "33", "city": "x", "letterhead": "x"}
    assert (
        refused(lambda: Office.objects.open(by=book.SYSTEM, code="kanim-semarang", **again)).code
        == "office_exists"
    )


def test_every_setting_that_is_a_number_names_its_source() -> None:
    for field in Office._meta.concrete_fields:
        if field.get_internal_type() == "PositiveSmallIntegerField":
            assert any(word in str(field.help_text) for word in ("Practice", "UU", "Praktik")), field.name


def test_a_file_of_offices_is_loaded_and_its_changes_follow(kudus: None, tmp_path: Path) -> None:
    file = tmp_path / "offices.json"
    row = {
        "code": "kanim-pati",
        "name": "Kantor Imigrasi Pati",
        "office_class": "Kelas I Non TPI",
        "province": "33",
        "city": "Pati",
        "letterhead": ["Kementerian", "Kantor"],
        "jurisdiction": ["33.18"],
        "since": "2025-03-07",
    }
    file.write_text(json.dumps([row]), encoding="utf-8")
    call_command("offices", "load", str(file))
    office = Office.objects.get()
    assert office.letterhead_lines == ["Kementerian", "Kantor"]
    assert str(office.jurisdictions.get().since) == "2025-03-07"
    file.write_text(json.dumps([row | {"due_day": 10}]), encoding="utf-8")
    assert office_file.load(file) == ["kanim-pati: due_day"]
    assert office_file.load(file) == []


@pytest.mark.parametrize("text", ["", "{}", '[{"name": "x"}]', "[1]", "\ufeff["])
@pytest.mark.django_db
def test_a_broken_file_of_offices_is_one_line_not_a_traceback(tmp_path: Path, text: str) -> None:
    file = tmp_path / "offices.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"offices\.json"):
        call_command("offices", "load", str(file))


def test_a_file_with_one_bad_office_opens_none(kudus: None, tmp_path: Path) -> None:
    good = {"name": "A", "office_class": "x", "province": "33", "city": "x", "letterhead": "x"}
    file = tmp_path / "offices.json"
    file.write_text(json.dumps([good | {"code": "a"}, good | {"code": "b", "due_day": 99}]), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("offices", "load", str(file))
    assert not Office.objects.exists()


def test_an_office_keeps_the_time_of_its_place(office: Office) -> None:
    assert office.today == Area.objects.get(code="33").today
