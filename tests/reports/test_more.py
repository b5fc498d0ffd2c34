"""What may be left out of a report: confirmed, shown with its source to whoever may read it, or refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from tests import cast
from tests.cast import JEPARA, Cast, report
from tests.pages import text
from tests.reports.conftest import filled, only, send
from timpora.registry.models import Employment, Person, StayPermit
from timpora.reports.forms import MORE, ReportForm
from timpora.reports.models import Draft, Report

pytestmark = pytest.mark.django_db

SAID = {
    "family": "LIN", "given": "YI CHUN MEI", "permit_kind": "ITAS", "permit_number": "2C41JE1234",
    "visa_until": "2026-12-31", "employer": "PT Muria Jaya", "work_area": "Kec. Kaliwungu, Kab. Kudus",
    "rptka_from": "2026-02-01", "rptka_until": "2027-01-31", "guarantor": "Sari Wulan",
    "parent": "Chen Mei-Ling",
}  # fmt: skip
# What a kabupaten's page says of each, in one entry with its source.
TOLD = {
    "family": "LIN",
    "given": "YI CHUN MEI",
    "permit_number": "2C••••34",
    "visa_until": "Visa (batas waktu masuk) sampai 31 Desember 2026",
    "work_area": "Bekerja di Kaliwungu – Kab. Kudus, Jawa Tengah",
    "rptka_from": "RPTKA sejak 1 Februari 2026 sampai 31 Januari 2027",
    "guarantor": "Sari Wulan (ada)",
    "parent": "Chen Mei-Ling",
}
SOURCE = "Sumber: laporan desa, Desa/Kelurahan Bakalankrapyak · per 24 November 2026"


def settled(world: Cast, **said: str) -> Person:
    """The person a village reported with the form, confirmed by the kecamatan."""
    sent = send(world.bakalan, **said)
    assert sent.status_code == 303, sent.context["form"].errors
    newest = Report.objects.order_by("-pk")[0]
    newest.confirm(by=world.kaliwungu)
    newest.refresh_from_db()
    assert newest.person is not None
    return newest.person


def entry_of(page: str, words: str) -> str:
    """The one entry of a page's lists of facts that says `words`, tags left out."""
    entries = [re.sub(r"<[^>]+>", " ", entry) for entry in re.findall(r"<dd>(.*?)</dd>", page, re.DOTALL)]
    found = [" ".join(entry.split()) for entry in entries if words in entry]
    assert len(found) == 1, (words, found)
    return found[0]


@pytest.mark.parametrize("field", TOLD)
def test_what_a_report_says_stands_on_the_persons_page_with_source_and_day(world: Cast, field: str) -> None:
    lin = settled(world, **SAID)
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    assert SOURCE in entry_of(page, TOLD[field])
    assert "2C41JE1234" not in page


@pytest.mark.parametrize("reader", ["bakalan", "kaliwungu"])
def test_village_and_kecamatan_read_none_of_it_anywhere(world: Cast, reader: str) -> None:
    lin = settled(world, **SAID)
    client = cast.sign_in(getattr(world, reader))
    pages = [f"/people/{lin.pk}/", f"/reports/{only().pk}/", "/reports/?of=area", "/", "/people/"]
    hidden = ("YI CHUN MEI", "2C••••34", "31 Desember 2026", "Kab. Kudus, Jawa Tengah", "Januari 2027",
              "Sari Wulan", "Chen Mei-Ling", "2C41JE1234")  # fmt: skip
    for page in pages:
        body = text(client.get(page))
        assert [words for words in hidden if words in body] == [], page
    # That something was said is no secret to those who send and confirm it.
    assert "tidak ditampilkan kepada jabatan Anda: " in text(client.get(f"/reports/{only().pk}/"))


