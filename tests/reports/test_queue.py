"""The queue at the HTTP edge: who confirms, sends back, refuses, undoes, and what a stale page is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.cast import BAKALAN, KALIWUNGU, PASSPORT, PRAMBATAN, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Person
from timpora.reports.models import Report, Review
from timpora.team.models import Agency, Mandate, Post
from timpora.team.roles import Role, Tier

pytestmark = pytest.mark.django_db
State = Report.State


def named(index: int, by: Mandate, **more: Any) -> Report:
    """A report of somebody else each time."""
    return report(by, names=f"Orang {'abcdefghij'[index] * 6}", birth_date=str(1960 + index), **more)


def seat(user: Any, role: str, area: str) -> Mandate:
    """A further mandate for somebody."""
    post = Post.objects.open(
        by=cast.SYSTEM, agency=Agency.objects.get(code="kecamatan"), role=role, title="Jabatan kedua",
        area=cast.Area.objects.get(pk=area),
    )  # fmt: skip
    made: Mandate = Mandate.objects.grant(by=cast.SYSTEM, user=user, post=post, since=date(2026, 1, 1))
    return made


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "-1", "x"])
def test_a_number_that_no_report_has_is_passed_over(world: Cast, number: str) -> None:
    client = cast.sign_in(world.kaliwungu)
    for address in ("/reports/confirmations/", "/reports/confirmations/undo/"):
        assert client.post(address, {"report": number}).status_code == 303


def state(of: Report) -> str:
    of.refresh_from_db()
    return str(of.state)


def test_the_queue_shows_the_oldest_first_with_what_it_takes_to_decide(world: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)):
        old = named(0, world.bakalan, on=date(2026, 11, 22))
    new = named(1, world.prambatan)
    page = cast.sign_in(world.kaliwungu).get("/reports/waiting/")
    assert [row.report.pk for row in page.context["rows"]] == [old.pk, new.pk]
    body = text(page)
    for seen in (
        "Orang aaaaaa",
        "Taiwan",
        "1960",
        "mess PT Muria Jaya",
        "Bakalankrapyak",
        "sudah 2 hari",
        old.receipt,
    ):
        assert seen in body, seen


def test_a_queue_of_any_length_asks_the_database_the_same_few_questions(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for index in range(8):
        named(index, world.bakalan)
        named(index, world.prambatan)
    for mandate, most in ((world.kaliwungu, 20), (world.kudus, 22), (world.immigration, 22)):
        client = cast.sign_in(mandate)
        with django_assert_max_num_queries(most):
            assert client.get("/reports/waiting/").status_code == 200
        with django_assert_max_num_queries(16):
            client.get("/reports/?of=area")


def test_confirming_counts_at_once_and_offers_to_undo(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    answer = client.post(f"/reports/{sent.pk}/confirmation/")
    assert answer.status_code == 303
    assert state(sent) == State.VERIFIED
    assert counts("ID").people == 1
    page = text(client.get(answer["Location"]))
    assert 'action="/reports/confirmations/undo/"' in page and f'value="{sent.pk}"' in page
    # Told once; afterwards the ordinary page stands there.
    assert "confirmations/undo" not in text(client.get("/reports/waiting/"))


def test_undone_at_once_nothing_is_left_of_a_confirmation(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    client.post(f"/reports/{sent.pk}/confirmation/")
    assert client.post(f"/reports/{sent.pk}/confirmation/undo/").status_code == 303
    assert state(sent) == State.SUBMITTED
    assert (counts("ID").people, counts("ID").waiting, Person.objects.count()) == (0, 1, 0)
    assert Entry.objects.get(action="report.unconfirmed").values == {"reason": "undone at once"}
    # It can be confirmed again as if nothing had been.
    client.post(f"/reports/{sent.pk}/confirmation/")
    assert counts("ID").people == 1


def test_after_ten_seconds_taking_back_needs_a_reason(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    client.post(f"/reports/{sent.pk}/confirmation/")
    Review.objects.update(at=datetime.now(UTC) - timedelta(seconds=20))
    assert client.post(f"/reports/{sent.pk}/confirmation/undo/").status_code == 400
    client.post("/reports/confirmations/undo/", {"report": [sent.pk]})
    assert "Sepuluh detik sudah lewat" in text(client.get("/reports/waiting/"))
    assert state(sent) == State.VERIFIED
    assert client.post(f"/reports/{sent.pk}/confirmation/undo/", {"reason": "salah orang"}).status_code == 303
    assert state(sent) == State.SUBMITTED


def test_each_of_several_selected_gets_its_own_review_and_its_own_outcome(world: Cast) -> None:
    good = [named(0, world.bakalan), named(1, world.prambatan)]
    withdrawn = named(2, world.bakalan)
    elsewhere = named(3, world.getas)
    client = cast.sign_in(world.kaliwungu)
    withdrawn.withdraw(by=world.bakalan)
    chosen = [one.pk for one in (*good, withdrawn, elsewhere)]
    answer = client.post("/reports/confirmations/", {"report": chosen})
    assert answer.status_code == 303
    assert [state(one) for one in good] == [State.VERIFIED] * 2
    assert (state(withdrawn), state(elsewhere)) == (State.WITHDRAWN, State.SUBMITTED)
    assert Review.objects.count() == 2
    page = text(client.get("/reports/waiting/"))
    assert "2 laporan dikonfirmasi" in page
    assert withdrawn.receipt in page and "sementara itu sudah diperiksa" in page
    # What lies outside the mandate is passed over as if it did not exist.
    assert elsewhere.receipt not in page
    client.post("/reports/confirmations/undo/", {"report": [one.pk for one in good]})
    assert [state(one) for one in good] == [State.SUBMITTED] * 2
    assert counts("ID").people == 0


def test_undoing_several_goes_backwards_where_one_rests_on_the_other(world: Cast) -> None:
    first, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    second = report(world.bakalan, again=True)
    client.post("/reports/confirmations/", {"report": [first.pk, second.pk]})
    assert [state(first), state(second)] == [State.VERIFIED] * 2
    alone = client.post(f"/reports/{first.pk}/confirmation/undo/")
    assert alone.status_code == 409
    assert counts("ID").people == 1
    client.post("/reports/confirmations/undo/", {"report": [first.pk, second.pk]})
    assert [state(first), state(second)] == [State.SUBMITTED] * 2
    assert counts("ID").people == 0


def test_nothing_selected_changes_nothing_and_says_so(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    client.post("/reports/confirmations/", {})
    assert "Belum ada yang dipilih" in text(client.get("/reports/waiting/"))
    assert state(sent) == State.SUBMITTED


def test_a_page_that_was_overtaken_is_shown_both_versions(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    shown = client.get("/reports/waiting/").context["rows"][0].shown
    sent.send_back(by=world.kaliwungu, reason="alamat?")
    for path in ("confirmation", "refusal", "sending-back"):
        answer = client.post(f"/reports/{sent.pk}/{path}/", {f"shown_{sent.pk}": shown, "reason": "x"})
        assert answer.status_code == 409
        assert "menunggu kecamatan" in text(answer) and "dikembalikan" in text(answer)
    assert state(sent) == State.SENT_BACK


def test_sent_back_needs_a_reason_and_the_sender_reads_it_and_answers(world: Cast) -> None:
    sent, client = report(world.bakalan, **PASSPORT), cast.sign_in(world.kaliwungu)
    empty = client.post(f"/reports/{sent.pk}/sending-back/", {"reason": "  "})
    assert empty.status_code == 400
    assert "Mohon tuliskan alasannya" in text(empty)
    assert client.post(f"/reports/{sent.pk}/sending-back/", {"reason": "RT berapa?"}).status_code == 303
    desa = cast.sign_in(world.bakalan)
    page = text(desa.get(f"/reports/{sent.pk}/"))
    assert "RT berapa?" in page and f"?replaces={sent.pk}" in page
    form = desa.get(f"/reports/new/?replaces={sent.pk}")
    assert form.context["form"].initial["names"] == "Lin Yi-Chun"
    # The village is not shown again what it entered of birth date and document, and they are not lost.
    assert "A1234567" not in text(form) and 'value="1990' not in text(form)
    given = {
        "sent_id": "4a6e0a3e-0000-4000-8000-000000000001", "kind": "present", "names": "Lin Yi-Chun",
        "nationality": "Taiwan", "sex": "F", "address": "mess PT Muria Jaya, RT 04/RW 03",
        "event_on": "2026-11-24",
    }  # fmt: skip
    assert desa.post(f"/reports/new/?replaces={sent.pk}", given).status_code == 303
    answer = Report.objects.get(replaces=sent)
    assert answer.values["birth_date"] == "1990-05-03"
    assert answer.statement.document_key == sent.statement.document_key
    # Answered once: the door is closed.
    assert desa.get(f"/reports/new/?replaces={sent.pk}").status_code == 404


def test_refused_the_reason_is_read_by_the_sender(world: Cast) -> None:
    sent, client = report(world.bakalan), cast.sign_in(world.kaliwungu)
    assert client.post(f"/reports/{sent.pk}/refusal/", {"reason": "tidak ada orangnya"}).status_code == 303
    assert state(sent) == State.REFUSED
    page = text(cast.sign_in(world.bakalan).get(f"/reports/{sent.pk}/"))
    assert "tidak ada orangnya" in page and "replaces=" not in page


def test_only_the_sender_withdraws_and_only_before_anybody_confirmed(world: Cast) -> None:
    sent, desa = report(world.bakalan), cast.sign_in(world.bakalan)
    assert cast.sign_in(world.prambatan).post(f"/reports/{sent.pk}/withdrawal/").status_code == 404
    assert cast.sign_in(world.kaliwungu).post(f"/reports/{sent.pk}/withdrawal/").status_code == 400
    assert desa.post(f"/reports/{sent.pk}/withdrawal/").status_code == 303
    assert (state(sent), counts("ID").waiting) == (State.WITHDRAWN, 0)
    confirmed = named(1, world.bakalan)
    confirmed.confirm(by=world.kaliwungu)
    late = desa.post(f"/reports/{confirmed.pk}/withdrawal/")
    assert late.status_code == 409
    assert state(confirmed) == State.VERIFIED


def test_nobody_confirms_their_own_report_under_a_second_mandate(world: Cast) -> None:
    sent = report(world.bakalan)
    second = seat(world.bakalan.user, Role.DISTRICT, KALIWUNGU)
    client = cast.sign_in(second)
    assert sent.receipt not in text(client.get("/reports/waiting/"))
    for path in ("confirmation", "sending-back", "refusal"):
        answer = client.post(f"/reports/{sent.pk}/{path}/", {"reason": "x"})
        assert answer.status_code == 400
        assert "dikirimnya sendiri" in text(answer)
    client.post("/reports/confirmations/", {"report": [sent.pk]})
    assert "dikirimnya sendiri" in text(client.get("/reports/waiting/"))
    assert state(sent) == State.SUBMITTED
    assert not Review.objects.exists()


def test_where_the_sender_is_the_only_holder_above_the_next_tier_confirms_marked(world: Cast) -> None:
    sent = report(world.bakalan)
    world.kaliwungu.end(by=cast.SYSTEM)
    seat(world.bakalan.user, Role.DISTRICT, KALIWUNGU)
    client = cast.sign_in(world.kudus)
    page = client.get("/reports/waiting/")
    assert [row.mark for row in page.context["rows"]] == [Review.Mark.VACANT]
    assert "untuk jabatan yang kosong" in text(page)
    client.post(f"/reports/{sent.pk}/confirmation/")
    assert Review.objects.get().mark == Review.Mark.VACANT
    assert state(sent) == State.VERIFIED


def test_a_vacant_districts_reports_are_confirmed_by_the_regency_marked(world: Cast) -> None:
    sent = report(world.bakalan)
    kabupaten = cast.sign_in(world.kudus)
    assert cast.sign_in(world.kudus).post(f"/reports/{sent.pk}/confirmation/").status_code == 400
    world.kaliwungu.end(by=cast.SYSTEM)
    assert [row.mark for row in kabupaten.get("/reports/waiting/").context["rows"]] == [Review.Mark.VACANT]
    kabupaten.post(f"/reports/{sent.pk}/confirmation/")
    assert (state(sent), Review.objects.get().mark) == (State.VERIFIED, Review.Mark.VACANT)
    assert "untuk jabatan yang kosong" in text(kabupaten.get(f"/reports/{sent.pk}/"))


def test_with_regency_and_district_vacant_the_office_confirms(world: Cast) -> None:
    sent = report(world.bakalan)
    world.kaliwungu.end(by=cast.SYSTEM)
    world.kudus.end(by=cast.SYSTEM)
    client = cast.sign_in(world.immigration)
    assert [row.report.pk for row in client.get("/reports/waiting/").context["rows"]] == [sent.pk]
    client.post(f"/reports/{sent.pk}/confirmation/")
    assert state(sent) == State.VERIFIED


@pytest.mark.parametrize(("day", "allowed"), [(27, False), (30, True)])
def test_after_three_working_days_of_silence_the_regency_may_confirm_marked(
    world: Cast, day: int, allowed: bool
) -> None:
    # Sent on Tuesday 24 November at 08.30 in Semarang, which is still the same day in UTC.
    with time_machine.travel(datetime(2026, 11, 24, 1, 30, tzinfo=UTC)):
        sent = report(world.bakalan)
    with time_machine.travel(datetime(2026, 11, day, 5, 0, tzinfo=UTC)):
        kabupaten = cast.sign_in(world.kudus)
        marks = [row.mark for row in kabupaten.get("/reports/waiting/").context["rows"]]
        answer = kabupaten.post(f"/reports/{sent.pk}/confirmation/")
    assert marks == ([Review.Mark.SILENT] if allowed else [])
    assert answer.status_code == (303 if allowed else 400)
    assert state(sent) == (State.VERIFIED if allowed else State.SUBMITTED)
    assert [review.mark for review in Review.objects.all()] == marks


def test_silence_is_reckoned_by_the_local_day(world: Cast) -> None:
    # 02.00 on Wednesday in Semarang is still Tuesday in UTC; three working days end with Monday.
    with time_machine.travel(datetime(2026, 11, 24, 19, 0, tzinfo=UTC)):
        report(world.bakalan)
    for moment, seen in (
        (datetime(2026, 11, 30, 5, tzinfo=UTC), 0),
        (datetime(2026, 12, 1, 5, tzinfo=UTC), 1),
    ):
        with time_machine.travel(moment):
            assert len(cast.sign_in(world.kudus).get("/reports/waiting/").context["rows"]) == seen


def test_what_a_district_sends_on_behalf_goes_one_tier_up_and_is_marked(world: Cast) -> None:
    sent = report(world.kaliwungu, area=BAKALAN)
    assert (sent.on_behalf, sent.tier) == (True, Tier.REGENCY)
    assert cast.sign_in(world.kaliwungu).post(f"/reports/{sent.pk}/confirmation/").status_code == 400
    kabupaten = cast.sign_in(world.kudus)
    assert "atas nama" in text(kabupaten.get("/reports/waiting/"))
    kabupaten.post(f"/reports/{sent.pk}/confirmation/")
    assert state(sent) == State.VERIFIED


def test_what_a_regency_or_an_office_sends_goes_to_the_office(world: Cast) -> None:
    by_regency = report(world.kudus, area=BAKALAN)
    by_office = report(world.immigration, area=PRAMBATAN, names="Thiha", nationality="MMR")
    assert (by_regency.tier, by_office.tier) == (Tier.OFFICE, Tier.OFFICE)
    officer, chair = cast.sign_in(world.immigration), cast.sign_in(world.chair)
    assert officer.post(f"/reports/{by_office.pk}/confirmation/").status_code == 400
    officer.post(f"/reports/{by_regency.pk}/confirmation/")
    chair.post(f"/reports/{by_office.pk}/confirmation/")
    assert (state(by_regency), state(by_office)) == (State.VERIFIED, State.VERIFIED)


def test_an_office_with_two_verifying_tiers_passes_a_report_on(world: Cast) -> None:
    world.office.change(by=cast.SYSTEM, verifying_tiers="district,regency")
    sent, kecamatan = report(world.bakalan), cast.sign_in(world.kaliwungu)
    kecamatan.post(f"/reports/{sent.pk}/confirmation/")
    assert "kini menunggu kabupaten" in text(kecamatan.get("/reports/waiting/"))
    assert (state(sent), counts("ID").people) == (State.SUBMITTED, 0)
    # The quick undo takes the first tier's yes back as well.
    kecamatan.post(f"/reports/{sent.pk}/confirmation/undo/")
    sent.refresh_from_db()
    assert sent.tier == Tier.DISTRICT
    kecamatan.post(f"/reports/{sent.pk}/confirmation/")
    cast.sign_in(world.kudus).post(f"/reports/{sent.pk}/confirmation/")
    assert (state(sent), counts("ID").people) == (State.VERIFIED, 1)


def test_tiers_above_may_send_back_what_they_do_not_hold(world: Cast) -> None:
    sent, kabupaten = report(world.bakalan), cast.sign_in(world.kudus)
    page = kabupaten.get(f"/reports/{sent.pk}/")
    assert (page.context["may_confirm"], page.context["may_send_back"]) == (False, True)
    assert kabupaten.post(f"/reports/{sent.pk}/refusal/", {"reason": "x"}).status_code == 400
    assert kabupaten.post(f"/reports/{sent.pk}/sending-back/", {"reason": "nama?"}).status_code == 303
    assert state(sent) == State.SENT_BACK


def test_after_confirming_a_doubtful_one_the_queue_says_who_checks_it(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    namesake, client = report(world.prambatan), cast.sign_in(world.kaliwungu)
    client.post(f"/reports/{namesake.pk}/confirmation/")
    page = text(client.get("/reports/waiting/"))
    assert "sedang dicek oleh kecamatan" in page and "/identities/" in page
    assert "sedang dicek" in text(cast.sign_in(world.prambatan).get(f"/reports/{namesake.pk}/"))


@pytest.mark.parametrize("path", ["confirmation", "confirmation/undo", "sending-back", "refusal"])
def test_a_village_has_no_queue(world: Cast, path: str) -> None:
    sent, desa = report(world.bakalan), cast.sign_in(world.bakalan)
    assert desa.get("/reports/waiting/").status_code == 404
    assert desa.post(f"/reports/{sent.pk}/{path}/", {"reason": "x"}).status_code == 404
    assert desa.post("/reports/confirmations/", {"report": [sent.pk]}).status_code == 404
    assert state(sent) == State.SUBMITTED


def test_what_lies_outside_the_mandate_does_not_exist(world: Cast) -> None:
    sent = report(world.bakalan)
    for mandate in (world.jati, world.demak_district, world.demak_regency, world.prambatan):
        client: Client = cast.sign_in(mandate)
        assert client.get(f"/reports/{sent.pk}/").status_code == 404
        for path in ("confirmation", "sending-back", "refusal", "withdrawal", "confirmation/undo"):
            assert client.post(f"/reports/{sent.pk}/{path}/", {"reason": "x"}).status_code == 404


def test_looking_at_somebody_elses_report_is_in_the_ledger(world: Cast) -> None:
    sent = report(world.bakalan)
    cast.sign_in(world.bakalan).get(f"/reports/{sent.pk}/")
    assert not Entry.objects.filter(action="report.viewed").exists()
    cast.sign_in(world.kaliwungu).get(f"/reports/{sent.pk}/")
    assert Entry.objects.get(action="report.viewed").mandate == world.kaliwungu.pk


def test_an_empty_queue_says_so_once_and_what_to_do_next(world: Cast) -> None:
    page = text(cast.sign_in(world.kaliwungu).get("/reports/waiting/"))
    assert page.count("Tidak ada yang menunggu Anda") == 1
    assert "0 laporan" not in page
    assert 'href="/reports/?of=area"' in page


def test_an_empty_queue_leads_to_the_identities_that_wait_for_a_decision(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    report(world.prambatan, on=date(2026, 11, 25)).confirm(by=world.kaliwungu)
    page = text(cast.sign_in(world.kaliwungu).get("/reports/waiting/"))
    assert "1 identitas menunggu keputusan Anda." in page
    assert 'href="/identities/"' in page
    assert "Tidak ada yang menunggu Anda" not in page
