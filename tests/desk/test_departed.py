"""Who lived here last and has left: above the village they can still be opened, found and set right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, PASSPORT, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Freeze, Person
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db
ABOVE = ("kaliwungu", "kudus", "immigration", "chair")
OUTSIDE = (
    "bakalan", "prambatan", "getas", "jati", "demak", "demak_district", "demak_regency", "labour", "province",
    "nation", "protection", "auditor", "operator",
)  # fmt: skip
TIERS = (BAKALAN, "33.19.01", "33.19", "kanim-semarang", "33", "ID")


@pytest.fixture
def left(world: Cast, lin: Person) -> Report:
    """Lin went abroad on 24 November, says Bakalankrapyak and confirms the kecamatan."""
    sent = report(world.bakalan, kind="left", left="abroad", person=lin)
    sent.confirm(by=world.kaliwungu)
    return sent


def search(mandate: Any, typed: str) -> str:
    answer = cast.sign_in(mandate).post("/people/", {"q": typed}, follow=True)
    assert answer.status_code == 200
    return text(answer)


def people() -> list[int]:
    return [counts(code).people for code in TIERS]


@pytest.mark.parametrize("who", ABOVE)
def test_above_the_village_the_page_says_since_when_why_and_by_which_report(
    world: Cast, lin: Person, left: Report, who: str
) -> None:
    page = text(cast.sign_in(getattr(world, who)).get(f"/people/{lin.pk}/"))
    assert "Tidak lagi tinggal di sini" in page
    assert "Bakalankrapyak sampai 24 November 2026 (ke luar negeri)" in page
    assert f'href="/reports/{left.pk}/"' in page and left.receipt in page
    assert "masih tinggal di sini" not in page
    assert "corrections" not in page  # a value is corrected where somebody lives
    entry = Entry.objects.get(action="person.opened")
    assert (entry.area, entry.subject) == (BAKALAN, f"person:{lin.pk}")


@pytest.mark.parametrize("who", OUTSIDE)
def test_for_a_village_and_for_every_other_area_the_page_does_not_exist(
    world: Cast, lin: Person, left: Report, who: str
) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.get(f"/people/{lin.pk}/").status_code == 404
    assert client.get(f"/people/{lin.pk}/corrections/new/").status_code == 404
    assert not Entry.objects.filter(action="person.opened").exists()


def test_the_village_still_reads_its_own_report(world: Cast, left: Report) -> None:
    assert cast.sign_in(world.bakalan).get(f"/reports/{left.pk}/").status_code == 200


def test_counts_and_the_list_of_residents_stay_those_of_the_living(
    world: Cast, lin: Person, left: Report
) -> None:
    assert people() == [0] * 6
    for who in ABOVE:
        assert f"/people/{lin.pk}/" not in search(getattr(world, who), "Lin Yi-Chun")
        assert f"/people/{lin.pk}/" not in search(getattr(world, who), "desa:bakalankrapyak")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("status:pindah", True), ("status:departed", True), ("lin status:Keluar", True),
     ("lni yi-chun status:pindah", True), ("thiha status:pindah", False),
     ("desa:bakalankrapyak status:pindah", True),
     ("desa:prambatan status:pindah", False), ("lin status:tetap", False)],
)  # fmt: skip
def test_the_filter_finds_whoever_left_and_says_where_and_until_when(
    world: Cast, lin: Person, left: Report, typed: str, found: bool
) -> None:
    page = search(world.kaliwungu, typed)
    assert (f"/people/{lin.pk}/" in page) is found
    if found:
        assert "tidak lagi tinggal di sini" in page
        assert "Bakalankrapyak sampai 24 November 2026" in page
        assert "1 orang yang terakhir tinggal di wilayah Anda" in page


def test_whoever_lives_here_is_not_among_those_who_left(world: Cast, lin: Person) -> None:
    assert f"/people/{lin.pk}/" not in search(world.kudus, "status:pindah")


def test_the_empty_search_teaches_the_filter_to_those_it_answers(world: Cast) -> None:
    for who in ABOVE:
        assert "status:pindah" in text(cast.sign_in(getattr(world, who)).get("/people/"))
    assert "status:pindah" not in text(cast.sign_in(world.bakalan).get("/people/"))


def test_a_village_that_asks_is_told_and_finds_its_residents_only(
    world: Cast, lin: Person, left: Report
) -> None:
    page = search(world.bakalan, "lin status:pindah")
    assert "tidak terbuka bagi jabatan Anda" in page
    assert f"/people/{lin.pk}/" not in page


def test_the_search_is_noted_by_its_filter(world: Cast) -> None:
    search(world.kudus, "status:pindah")
    assert Entry.objects.get(action="person.searched").fields == "status"


def test_a_document_number_finds_whoever_left_the_area_last(world: Cast, lin: Person, left: Report) -> None:
    number = {"kind": "passport", "issuer": "Taiwan", "number": "A1234567", "purpose": "verify"}
    assert cast.sign_in(world.kudus).post("/people/numbers/", number)["Location"] == f"/people/{lin.pk}/"
    assert (
        cast.sign_in(world.demak_regency).post("/people/numbers/", number)["Location"] != f"/people/{lin.pk}/"
    )


@pytest.mark.parametrize(("who", "status"), [("kudus", 200), ("kaliwungu", 404), ("demak_regency", 404)])
def test_the_number_of_whoever_left_opens_for_a_purpose_to_posts_that_see_numbers(
    world: Cast, lin: Person, left: Report, who: str, status: int
) -> None:
    path = f"/people/{lin.pk}/documents/{lin.documents.get().pk}/disclosures/"
    answer = cast.sign_in(getattr(world, who)).post(path, {"purpose": "verify"})
    assert answer.status_code == status
    assert Entry.objects.filter(action="number.revealed").exists() is (status == 200)


def test_whoever_lives_elsewhere_now_is_out_of_reach_of_the_area_they_left(world: Cast, lin: Person) -> None:
    arrived = report(world.demak, kind="arrived", on=date(2026, 11, 25), **PASSPORT)
    arrived.confirm(by=world.demak_district)
    for who in ("kaliwungu", "kudus"):
        mandate = getattr(world, who)
        assert cast.sign_in(mandate).get(f"/people/{lin.pk}/").status_code == 404
        assert f"/people/{lin.pk}/" not in search(mandate, "lin status:pindah")
    # Nor does leaving that place bring them back to the first.
    away = report(world.demak, kind="left", left="unknown", person=lin, on=date(2026, 11, 25))
    away.confirm(by=world.demak_district)
    assert cast.sign_in(world.kudus).get(f"/people/{lin.pk}/").status_code == 404
    assert cast.sign_in(world.demak_district).get(f"/people/{lin.pk}/").status_code == 200


def test_moved_to_another_village_and_not_reported_there_yet_is_open_to_the_area_they_left(
    world: Cast, lin: Person
) -> None:
    report(world.bakalan, kind="moved", person=lin, destination=GETAS).confirm(by=world.kaliwungu)
    assert "Tidak lagi tinggal di sini" in text(cast.sign_in(world.kaliwungu).get(f"/people/{lin.pk}/"))
    assert cast.sign_in(world.jati).get(f"/people/{lin.pk}/").status_code == 404
    report(world.getas, kind="arrived", on=date(2026, 11, 25), **PASSPORT).confirm(by=world.jati)
    assert cast.sign_in(world.kaliwungu).get(f"/people/{lin.pk}/").status_code == 404
    assert "Tidak lagi tinggal di sini" not in text(cast.sign_in(world.jati).get(f"/people/{lin.pk}/"))


def test_an_error_is_taken_back_on_the_page_of_the_report_it_leads_to(
    world: Cast, lin: Person, left: Report
) -> None:
    kecamatan = cast.sign_in(world.kaliwungu)
    assert "tarik konfirmasinya" in text(kecamatan.get(f"/people/{lin.pk}/"))
    assert f"/reports/{left.pk}/confirmation/undo/" in text(kecamatan.get(f"/reports/{left.pk}/"))
    answer = kecamatan.post(f"/reports/{left.pk}/confirmation/undo/", {"reason": "salah orang"})
    assert answer.status_code == 303
    assert people() == [1] * 6
    assert "Tidak lagi tinggal di sini" not in text(kecamatan.get(f"/people/{lin.pk}/"))


def test_in_a_frozen_month_nothing_is_promised(world: Cast, lin: Person, left: Report) -> None:
    Freeze.objects.create(area_id="33.19", month="2026-11", at="2026-12-05T00:00:00Z")
    page = text(cast.sign_in(world.kaliwungu).get(f"/people/{lin.pk}/"))
    assert "Tidak lagi tinggal di sini" in page and "tarik konfirmasinya" not in page


def test_whoever_returns_is_the_same_person(world: Cast, lin: Person, left: Report) -> None:
    again = report(world.getas, kind="arrived", on=date(2026, 11, 25), **PASSPORT)
    again.confirm(by=world.jati)
    again.refresh_from_db()
    assert again.person_id == lin.pk
    assert Person.objects.count() == 1
    assert counts("33.19").people == counts(GETAS).people == 1
    assert cast.sign_in(world.getas).get(f"/people/{lin.pk}/").status_code == 200
    assert cast.sign_in(world.kaliwungu).get(f"/people/{lin.pk}/").status_code == 404
    assert f"/people/{lin.pk}/" in search(world.kudus, "lin")
    assert f"/people/{lin.pk}/" not in search(world.kudus, "lin status:pindah")


def test_entered_in_error_never_lived_here_and_has_no_page(world: Cast, lin: Person) -> None:
    sent = report(world.bakalan, kind="left", left="error", person=lin)
    sent.confirm(by=world.kaliwungu)
    for who in ABOVE:
        assert cast.sign_in(getattr(world, who)).get(f"/people/{lin.pk}/").status_code == 404
    # The report can be taken back all the same.
    client = cast.sign_in(world.kaliwungu)
    answer = client.post(f"/reports/{sent.pk}/confirmation/undo/", {"reason": "salah orang"})
    assert answer.status_code == 303
    assert client.get(f"/people/{lin.pk}/").status_code == 200


def test_a_namesake_of_somebody_entered_in_error_elsewhere_shows_nothing_of_them(
    world: Cast, lin: Person
) -> None:
    report(world.bakalan, kind="left", left="error", person=lin).confirm(by=world.kaliwungu)
    namesake = report(world.demak, birth_date="1990-05")
    namesake.confirm(by=world.demak_district)
    namesake.refresh_from_db()
    assert namesake.is_doubtful
    assert cast.sign_in(world.demak_district).get(f"/identities/{namesake.pk}/").status_code == 404
    assert cast.sign_in(world.immigration).get(f"/identities/{namesake.pk}/").status_code == 200


def test_the_list_of_those_who_left_asks_the_same_few_questions_however_long(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        who = {"names": f"Nguyen {chr(97 + number) * 4}", "birth_date": str(1960 + number)}
        sent = report(world.bakalan, **who)
        sent.confirm(by=world.kaliwungu)
        report(world.bakalan, kind="left", left="unknown", person=sent.person).confirm(by=world.kaliwungu)
    client = cast.sign_in(world.kaliwungu)
    with django_assert_max_num_queries(20):
        page = text(client.get("/people/?q=status:pindah"))
    assert page.count("data-queue-open") == 8
    assert DEMAK not in page