def test_the_queue_of_a_kabupaten_shows_what_is_to_be_confirmed(world: Cast) -> None:
    send(world.kaliwungu, area=cast.BAKALAN, **SAID)
    page = text(cast.sign_in(world.kudus).get(f"/reports/{only().pk}/"))
    for words in ("YI CHUN MEI", "2C••••34", "31 Desember 2026", "Kaliwungu – Kab. Kudus, Jawa Tengah",
                  "1 Februari 2026", "31 Januari 2027", "Sari Wulan", "Chen Mei-Ling"):  # fmt: skip
        assert entry_of(page, words)
    assert "tidak ditampilkan" not in page and "2C41JE1234" not in page


def test_the_receipt_names_what_was_received_and_none_of_its_values(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    page = text(desa.get(send(desa, **SAID)["Location"]))
    for label in ("visa berlaku sampai", "lokasi kerja", "RPTKA sejak", "RPTKA sampai", "orang tua"):
        assert label in page
    assert "2C•" not in page and "Chen" not in page and "Januari 2027" not in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bakalankrapyak", "Bakalankrapyak – Kec. Kaliwungu, Kab. Kudus"),
        (
            f"apa saja ({JEPARA})",
            "Kedungmalang – Kec. Kedung, Kab. Jepara",
        ),  # of no office, outside every mandate here
        ("33.18", "Kabupaten Pati – Jawa Tengah"),
        ("kab kudus", "Kabupaten Kudus – Jawa Tengah"),
    ],
)
def test_a_place_of_work_may_lie_anywhere_in_the_country(world: Cast, typed: str, shown: str) -> None:
    lin = settled(world, employer="PT Muria Jaya", work_area=typed)
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    assert shown in entry_of(page, "Bekerja di ")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"rptka_from": "2026-06-01", "rptka_until": "2026-05-31"}, "rptka_until", "mendahului"),
        ({"visa_until": "1850-01-01"}, "visa_until", "sebelum 1900"),
        ({"permit_until": "1850-01-01"}, "permit_until", "sebelum 1900"),
        ({"document_until": "1850-01-01"}, "document_until", "sebelum 1900"),
        ({"rptka_from": "1850-01-01"}, "rptka_from", "sebelum 1900"),
        ({"visa_until": "besok"}, "visa_until", "valid"),
        ({"work_area": "Atlantis"}, "work_area", "Tidak ada wilayah"),
        ({"work_area": "99.99"}, "work_area", "Tidak ada wilayah"),
        ({"work_area": "33"}, "work_area", "beberapa bagian"),  # a province is no place to visit
        ({"work_area": "x" * 10_000}, "work_area", "Tidak ada wilayah"),
        ({"family": "x" * 10_000}, "family", "10000"),
        ({"given": "x" * 10_000}, "given", "10000"),
        ({"permit_number": "x" * 10_000}, "permit_number", "10000"),
        ({"employer": "x" * 10_000}, "employer", "10000"),
        ({"guarantor": "x" * 10_000}, "guarantor", "10000"),
        ({"parent": "x" * 10_000}, "parent", "10000"),
    ],
)  # fmt: skip
def test_what_can_not_be_so_gets_a_sentence_beside_its_field_and_stays_typed(
    world: Cast, changed: dict[str, str], field: str, sentence: str
) -> None:
    desa = cast.sign_in(world.bakalan)
    answer = send(desa, **changed)
    assert answer.status_code == 400
    page, form = text(answer), answer.context["form"]
    assert list(form.errors) == [field] and sentence in " ".join(form.errors[field])
    assert f'id="id_{field}_error"' in page and "<details" in page and "open>" in page
    for name, value in changed.items():
        assert f'value="{value}"' in page, name
    assert not Report.objects.exists()
    # The draft keeps as much of it as any field takes.
    kept = Draft.objects.of(world.bakalan)
    assert {name: kept[name] for name in changed} == {n: value[:2000] for n, value in changed.items()}
    begun = text(desa.get("/reports/new/"))
    assert all(f'value="{value[:2000]}"' in begun for value in changed.values())


