"""Reporting somebody new at the HTTP edge: what is taken, what is refused in which words, what is kept."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tests import cast
from tests.cast import BAKALAN, GETAS, JEPARA, PRAMBATAN, Cast, report
from tests.pages import text
from tests.reports.conftest import filled, only, send
from timpora.areas.models import Area
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.registry import nations
from timpora.registry.fields import SEALED
from timpora.registry.models import Statement
from timpora.registry.partial_date import PartialDate
from timpora.reports.forms import MORE, ReportForm
from timpora.reports.models import Draft, Report
from timpora.team.roles import Tier

pytestmark = pytest.mark.django_db


def test_a_report_is_sent_and_its_receipt_shows_number_and_state(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    sent = send(desa)
    assert sent.status_code == 303
    page = text(desa.get(sent["Location"]))
    assert only().receipt in page
    assert "menunggu kecamatan" in page
    assert (only().area_id, only().tier, only().on_behalf) == (BAKALAN, Tier.DISTRICT, False)
    assert Entry.objects.get(action="report.submitted").fields == "present"


def test_the_form_asks_at_most_six_things(world: Cast) -> None:
    for mandate in (world.bakalan, world.kaliwungu):
        form = ReportForm(mandate=mandate)
        assert sum(field.required for name, field in form.fields.items() if name != "sent_id") <= 6
        page = text(cast.sign_in(mandate).get("/reports/new/"))
        # What swears to a fact is never chosen beforehand.
        assert "checked" not in page


def test_a_report_needs_none_of_what_is_folded_away_but_keeps_it(world: Cast) -> None:
    more = {
        "document_kind": "passport", "document_issuer": "TWN", "document_number": "A 123 4567",
        "document_until": "2030-01-31", "permit_kind": "ITAS", "permit_index": "C312",
        "permit_until": "2027-03-01", "employer": "PT Muria Jaya", "job": "teknisi",
        "guarantor_status": "present", "guarantor": "PT Muria Jaya", "purpose": "bekerja",
        "family": "LIN", "given": "YI CHUN", "permit_number": "2C41JE1234", "visa_until": "2026-12-31",
        "work_area": "Kaliwungu – Kab. Kudus, Jawa Tengah (33.19.01)",
        "rptka_from": "2026-02-01", "rptka_until": "2027-01-31", "parent": "Chen Mei-Ling",
    }  # fmt: skip
    assert set(more) == set(MORE)
    send(world.bakalan, **more)
    said = Statement.objects.get().values
    assert {name: said[name] for name in more if name not in SEALED} == {
        name: value for name, value in more.items() if name not in SEALED
    }
    assert "1234567" not in str(said) and "2C41JE1234" not in str(said)


def test_the_same_form_sent_twice_is_one_report_and_one_receipt(world: Cast) -> None:
    desa, number = cast.sign_in(world.bakalan), str(uuid4())
    first, second = (send(desa, sent_id=number) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_a_person_reported_before_is_named_with_its_day_and_one_tap_adds_evidence(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    send(desa)
    first = only()
    again = send(desa)
    assert again.status_code == 409
    assert first.receipt in text(again) and date_format(first.submitted_at) in text(again)
    assert Report.objects.count() == 1

    assert send(desa, again="1").status_code == 303
    second = Report.objects.exclude(pk=first.pk).get()
    assert second.evidence_of == first
    first.confirm(by=world.kaliwungu)
    second.confirm(by=world.kaliwungu)
    second.refresh_from_db()
    first.refresh_from_db()
    # The village itself said who it is: nothing to decide, and one person.
    assert (second.state, second.person) == (Report.State.VERIFIED, first.person)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"birth_date_year": "1850"}, "birth_date", "sebelum 1900"),
        ({"birth_date_year": "2031"}, "birth_date", "masa depan"),
        ({"birth_date_day": "31", "birth_date_month": "02"}, "birth_date", "tidak ada dalam kalender"),
        ({"birth_date_month": ""}, "birth_date", "Tulislah tanggal"),
        ({"event_on": "2026-12-24"}, "event_on", "belum tiba"),
        ({"event_on": "1850-01-01"}, "event_on", "terlalu lama"),
        ({"event_on": "kemarin"}, "event_on", "valid"),
        ({"event_on": "", "kind": "arrived"}, "event_on", "hari apa"),
        ({"nationality": "Wakanda"}, "nationality", "Maksud Anda"),
        ({"nationality": "Qwxyz"}, "nationality", "bahasa Indonesia atau Inggris"),
        ({"nationality": "Indonesia"}, "nationality", "kewarganegaraan ganda"),
        ({"nationality": "Indonesia/Jepang"}, "nationality", "kewarganegaraan ganda"),
        ({"permit_kind": "DIPLOMATIC"}, "permit_kind", "Pasal 73"),
        ({"permit_kind": "SERVICE"}, "permit_kind", "Pasal 73"),
        ({"names": "x" * 10_000}, "names", "10000"),
        ({"names": "  "}, "names", "tidak boleh kosong"),
        ({"address": "x" * 10_000}, "address", "10000"),
        ({"document_number": "A1234567"}, "document_kind", "Pilih dokumen"),
        ({"kind": "left"}, "kind", "valid"),
        ({"sex": "Q"}, "sex", "valid"),
    ],
)  # fmt: skip
def test_what_can_not_be_so_gets_a_sentence_beside_its_field_and_everything_typed_stays(
    world: Cast, changed: dict[str, str], field: str, sentence: str
) -> None:
    desa = cast.sign_in(world.bakalan)
    answer = send(desa, **changed)
    assert answer.status_code == 400
    form = answer.context["form"]
    assert sentence in " ".join(form.errors[field])
    assert f'id="id_{field}_error"' in text(answer)
    for name, value in filled(**changed).items():
        if name not in ("sent_id", "kind", "sex") and value.strip():
            assert f'value="{value}"' in text(answer) or f'value="{value}" selected' in text(answer), name
    assert not Report.objects.exists() and not Statement.objects.exists()
    # And a form that was refused is kept, even if the page is closed now.
    assert Draft.objects.of(world.bakalan)


def test_the_same_refusal_is_english_for_an_english_reader(world: Cast) -> None:
    answer = cast.sign_in(world.bakalan).post(
        "/reports/new/", filled(nationality="Wakanda"), headers={"accept-language": "en"}
    )
    with translation.override("en"):
        assert "Did you mean" in " ".join(answer.context["form"].errors["nationality"])


@pytest.mark.parametrize(
    "names", ["Suharto", "🌸 Mei", "محمد بن عبد الله", "李宜君", "Đặng Thị Ánh", "O'Neill"]
)
def test_names_of_every_script_and_shape_are_taken_as_printed(world: Cast, names: str) -> None:
    assert send(world.bakalan, names=names).status_code == 303
    assert only().values["names"] == names
    assert names.replace("'", "&#x27;") in text(cast.sign_in(world.kaliwungu).get("/reports/waiting/"))


@pytest.mark.parametrize(
    ("written", "code", "kept"),
    [("Tiongkok", "CHN", ""), ("Cina", "CHN", "Cina"), ("South Korea", "KOR", "South Korea"),
     ("Taiwan (TWN)", "TWN", ""),
     ("MMR", "MMR", ""), ("XXA", "XXA", ""), ("Jerman", "DEU", "Jerman"),
     # ICAO 9303-3 section 5, and what passports and lists have instead of ISO's codes
     ("D", "DEU", "D"), ("D<<", "DEU", "D<<"), ("stateless", "XXA", "stateless"),
     ("Tanpa kewarganegaraan (XXA)", "XXA", ""), ("XXB", "XXB", ""), ("pengungsi", "XXB", "pengungsi"),
     ("Pengungsi (lainnya) (XXC)", "XXC", ""), ("xxc", "XXC", "xxc"), ("XXX", "XXX", ""),
     ("Hong Kong", "HKG", "Hong Kong"), ("HKG", "HKG", ""), ("Kosovo", "XKX", "Kosovo"),
     ("RKS", "XKX", "RKS"), ("Kosovo (XKX)", "XKX", ""), ("GBN", "GBN", "")],
)  # fmt: skip
def test_a_country_is_found_in_indonesian_english_or_by_code(
    world: Cast, written: str, code: str, kept: str
) -> None:
    send(world.bakalan, nationality=written)
    said = only().values
    assert said["nationality"] == code
    assert said.get("nationality_text", "") in (kept, written)
    only().confirm(by=world.kaliwungu)
    page = text(cast.sign_in(world.kudus).get(f"/people/{only().person_id}/"))
    assert nations.name(code, "id") in page


@pytest.mark.parametrize(
    ("typed", "code"),
    [("XXA", "XXA"), ("tanpa", "XXA"), ("stateless", "XXA"), ("XXB", "XXB"), ("pengungsi", "XXC"),
     ("refugee", "XXB"), ("XXX", "XXX"), ("tidak diketahui", "XXX"), ("D", "DEU"), ("taiwan", "TWN"),
     ("hong", "HKG"), ("kosovo", "XKX"), ("RKS", "XKX")],
)  # fmt: skip
def test_what_no_iso_list_has_is_suggested_and_can_be_chosen(world: Cast, typed: str, code: str) -> None:
    desa = cast.sign_in(world.bakalan)
    offered = re.findall(r'data-value="([^"]*)"', text(desa.get("/nations/", {"q": typed})))
    (chosen,) = [each for each in offered if each.endswith(f"({code})")]
    assert send(desa, nationality=chosen).status_code == 303
    assert only().values["nationality"] == code and "nationality_text" not in only().values


@pytest.mark.parametrize(
    ("parts", "kept"),
    [(("", "", ""), None), (("", "", "1990"), "1990"), (("", "5", "1990"), "1990-05"),
     (("3", "5", "1990"), "1990-05-03")],
)  # fmt: skip
def test_a_birth_date_may_be_known_in_part(
    world: Cast, parts: tuple[str, str, str], kept: str | None
) -> None:
    names = ("birth_date_day", "birth_date_month", "birth_date_year")
    send(world.bakalan, **dict(zip(names, parts, strict=True)))
    assert only().values.get("birth_date") == kept
    assert kept is None or str(PartialDate.parse(kept)) == kept


def test_left_empty_the_day_is_today(world: Cast) -> None:
    send(world.bakalan, event_on="")
    assert str(only().event_on) == "2026-11-25"


def test_a_village_officer_can_not_report_for_another_village(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    assert send(desa, area=GETAS).status_code == 404
    assert send(desa, area=f"Getas ({GETAS})").status_code == 404
    assert not Report.objects.exists()


def test_a_village_that_does_not_exist_is_said_beside_its_field_and_the_rest_stays_typed(
    world: Cast,
) -> None:
    for code in ("99.99.99.9999", "33.19.01.9999", "33.19.01"):
        answer = send(world.kaliwungu, area=code, names="Nguyễn Văn Anh")
        assert answer.status_code == 400
        assert answer.context["form"].errors["area"] and "Nguyễn Văn Anh" in text(answer)
    assert "beberapa bagian" in text(answer)
    assert not Report.objects.exists()


def test_a_district_reports_on_behalf_of_its_villages_and_of_no_other(world: Cast) -> None:
    kecamatan = cast.sign_in(world.kaliwungu)
    assert send(kecamatan, area=GETAS).status_code == 404
    assert send(kecamatan, area=JEPARA).status_code == 404
    assert send(kecamatan, area="Getas").status_code == 400
    assert send(kecamatan, area=PRAMBATAN).status_code == 303
    assert (only().area_id, only().on_behalf, only().tier) == (PRAMBATAN, True, Tier.REGENCY)


@pytest.mark.parametrize("names", ["\u200b\u200d", "\u202e", "\x01\x02", " \u200f "])
def test_a_name_that_nobody_can_see_is_no_name(world: Cast, names: str) -> None:
    answer = send(world.bakalan, names=names)
    assert answer.status_code == 400 and answer.context["form"].errors["names"]
    with pytest.raises(Refusal) as refused:
        report(world.bakalan, names=names)
    assert refused.value.field == "names"


def test_signs_that_turn_the_line_are_left_out_and_right_to_left_names_stay(world: Cast) -> None:
    assert send(world.bakalan, names="A\u202eevil", address="Jl.\u2067 Mawar\u200b 3").status_code == 303
    assert (only().values["names"], only().values["address"]) == ("Aevil", "Jl. Mawar 3")
    assert send(world.bakalan, names="محمد الأحمد 🙂").status_code == 303


@pytest.mark.parametrize("given", [{"birth_date_year": "2020", "event_on": "2010-05-01"}])
def test_nobody_lives_anywhere_before_being_born(world: Cast, given: dict[str, str]) -> None:
    answer = send(world.bakalan, birth_date_day="", birth_date_month="", **given)
    assert answer.status_code == 400
    assert "mendahului tanggal lahir" in " ".join(answer.context["form"].errors["event_on"])


def test_a_permit_does_not_end_before_its_holder_was_born(world: Cast) -> None:
    answer = send(world.bakalan, permit_kind="ITAS", permit_until="1980-01-01")
    assert answer.status_code == 400
    assert "mendahului tanggal lahir" in " ".join(answer.context["form"].errors["permit_until"])


@pytest.mark.parametrize("field", ["document_number", "permit_number"])
def test_a_number_of_signs_alone_is_no_number(world: Cast, field: str) -> None:
    answer = send(world.bakalan, document_kind="passport", document_issuer="TWN", **{field: "🙂 --"})
    assert answer.status_code == 400 and answer.context["form"].errors[field]


@pytest.mark.parametrize("typed", ["PBB", "Badan khusus PBB", "Uni Eropa"])
def test_only_what_would_be_taken_is_hinted_at(world: Cast, typed: str) -> None:
    answer = send(world.bakalan, nationality=typed)
    assert answer.status_code == 400
    hinted = " ".join(answer.context["form"].errors["nationality"])
    assert "PBB" not in hinted and "Uni Eropa" not in hinted


def test_after_a_refusal_the_language_changes_on_the_page_with_the_form(world: Cast) -> None:
    client = cast.sign_in(world.kaliwungu)
    sent = report(world.bakalan)
    here = f"/reports/{sent.pk}/"
    refused = client.post(
        f"{here}sending-back/", {"reason": ""}, headers={"referer": f"http://testserver{here}"}
    )
    assert refused.status_code == 400
    [onwards] = re.findall(r'name="next" value="([^"]*)"', text(refused))
    assert client.post("/language/", {"language": "en", "next": onwards})["Location"].endswith(here)


def test_a_retired_village_is_refused_beside_its_field(world: Cast) -> None:
    Area.objects.filter(pk=PRAMBATAN).update(retired_on="2026-01-01")
    answer = send(world.kaliwungu, area=PRAMBATAN)
    assert answer.status_code == 400
    assert answer.context["form"].errors["area"]
    Area.objects.filter(pk=BAKALAN).update(retired_on="2026-01-01")
    answer = send(world.bakalan)
    assert answer.status_code == 400
    assert "sudah tidak ada" in " ".join(answer.context["form"].non_field_errors())


def test_another_one_in_the_same_house_begins_with_address_employer_and_dates(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    sent = send(desa, employer="PT Muria Jaya", document_kind="passport", document_number="A1234567")
    receipt = text(desa.get(sent["Location"]))
    assert f"?like={only().pk}" in receipt
    page = desa.get(f"/reports/new/?like={only().pk}")
    begun = page.context["form"].initial
    assert (begun["address"], begun["employer"], begun["event_on"], begun["nationality"]) == (
        "mess PT Muria Jaya, RT 02/RW 03", "PT Muria Jaya", "2026-11-24", "TWN",
    )  # fmt: skip
    assert "Lin Yi-Chun" not in text(page) and "A1234567" not in text(page)
    assert cast.sign_in(world.prambatan).get(f"/reports/new/?like={only().pk}").status_code == 404


def test_whoever_sees_no_persons_finds_no_form(world: Cast) -> None:
    for mandate in (
        world.labour,
        world.province,
        world.nation,
        world.protection,
        world.auditor,
        world.operator,
    ):
        client = cast.sign_in(mandate)
        for path in ("/reports/", "/reports/new/", "/reports/waiting/", "/reports/paper/",
                     "/reports/register/",
                     "/identities/", "/claims/", "/nations/?q=a"):  # fmt: skip
            assert client.get(path).status_code == 404, (mandate, path)
        assert send(client).status_code == 404
