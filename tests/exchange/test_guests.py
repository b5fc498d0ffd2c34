"""Guests whom lodgings reported in APOA: each row is a visitor's stay once, and never a resident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import BAKALAN, PASSPORT, PRAMBATAN, Cast, report
from tests.exchange.given import LIN, agree, outcomes, table, taken, upload
from tests.exchange.test_batches import fields_of
from tests.pages import text
from tests.stays import house
from timpora.desk import reactions
from timpora.exchange import taking
from timpora.exchange.models import Batch, Comparison, Gap, Match, Row, Sharing
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Residence
from timpora.stays.models import Stay

pytestmark = pytest.mark.django_db

FIELDS = ("names", "sex", "birth_date", "nationality", "document_number")
HEADINGS = (
    "Nama Penginapan", "Alamat Penginapan", "Nama Tamu", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin",
    "Kewarganegaraan", "Nomor Paspor", "Masa Berlaku Paspor", "Tanggal Check-in", "Tanggal Check-out",
    "Nomor Kamar",
)  # fmt: skip
DAY = "2026-11-25"  # of the list, and of `noon`


def row(
    lodging: str = "HOTEL UJI", name: str = "Brannagh Wixolt", *, born: str = "09/04/1971", sex: str = "P",
    nation: str = "Irlandia", number: str = house.PASSPORT, came: str = "24/11/2026", left: str = "",
) -> tuple[str, ...]:  # fmt: skip
    return (lodging, "Jl. Contoh 1", name, "Cork", born, sex, nation, number, "01/01/2031", came, left, "12")


OTHER = row(name="Ostrava Quill", born="02/02/1980", nation="Ceko", number="CZ445566", left="26/11/2026")


@pytest.fixture
def sharing(world: Cast) -> Sharing:
    return agree(world, "imigrasi", "guests", fields=FIELDS)


@pytest.fixture
def officer(world: Cast) -> Client:
    return cast.sign_in(world.immigration)


def forecast(officer: Client, sharing: Sharing, rows: Sequence[Sequence[str]], **more: Any) -> Batch:
    """The list up to its dry run, by the pages."""
    headings = more.pop("headings", HEADINGS)
    answer = upload(officer, sharing, table(rows, headings), as_of=DAY, name="apoa.xlsx", **more)
    assert answer.status_code == 303, text(answer)
    page = text(officer.get(answer["Location"]))
    sent = officer.post(answer["Location"], fields_of(page, len(headings)) | {"sheet": ""})
    assert sent.status_code == 303, text(sent)
    batch: Batch = Batch.objects.latest("pk")
    return batch


def take(officer: Client, sharing: Sharing, rows: Sequence[Sequence[str]], **more: Any) -> Batch:
    batch = forecast(officer, sharing, rows, **more)
    assert officer.post(f"/lists/{batch.pk}/commitment/").status_code == 303
    batch.refresh_from_db()
    return batch


def told(officer: Client, batch: Batch) -> str:
    return " ".join(text(officer.get(f"/lists/{batch.pk}/")).split())


def test_guests_of_a_registered_lodging_become_visitors_and_no_residents(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    batch = forecast(officer, sharing, [row(), OTHER])
    assert outcomes(batch) == ["guest", "guest"]
    assert not Stay.objects.exists() and counts(BAKALAN).visitors == 0
    officer.post(f"/lists/{batch.pk}/commitment/")
    reactions.run()
    for place in (BAKALAN, "33.19", "ID"):
        figures = counts(place)
        assert (figures.visitors, figures.people, figures.waiting, figures.known_by_list) == (2, 0, 0, 0)
    assert not Person.objects.exists() and not Residence.objects.exists() and not Match.objects.exists()
    first, second = Stay.objects.order_by("pk")
    assert (first.arrived_on, first.left_on) == (date(2026, 11, 24), None)
    assert (second.until, second.left_on) == (date(2026, 11, 26), None)  # not over on the day of the list
    assert house.PASSPORT not in str(first.statement.values)
    page = told(officer, batch)
    assert "Brannagh Wixolt" in page and f"/stays/{first.pk}/" in page and "pengunjung" in page


def test_a_long_list_is_taken_in_by_the_worker_part_by_part(
    world: Cast, officer: Client, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 1)
    monkeypatch.setattr(taking, "PART", 1)
    house.lodging(world)
    batch = take(officer, sharing, [row(), ("Wisma Belum Ada", *OTHER[1:]), row(), OTHER])
    assert batch.state == Batch.State.TAKING and not Stay.objects.exists()
    taking.go_on(batch)
    assert outcomes(batch) == ["guest", "faulty", "unchanged", "guest"]
    assert counts(BAKALAN).visitors == 2


def test_a_lodging_closed_after_the_dry_run_gets_no_guest_and_the_row_says_so(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    closed = house.lodging(world, name="Wisma Uji")
    batch = forecast(officer, sharing, [row(), ("Wisma Uji", *OTHER[1:])])
    closed.close(by=world.chair)
    assert officer.post(f"/lists/{batch.pk}/commitment/").status_code == 303
    assert outcomes(batch) == ["guest", "faulty"] and "sudah ditutup" in told(officer, batch)
    assert Stay.objects.count() == 1


def test_a_check_out_up_to_the_day_of_the_list_ends_the_stay(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    take(officer, sharing, [row(left="25/11/2026")])
    assert Stay.objects.get().left_on == date(2026, 11, 25)
    assert counts(BAKALAN).visitors == 0 and counts(BAKALAN, on=house.ago(1)).visitors == 1


def test_a_later_export_with_the_check_out_ends_the_stay_that_is_known(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    take(officer, sharing, [row(), OTHER])
    batch = take(officer, sharing, [row(left="25/11/2026"), OTHER])
    assert outcomes(batch) == ["left", "unchanged"]
    assert Stay.objects.count() == 2 and counts(BAKALAN).visitors == 1


def test_the_same_file_again_changes_nothing(world: Cast, officer: Client, sharing: Sharing) -> None:
    house.lodging(world)
    batch = take(officer, sharing, [row(), OTHER])
    again = upload(officer, sharing, table([row(), OTHER], HEADINGS), as_of=DAY)
    assert again.status_code == 409 and f"/lists/{batch.pk}/" in text(again)
    assert Stay.objects.count() == 2


def test_a_row_that_stands_twice_is_one_stay(world: Cast, officer: Client, sharing: Sharing) -> None:
    house.lodging(world)
    batch = take(officer, sharing, [row(), row(), row(came="10/11/2026", left="12/11/2026")])
    assert outcomes(batch) == ["guest", "unchanged", "guest"]  # two stays of one guest, who is counted once
    assert counts(BAKALAN).visitors == 1 and counts(BAKALAN, on=date(2026, 11, 11)).visitors == 1


@pytest.mark.parametrize("came", ["24/11/2026", "23/11/2026"])
def test_a_guest_whom_the_lodging_entered_itself_is_not_doubled(
    world: Cast, officer: Client, sharing: Sharing, came: str
) -> None:
    own = house.check_in(house.host(world), on=house.ago(1))
    batch = take(officer, sharing, [row(came=came)])
    assert outcomes(batch) == ["unchanged"] and counts(BAKALAN).visitors == 1
    assert Stay.objects.get() == own and batch.rows.get().stay == own


def test_a_host_who_enters_a_guest_of_the_list_is_told_and_checks_the_guest_out(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    host = house.host(world)
    take(officer, sharing, [row()])
    with pytest.raises(Refusal) as refused:
        house.check_in(host, on=house.TODAY)
    assert refused.value.code == "in_already"
    stay, desk = Stay.objects.get(), cast.sign_in(host)
    page = text(desk.get(f"/stays/{stay.pk}/"))
    assert "/departure/" in page and "/sendings/" not in page  # the receipt is the list's
    assert desk.get(f"/stays/sendings/{stay.sending_id}/").status_code == 404
    assert desk.post(f"/stays/{stay.pk}/departure/", {"left_on": DAY}).status_code == 303
    assert counts(BAKALAN).visitors == 0


def test_a_resident_on_a_trip_stays_a_resident_and_is_no_visitor(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    house.lodging(world)
    take(officer, sharing, [row(name="LIN YI-CHUN", born="1990", nation="Taiwan", number="A1234567")])
    assert Stay.objects.count() == 1
    assert (counts("33.19").visitors, counts("33.19").people) == (0, 1)


def test_a_guest_of_a_lodging_that_is_not_registered_is_named_with_the_way_and_comes_in_afterwards(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    rows = [row(), ("Wisma Belum Ada", *OTHER[1:])]
    batch = forecast(officer, sharing, rows)
    assert outcomes(batch) == ["guest", "faulty"]
    for _time in ("dry run", "receipt"):
        page = told(officer, batch)
        assert "Daftarkan penginapan itu lebih dahulu" in page and "/lodgings/new/" in page
        officer.post(f"/lists/{batch.pk}/commitment/")
    assert "Wisma Belum Ada" not in page and counts(BAKALAN).visitors == 1
    house.lodging(world, area=PRAMBATAN, name="Wisma Belum Ada")
    again = take(officer, sharing, rows)
    assert again != batch and outcomes(again) == ["unchanged", "guest"]
    assert (counts(BAKALAN).visitors, counts(PRAMBATAN).visitors) == (1, 1)
    assert upload(officer, sharing, table(rows, HEADINGS), as_of=DAY).status_code == 409


def test_a_list_of_which_no_lodging_is_registered_is_not_taken_in_and_may_come_again(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    batch = forecast(officer, sharing, [row()])
    assert officer.post(f"/lists/{batch.pk}/commitment/").status_code == 400
    house.lodging(world)
    assert outcomes(take(officer, sharing, [row()])) == ["guest"]


def test_of_two_lodgings_of_one_name_the_village_tells_which(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    house.lodging(world, area=PRAMBATAN)
    assert "Beberapa penginapan bernama sama" in told(officer, forecast(officer, sharing, [row()]))
    with_village = (*HEADINGS, "Desa", "Kecamatan")
    batch = take(officer, sharing, [(*row(), "Prambatan Kidul", "Kaliwungu")], headings=with_village)
    assert Stay.objects.get().lodging.area_id == batch.rows.get().area_id == PRAMBATAN


def test_a_house_where_people_live_is_left_to_its_village(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world, "boarding", name="Kos Uji")
    batch = forecast(officer, sharing, [row("Kos Uji")])
    assert outcomes(batch) == ["faulty"] and "Orang tinggal menetap" in told(officer, batch)
    assert counts(BAKALAN).waiting == 0


FAULTS = {
    2: (row(left="20/11/2026"), "Tanggal Check-out", "20/11/2026", "sebelum"),
    3: (row(came=""), "Tanggal Check-in", "", "tanggal lengkap"),
    4: (row(came="11/2026"), "Tanggal Check-in", "11/2026", "tanggal lengkap"),
    5: (row(came="28/11/2026"), "Tanggal Check-in", "28/11/2026", "belum tiba"),
    6: (row(nation="Atlantis"), "Kewarganegaraan", "Atlantis", "tiga huruf"),
    7: (row(nation="Indonesia"), "Kewarganegaraan", "Indonesia", "warga negara Indonesia"),
    8: (row(born="31/02/1990"), "Tanggal Lahir", "31/02/1990", "kalender"),
    9: (row(number=""), "Nomor Paspor", "", "nomor paspor"),
    10: (row(sex="Z"), "Jenis Kelamin", "Z", "L atau P"),
    11: (row(""), "Nama Penginapan", "", "nama penginapan"),
    12: (row("Wisma Belum Ada"), "Nama Penginapan", "Wisma Belum Ada", "terdaftar"),
    13: (row(came="24/11/2024"), "Tanggal Check-in", "24/11/2024", "setahun"),
}


def test_every_fault_is_named_with_row_column_value_and_remedy(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    batch = forecast(officer, sharing, [fault[0] for fault in FAULTS.values()])
    assert outcomes(batch) == ["faulty"] * len(FAULTS)
    named: dict[int, list[dict[str, str]]] = {}
    for fault in officer.get(f"/lists/{batch.pk}/").context["run"].faults():
        named.setdefault(fault["row"], []).append(fault)
    for number, (_row, column, value, remedy) in FAULTS.items():
        (fault,) = named[number]
        assert (fault["column"], fault["value"]) == (column, value), number
        assert remedy in fault["remedy"], (number, fault["remedy"])
    assert officer.get(f"/lists/{batch.pk}/faults/").status_code == 200


def test_a_stay_that_overlaps_one_of_another_day_is_asked_about(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    take(officer, sharing, [row(came="10/11/2026")])
    batch = forecast(officer, sharing, [row(came="20/11/2026")])
    assert outcomes(batch) == ["faulty"] and "sejak hari lain" in told(officer, batch)


def test_no_comparison_takes_guests_for_residents_or_misses_one_among_them(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    house.lodging(world)
    workers = taken(world.labour, agree(world), [LIN])
    batch = take(officer, sharing, [row(), OTHER])
    offered = officer.get("/lists/comparisons/new/").context["form"].fields["batches"].queryset
    assert list(offered) == [workers]
    area = workers.area
    with pytest.raises(Refusal):
        Comparison.objects.make(by=world.immigration, area=area, batches=[batch], as_of=house.TODAY)
    Comparison.objects.make(by=world.immigration, area=area, batches=[workers], as_of=house.TODAY)
    assert not Gap.objects.filter(lists__contains="guests").exists()
    assert not Row.objects.undecided().filter(batch=batch).exists()
    assert counts("33.19").known_by_list == 0


def test_the_post_that_brought_a_stay_takes_it_back_with_a_reason_and_the_list_does_not_bring_it_again(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    take(officer, sharing, [row()])
    stay = Stay.objects.get()
    assert "/voiding/" in text(officer.get(f"/stays/{stay.pk}/"))
    for other in (world.bakalan, world.kudus, world.chair):
        refused = cast.sign_in(other).post(f"/stays/{stay.pk}/voiding/", {"reason": "salah"})
        assert refused.status_code == 404
    assert officer.post(f"/stays/{stay.pk}/voiding/", {"reason": " "}).status_code == 400
    assert officer.post(f"/stays/{stay.pk}/voiding/", {"reason": "salah ketik"}).status_code == 303
    assert counts(BAKALAN).visitors == 0
    assert Entry.objects.filter(action="stay.voided").count() == 1
    assert outcomes(take(officer, sharing, [row(), OTHER])) == ["unchanged", "guest"]
    assert counts(BAKALAN).visitors == 1


def test_an_officer_does_not_take_back_what_a_lodging_entered(world: Cast, officer: Client) -> None:
    stay = house.check_in(house.host(world))
    assert officer.post(f"/stays/{stay.pk}/voiding/", {"reason": "salah"}).status_code == 404


def test_the_list_says_whom_it_counts_in_both_languages(officer: Client, sharing: Sharing) -> None:
    assert "Tamu yang dilaporkan penginapan di APOA" in text(officer.get("/lists/new/"))
    officer.cookies["django_language"] = "en"
    assert "Guests that lodgings reported in APOA" in text(officer.get("/lists/new/"))


def test_a_record_for_guests_names_what_tells_them_apart(world: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        agree(world, "imigrasi", "guests", fields=("names", "nationality"))
    assert refused.value.field == "fields"


def test_what_the_record_allowed_to_keep_is_not_known_as_the_lists_afterwards(
    world: Cast, officer: Client, sharing: Sharing
) -> None:
    house.lodging(world)
    batch = take(officer, sharing, [row()])
    batch.forget(by=world.immigration)
    assert batch.rows.get().stay is None
    assert Stay.objects.count() == 1 and counts(BAKALAN).visitors == 1