def test_a_session_that_ends_keeps_all_that_was_typed(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    desa.get("/")
    Session.objects.all().delete()
    given = filled(**SAID)
    assert desa.post("/reports/new/", given)["Location"] == "/sign-in/?next=%2Fkept%2F"
    desa.force_login(world.bakalan.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    sent = dict(desa.get("/kept/").context["form"]["fields"])
    assert {name: sent[name] for name in SAID} == SAID


def test_another_one_in_the_same_house_shares_work_plan_and_guarantor_and_nobodys_own_papers(
    world: Cast,
) -> None:
    desa = cast.sign_in(world.bakalan)
    send(desa, **SAID)
    page = desa.get(f"/reports/new/?like={only().pk}")
    begun = page.context["form"].initial
    for shared in ("employer", "work_area", "rptka_from", "rptka_until", "guarantor"):
        assert begun[shared] == only().values[shared]
    assert 'value="Kaliwungu – Kab. Kudus, Jawa Tengah (33.19.01)"' in text(page)
    assert not begun.keys() & {"names", "family", "given", "permit_number", "visa_until", "parent"}
    # And it can be sent as it stands.
    again = {name: str(begun[name]) for name in begun if name in MORE}
    assert send(desa, **again, names="Thiha", nationality="MMR").status_code == 303
    first, second = Report.objects.order_by("pk")
    assert second.values["work_area"] == first.values["work_area"]


def test_an_answer_keeps_the_permits_number_without_showing_it(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    send(desa, permit_number="2C41JE1234", visa_until="2026-12-31")
    first = only()
    first.send_back(by=world.kaliwungu, reason="alamat?")
    page = text(desa.get(f"/reports/new/?replaces={first.pk}"))
    assert "2C41" not in page and first.values["permit_number"] not in page
    assert 'value="2026-12-31"' in page
    assert desa.post(f"/reports/new/?replaces={first.pk}", filled(address="RT 09")).status_code == 303
    answer = Report.objects.get(replaces=first)
    answer.confirm(by=world.kaliwungu)
    assert "2C••••34" in text(cast.sign_in(world.kudus).get(f"/people/{Person.objects.get().pk}/"))


def test_a_village_corrects_what_it_said(world: Cast) -> None:
    lin = settled(world, **SAID)
    given = {"sent_id": filled()["sent_id"], "event_on": "2026-11-25", "visa_until": "2027-06-30",
             "work_area": "Bakalankrapyak", "rptka_until": "2028-01-31", "family": "LYN",
             "parent": "Chen Mei"}  # fmt: skip
    address = f"/reports/new/?person={lin.pk}&kind=correction"
    assert cast.sign_in(world.bakalan).post(address, given).status_code == 303
    Report.objects.order_by("-pk")[0].confirm(by=world.kaliwungu)
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    for words in ("LYN", "sampai 30 Juni 2027", "Bekerja di Bakalankrapyak", "RPTKA sampai 31 Januari 2028",
                  "Chen Mei"):  # fmt: skip
        assert "per 25 November 2026" in entry_of(page, words)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"rptka_from": "2026-06-01", "rptka_until": "2026-05-31"}, "rptka_until", "mendahului"),
        ({"visa_until": "1850-01-01"}, "visa_until", "sebelum 1900"),
        ({"work_area": "Atlantis"}, "work_area", "Tidak ada wilayah"),
        ({"family": "x" * 10_000}, "family", "10000"),
    ],
)
def test_a_correction_is_refused_as_a_report_is(
    world: Cast, changed: dict[str, str], field: str, sentence: str
) -> None:
    lin = settled(world)
    address = f"/reports/new/?person={lin.pk}&kind=correction"
    given = {"sent_id": filled()["sent_id"], "event_on": "2026-11-25"} | changed
    answer = cast.sign_in(world.bakalan).post(address, given)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert all(f'value="{value}"' in text(answer) for value in changed.values())
    assert Report.objects.count() == 1


def test_a_date_or_a_plan_without_its_permit_or_employer_is_not_lost(world: Cast) -> None:
    lin = settled(world, visa_until="2026-12-31", rptka_until="2027-01-31")
    page = text(cast.sign_in(world.kudus).get(f"/people/{lin.pk}/"))
    assert entry_of(page, "sampai 31 Desember 2026") and "jenis belum disebutkan" in page
    assert "belum disebutkan RPTKA sampai 31 Januari 2027" in entry_of(page, "RPTKA sampai")


