"""Correcting a value: a new statement, the old one stays; nothing is saved over something newer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import counts, plain
from timpora.registry.models import Person, Request, Statement

pytestmark = pytest.mark.django_db
TOMORROW = cast.TODAY + timedelta(days=1)


def form(mandate: Any, person: Person, **changed: str) -> tuple[Any, dict[str, str]]:
    """A browser with the form open, and the fields as it would send them."""
    client = cast.sign_in(mandate)
    answer = client.get(f"/people/{person.pk}/corrections/new/")
    assert answer.status_code == 200
    shown = answer.context["form"]
    data: dict[str, str] = {}
    for field in shown:
        value = field.value()
        if type(field.field.widget).__name__ == "DateParts":
            parts = [part or "" for part in field.field.widget.decompress(value)]
            data |= {
                f"{field.html_name}_{part}": said
                for part, said in zip(("day", "month", "year"), parts, strict=True)
            }
        else:
            data[field.html_name] = "" if value is None else str(value)
    return client, {**data, "reason": "seen in the passport", **changed}


def send(mandate: Any, person: Person, **changed: str) -> Any:
    client, data = form(mandate, person, **changed)
    return client.post(f"/people/{person.pk}/corrections/new/", data)


def test_a_corrected_name_is_shown_with_its_source_and_the_old_one_stays(world: Cast, lin: Person) -> None:
    assert send(world.kudus, lin, names="LIN YI CHUN")["Location"] == f"/people/{lin.pk}/"
    lin.refresh_from_db()
    assert lin.names == "LIN YI CHUN"
    said = [statement.values.get("names") for statement in lin.statements.in_order()]
    assert said == ["Lin Yi-Chun", "LIN YI CHUN"]
    assert "pembetulan petugas" in text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/")).lower()


def test_a_correction_outlasts_later_reports(world: Cast, lin: Person) -> None:
    send(world.kudus, lin, birth_date_day="4")
    report(world.bakalan, again=True, **PASSPORT).confirm(by=world.kaliwungu)
    lin.refresh_from_db()
    assert lin.birth_date == "1990-05-04"


def test_the_ledger_names_the_fields_and_keeps_the_reason_apart(world: Cast, lin: Person) -> None:
    send(world.kudus, lin, names="LIN YI CHUN", sex="X")
    entry = Entry.objects.get(action="person.corrected")
    assert (entry.fields, entry.subject, entry.area) == ("names,sex", f"person:{lin.pk}", cast.BAKALAN)
    assert entry.values == {"reason": "seen in the passport"}


def test_a_corrected_end_of_stay_keeps_the_permit_whole(world: Cast, lin: Person) -> None:
    send(world.kudus, lin, permit_until_day="10", permit_until_month="12", permit_until_year="2027")
    lin.refresh_from_db()
    assert lin.permit_until == "2027-12-10"
    newest = lin.permits.newest_first().first()
    assert newest is not None
    assert (newest.kind, newest.until) == ("ITAS", "2027-12-10")
    assert newest.statement.source == Statement.Source.OFFICER


def correct_end(by: Any, person: Person, until: str) -> None:
    year, month, day = until.split("-")
    done = send(by, person, permit_until_day=day, permit_until_month=month, permit_until_year=year)
    assert done.status_code in (302, 303)


@pytest.mark.parametrize("number", ["", "2C41JE1234"])
def test_a_permit_corrected_twice_is_one_permit_with_the_end_said_last(world: Cast, number: str) -> None:
    sent = report(world.bakalan, **PASSPORT, permit_until="2027-10-01", permit_number=number)
    sent.confirm(by=world.kaliwungu)
    lin = sent.person
    assert lin is not None
    for until in ("2028-10-01", "2026-12-10"):
        correct_end(world.kudus, lin, until)
    lin.refresh_from_db()
    assert [permit.until for permit in lin.permits.all()] == [lin.permit_until] == ["2026-12-10"]
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    permits = page[page.index('id="permits"') :].split("</section>")[0]
    assert "10 Desember 2026" in permits and "2027" not in permits and "2028" not in permits
    told = page[page.index('id="lines"') :]
    assert "1 Oktober 2027" in told and "1 Oktober 2028" in told and "10 Desember 2026" in told


def test_a_report_of_the_same_number_renews_the_permit_and_another_number_is_another(
    world: Cast, lin: Person
) -> None:
    def reported(number: str, until: str) -> None:
        said = {**PASSPORT, "permit_number": number, "permit_until": until}
        report(world.bakalan, again=True, on=TOMORROW, **said).confirm(by=world.kaliwungu)

    for number, until in (("2C41 1", "2027-01-01"), ("2C411", "2028-01-01"), ("2C41 2", "2029-01-01")):
        reported(number, until)
    ends = ["2029-01-01", "2028-01-01", "2026-12-10"]
    assert [permit.until for permit in lin.permits.newest_first()] == ends
    correct_end(world.kudus, lin, "2030-01-01")
    assert [permit.until for permit in lin.permits.newest_first()] == ["2030-01-01", *ends[1:]]


def test_a_later_permit_without_a_number_stays_beside_the_corrected_one(world: Cast, lin: Person) -> None:
    correct_end(world.kudus, lin, "2027-12-10")
    for until in ("2026-12-10", "2029-01-01"):
        sent = report(world.bakalan, again=True, on=TOMORROW, **PASSPORT, permit_until=until)
        sent.confirm(by=world.kaliwungu)
        lin.refresh_from_db()
        assert lin.permits.newest_first()[0].until == lin.permit_until
    assert [permit.until for permit in lin.permits.newest_first()] == ["2029-01-01", "2026-12-10"]


@pytest.mark.parametrize(
    ("who", "seat"),
    [
        ("kudus", "Kesbangpol Kabupaten Kudus"),
        ("kaliwungu", "Kecamatan Kaliwungu"),
        ("immigration", "Kantor Imigrasi Semarang"),
    ],
)
def test_a_correction_names_the_office_of_the_post_that_made_it(
    world: Cast, lin: Person, who: str, seat: str
) -> None:
    send(getattr(world, who), lin, names="LIN YI CHUN")
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    assert f"pembetulan petugas, {seat} ·" in page
    assert "Bakalankrapyak ·" not in page.partition("pembetulan petugas")[2].partition("</div>")[0]


def test_many_corrections_cost_the_page_no_more_questions_than_one(world: Cast, lin: Person) -> None:
    reader = cast.sign_in(world.immigration)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            reader.get(f"/people/{lin.pk}/")
        return len(queries)

    send(world.kudus, lin, names="LIN YI CHUN")
    asked()
    one = asked()
    send(world.kaliwungu, lin, names="LIN Y. C.")
    send(world.immigration, lin, purpose="study", job="welder")
    assert asked() <= one


def test_a_corrected_address_moves_nobody(world: Cast, lin: Person) -> None:
    send(world.kaliwungu, lin, address="RT 09/RW 01")
    home = Person.objects.get(pk=lin.pk).home
    assert home is not None
    assert (home.address, home.area_id) == ("RT 09/RW 01", cast.BAKALAN)
    assert counts("33.19") == plain("33.19")


def test_figures_follow_a_corrected_sex_and_permit(world: Cast, lin: Person) -> None:
    send(world.kudus, lin, sex="M", permit_kind="ITAP")
    assert counts("33") == plain("33")
    assert counts("33").people == 1


def test_a_district_corrects_only_what_it_sees(world: Cast, lin: Person) -> None:
    _client, data = form(world.kaliwungu, lin)
    assert {"names", "nationality", "address", "purpose"} <= set(data)
    assert not {"permit_kind", "employer", "sex"} & set(data)
    send(world.kaliwungu, lin, names="Lin Chun", permit_kind="ITAP", employer="other")
    lin.refresh_from_db()
    assert (lin.names, lin.permit_kind) == ("Lin Chun", "ITAS")


def test_a_stale_form_is_answered_with_both_versions_and_nothing_is_saved(world: Cast, lin: Person) -> None:
    client, data = form(world.kudus, lin, names="Lin Kudus")
    send(world.kaliwungu, lin, names="Lin Kaliwungu")
    answer = client.post(f"/people/{lin.pk}/corrections/new/", data)
    assert answer.status_code == 409
    page = text(answer)
    assert "Lin Kudus" in page
    assert "Lin Kaliwungu" in page
    assert Person.objects.get(pk=lin.pk).names == "Lin Kaliwungu"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "tidak boleh kosong"),
        ({"names": ""}, "tidak dapat dikosongkan"),
        ({"names": "x" * 10_000}, "200"),
        ({"nationality": "Atlantis"}, "bahasa Indonesia atau Inggris"),
        ({"nationality": "Indonesia"}, "menjadi WNI"),
        ({"birth_date_year": "2031"}, "masa depan"),
        ({"birth_date_year": "1850"}, "1900"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "tidak ada dalam kalender"),
        ({"visa_until_year": "1850"}, "1900"),
        ({"rptka_from_year": "2027", "rptka_until_year": "2026"}, "mendahului"),
        ({"work_area": "Atlantis"}, "Tidak ada wilayah"),
        ({"work_area": "x" * 10_000}, "10000"),
        ({"family": "x" * 10_000}, "10000"),
        ({"parent": "x" * 10_000}, "10000"),
        ({"parent": "Lin Yi-Chun"}, "bukan orang tua bagi dirinya"),
        ({"parent": "R-999999"}, "wilayah lain"),
        ({}, "sudah tercatat demikian"),
        ({"seen": "x"}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    world: Cast, lin: Person, changed: dict[str, str], sentence: str
) -> None:
    answer = send(world.kudus, lin, **changed)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert lin.statements.count() == 1
    assert not Entry.objects.filter(action="person.corrected").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"names": ""}, "names"),
        ({"nationality": "IDN"}, "nationality"),
        ({"visa_until": "1850-01-01"}, "visa_until"),
        ({"rptka_from": "2027", "rptka_until": "2026"}, "rptka_until"),
    ],
)
def test_the_verb_itself_refuses_what_can_not_be(
    world: Cast, lin: Person, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        lin.correct(by=world.kudus, values=values, reason="Dilihat", seen=lin.newest_statement)
    assert refused.value.field == field
    assert lin.statements.count() == 1


def test_a_name_of_any_script_is_taken(world: Cast, lin: Person) -> None:
    assert send(world.kudus, lin, names="محمد 🙂").status_code == 302
    lin.refresh_from_db()
    assert lin.names == "محمد 🙂"


def test_work_plan_and_names_are_corrected_with_their_source(world: Cast, lin: Person) -> None:
    answer = send(world.kudus, lin, work_area="Bakalankrapyak", rptka_from_year="2026", rptka_from_month="2",
                  rptka_until_year="2027", visa_until_year="2027", family="LIN", given="YI CHUN")  # fmt: skip
    assert answer.status_code == 302
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    for words in ("Bekerja di Bakalankrapyak – Kec. Kaliwungu", "RPTKA sejak Februari 2026 sampai 2027",
                  "Visa (batas waktu masuk) sampai 1 Maret 2027", "YI CHUN"):  # fmt: skip
        after = page[page.index(words) :]
        assert "pembetulan petugas" in after[: after.index("</dd>")].lower()
    # What stands there already needs no reading anew, even where it was said in other words.
    assert send(world.kudus, lin, job="supervisor").status_code == 302


@pytest.mark.parametrize("written", ["XXA", "Tanpa kewarganegaraan", "Kosovo (XKX)", "D", "Hong Kong"])
def test_a_nationality_may_be_one_that_no_iso_list_has(world: Cast, lin: Person, written: str) -> None:
    assert send(world.kudus, lin, nationality=written).status_code == 302
    lin.refresh_from_db()
    assert lin.nationality in ("XXA", "XKX", "DEU", "HKG")


def test_a_parent_is_linked_by_a_correction_that_later_reports_do_not_undo(world: Cast, lin: Person) -> None:
    child = _child(world, parent="Ibu Lin")
    assert send(world.kudus, child, parent=lin.register_number).status_code == 302
    assert list(child.family_links.values_list("parent", flat=True)) == [lin.pk]
    sent = report(world.bakalan, again=True, names="Lin Xiao-Bao", birth_date="2019-01-01", parent="Ibu Lin")
    sent.confirm(by=world.kaliwungu)
    assert list(child.family_links.values_list("parent", flat=True)) == [lin.pk]
    # The other way round they can not be linked as well.
    answer = send(world.kudus, lin, parent=child.register_number)
    assert answer.status_code == 400
    assert "tercatat sebagai anak" in text(answer)


def test_a_parent_out_of_sight_stays_linked_and_unnamed_by_number(world: Cast, lin: Person) -> None:
    child = _child(world, parent=f"Lin Yi-Chun ({lin.register_number})")
    moved = report(world.demak, kind="arrived", on=cast.TODAY.replace(day=25), **PASSPORT)
    moved.confirm(by=world.demak_district)
    page = text(cast.sign_in(world.kudus).get(f"/people/{child.pk}/corrections/new/"))
    assert 'value="Lin Yi-Chun"' in page and lin.register_number not in page
    assert send(world.kudus, child, family="LIN").status_code == 302
    assert list(child.family_links.values_list("parent", flat=True)) == [lin.pk]


def _child(world: Cast, *, parent: str) -> Person:
    sent = report(world.bakalan, names="Lin Xiao-Bao", birth_date="2019-01-01", parent=parent)
    sent.confirm(by=world.kaliwungu)
    assert sent.person is not None
    return sent.person


def test_what_a_person_asked_for_leads_back_to_the_request_once_it_is_corrected(
    world: Cast, lin: Person
) -> None:
    asked = Request.objects.make(
        by=world.kudus, person=lin, kind="correction", said={"words": "YI CHUN, no dash"}, cause="post:1"
    )
    client, data = form(world.kudus, lin, names="LIN YI CHUN")
    door = f"/people/{lin.pk}/corrections/new/?request={asked.pk}"
    assert f'href="{door}"' in text(client.get(f"/requests/{asked.pk}/"))
    page = text(client.get(door))
    assert page.count(f'href="/requests/{asked.pk}/"') == 2  # the crumb, and the way out without saving
    assert client.post(door, data | {"names": ""}).status_code == 400
    assert client.post(door, data)["Location"] == f"/requests/{asked.pk}/"
    lin.refresh_from_db()
    assert lin.names == "LIN YI CHUN"
    stale = text(client.post(door, data | {"names": "LIN YICHUN"}))
    assert f'href="{door}"' in stale  # both versions, and from there on to the same request


def test_a_request_of_somebody_else_is_not_what_a_correction_answers(world: Cast, lin: Person) -> None:
    report(world.bakalan, names="Zyxwa Quorl").confirm(by=world.kaliwungu)
    other = Person.objects.latest("pk")
    asked = Request.objects.make(
        by=world.kudus, person=other, kind="correction", said={"words": "my name"}, cause="post:1"
    )
    client = cast.sign_in(world.kudus)
    for number in (str(asked.pk), "0", "x"):
        assert client.get(f"/people/{lin.pk}/corrections/new/?request={number}").status_code == 404