def test_the_same_papers_said_twice_are_one_permit_and_one_employment(world: Cast) -> None:
    papers = {name: SAID[name] for name in ("permit_kind", "permit_number", "employer", "rptka_until")}
    settled(world, **papers)
    settled(world, **papers, again="1")
    assert (StayPermit.objects.count(), Employment.objects.count()) == (1, 1)


def test_what_nobody_answers_is_not_built(world: Cast) -> None:
    """Most reports say six things; the form they pass through is no heavier for what others may add."""
    plain = ReportForm(filled(), mandate=world.bakalan)
    assert plain.is_valid() and not plain.fields.keys() & set(MORE)
    assert set(MORE) <= ReportForm(filled(job="koki"), mandate=world.bakalan).fields.keys()
    # A refused one shows the questions all the same.
    page = text(send(world.bakalan, names=""))
    assert all(f'name="{name}"' in page for name in MORE)


def test_namesakes_are_told_apart_by_papers_where_both_records_are_in_sight(world: Cast) -> None:
    settled(world, **SAID)
    namesake = report(world.getas, birth_date="1990-05", family="LIN", parent="Wu Shu-Fen",
                      permit_number="2C41JE1234")  # fmt: skip
    namesake.confirm(by=world.jati)
    page = cast.sign_in(world.kudus).get(f"/identities/{namesake.pk}/")
    (compared,) = page.context["comparisons"]
    outcomes = {line.label: line.outcome for line in compared.lines}
    assert (outcomes["Nama keluarga"], outcomes["Nomor izin"]) == ("same", "same")
    assert (outcomes["Orang tua"], outcomes["Pemberi kerja"]) == ("differs", "unknown")
    assert "2C••••34" in text(page) and "2C41JE1234" not in text(page)
    # Where a kecamatan decides, it reads what its post reads.
    near = report(world.prambatan, birth_date="1990-05", family="LIN", parent="Wu Shu-Fen")
    near.confirm(by=world.kaliwungu)
    body = text(cast.sign_in(world.kaliwungu).get(f"/identities/{near.pk}/"))
    assert "Nama keluarga" not in body and "Wu Shu-Fen" not in body


def test_the_blank_form_asks_for_all_of_it(world: Cast) -> None:
    page = text(cast.sign_in(world.bakalan).get("/reports/paper/"))
    for label in ("Nama keluarga", "Nama depan", "Nomor izin", "Visa berlaku sampai", "Lokasi kerja",
                  "RPTKA sejak", "RPTKA sampai", "Orang tua, untuk anak"):  # fmt: skip
        assert f"<dt>{label}" in page


def test_the_register_has_papers_and_parents_for_whoever_reads_numbers(world: Cast) -> None:
    settled(world, **SAID, permit_until="2027-03-01")
    told = ("sampai 1 Maret 2027", "visa sampai 31 Desember 2026", "PT Muria Jaya",
            "Kaliwungu – Kab. Kudus", "RPTKA sampai 31 Januari 2027", "anak dari Chen Mei-Ling")  # fmt: skip
    office = text(cast.sign_in(world.kudus).get("/reports/register/", {"area": cast.BAKALAN}))
    assert [words for words in told if words not in office] == []
    village = text(cast.sign_in(world.bakalan).get("/reports/register/"))
    assert [words for words in told if words in village.replace("mess PT Muria Jaya", "")] == []


def test_the_register_of_a_full_village_asks_no_more_of_the_database(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for at, name in enumerate(("Anh", "Binh", "Cuong", "Dung", "Giang")):
        born = {"birth_date_year": f"19{6 + at // 2}{at}", "birth_date_day": f"1{at}"}
        settled(world, names=name, nationality="VNM", **{**SAID, **born, "permit_number": f"2C-{name}"})
    client = cast.sign_in(world.kudus)
    with django_assert_max_num_queries(20):
        client.get("/reports/register/", {"area": cast.BAKALAN})
