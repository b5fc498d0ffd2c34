"""Gaps: found once, explained, owned and dated; closed with a reason, opened again, never doubled."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import CHEN, LIN, RAO, agree, table, taken
from tests.exchange.test_comparisons import KIM, compare, english
from tests.pages import text
from timpora.areas.models import Area
from timpora.exchange.due import DOCUMENTS
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import inspect
from timpora.exchange.models import Batch, Comparison, Gap, GapClosure
from timpora.exchange.models.sent import Sent
from timpora.exchange.reconciling import KINDS as DIFFERENCES
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Detail, Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry import working_days
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(world: Any) -> tuple[Batch, Batch]:
    report(world.bakalan, **PASSPORT, on=date(2026, 11, 1)).confirm(by=world.kaliwungu)
    workers = taken(world.labour, agree(world), [LIN, CHEN, RAO])
    return workers, taken(world.immigration, agree(world, "imigrasi", "permits"), [CHEN, KIM])


def of(name: str) -> list[tuple[str, str, str]]:
    """(kind, one, other) of the gaps about a person."""
    who = f"person:{Person.objects.get(names__iexact=name).pk}"
    return sorted(Gap.objects.filter(who=who).values_list("kind", "one", "other"))


def own_list(by: Any, sharing: Any, employer: str, until: str) -> None:
    """An own list that says of Chen another village, an employer and how long his permit is valid."""
    headings = ("NAMA", "KEWARGANEGARAAN", "TGL LAHIR", "NO. PASPOR", "PERUSAHAAN", "DESA", "KECAMATAN",
                "NO ITAS", "MASA BERLAKU ITAS")  # fmt: skip
    row = (*CHEN[:1], "Tiongkok", "17/08/1985", "E55667788", employer, "Getaspejaten", "Jati", "", until)
    data = table([row], headings)
    sent = Sent(sharing, Area.objects.get(pk="33.19"), date(2026, 11, 10), True, "x.xlsx", data)
    batch = Batch.objects.receive(by=by, sent=sent)
    batch.map(by=by, mapping=inspect(data, KINDS["own"]).mapping)
    batch.commit(by=by)


def test_each_list_that_lacks_a_person_is_one_gap(world: Any, lists: Any) -> None:
    compare(world.kudus)
    assert of("KIM MIN") == [
        ("only_in", "imigrasi.permits", "disnaker.workers"), ("only_in", "imigrasi.permits", "residences"),
    ]  # fmt: skip
    assert of("CHEN WEI") == [("only_in", "disnaker.workers", "residences")]
    assert of("Lin Yi-Chun") == [("only_in", "residences", "imigrasi.permits")]


def test_two_lists_that_say_different_things_are_a_gap_of_that_kind(world: Any, lists: Any) -> None:
    own_list(world.kudus, agree(world, "kesbangpol", "own"), "CV Lain", "01/02/2027")
    compare(world.kudus)
    between = Gap.objects.exclude(kind="only_in").filter(lists="disnaker.workers|kesbangpol.own")
    assert dict(between.values_list("kind", "fields")) == {"employer": ["employer"], "address": ["area"]}
    gap = Gap.objects.get(kind="employer", lists="disnaker.workers|kesbangpol.own")
    assert gap.owner_id == "disnaker"  # its list speaks of the older day
    page = text(english(world.kudus).get(f"/lists/gaps/{gap.pk}/"))
    assert "say different things" in page and "Employer" in page
    assert (
        english(world.labour).post(f"/lists/gaps/{gap.pk}/closure/", {"reason": "unknown"}).status_code == 303
    )


def test_a_company_however_written_is_no_other_employer(world: Any, lists: Any) -> None:
    taken(world.kudus, agree(world, "kesbangpol", "own"), [(*CHEN[:5], "MURIA JAYA, PT.", *CHEN[6:])])
    compare(world.kudus)
    assert not Gap.objects.filter(kind="employer").exists()


def test_a_gap_has_its_owner_its_due_day_and_neutral_words(world: Any, lists: Any) -> None:
    compare(world.kudus)
    lacking = Gap.objects.get(who__startswith="person:", one="imigrasi.permits", other="disnaker.workers")
    assert lacking.owner_id == "disnaker"
    assert lacking.due_on == working_days.add(world.kudus.post.today, 10)
    assert all(gap.owner_id is None for gap in Gap.objects.filter(other="residences"))
    page = text(cast.sign_in(world.kudus).get(f"/lists/gaps/{lacking.pk}/")).lower()
    assert "perlu klarifikasi" in page
    assert "ilegal" not in page and "pelanggaran" not in page


def test_an_office_sets_the_days_for_both_kinds_of_gaps_on_its_page(world: Any, lists: Any) -> None:
    assert set(DOCUMENTS) < {"only_in", *DIFFERENCES} == set(Gap.Kind.values)
    client, path = english(world.operator), f"/offices/{world.office.pk}/"
    form = client.get(f"{path}settings/").context["form"]
    given = {name: form[name].value() for name in form.fields} | {"gap_days": "15", "document_gap_days": "3"}
    given["province"] = "33"
    for wrong in ("0", "61", "many"):
        assert client.post(f"{path}settings/", given | {"gap_days": wrong}).status_code == 400
    assert client.post(f"{path}settings/", given).status_code in (302, 303)
    own_list(world.kudus, agree(world, "kesbangpol", "own"), "PT Satu", "01/02/2027")
    own_list(world.immigration, agree(world, "imigrasi", "own"), "PT Satu", "01/05/2027")
    compare(world.kudus)
    today = world.kudus.post.today
    for gap in Gap.objects.all():
        days = 3 if gap.kind in DOCUMENTS else 15
        assert gap.due_on == working_days.add(today, days)
        page = text(english(world.kudus).get(f"/lists/gaps/{gap.pk}/"))
        assert f"{days} working days, as the office has set" in page
    assert {gap.kind in DOCUMENTS for gap in Gap.objects.all()} == {True, False}
    world.office.refresh_from_db()
    world.office.change(by=SYSTEM, gap_days=20)
    again = Gap.objects.filter(kind="only_in").first()
    assert "15 working days" in text(english(world.kudus).get(f"/lists/gaps/{again.pk}/"))


def test_the_same_gap_found_again_is_the_same_and_keeps_its_due_day(world: Any, lists: Any) -> None:
    first = compare(world.kudus)
    before = list(Gap.objects.order_by("pk").values_list("pk", "due_on"))
    newer = (*KIM[:5], "PT Lain Lagi", *KIM[6:])
    taken(world.immigration, lists[1].sharing, [CHEN, newer], as_of=date(2026, 11, 19))
    second = compare(world.kudus)
    assert list(Gap.objects.order_by("pk").values_list("pk", "due_on")) == before
    gap = Gap.objects.first()
    assert (gap.first_found, gap.last_found) == (first, second)
    assert set(gap.found_in.all()) == {first, second}


def test_a_gap_found_beside_another_list_first_is_not_doubled(world: Any, lists: Any) -> None:
    """Kim, whom only Immigration names, becomes a resident: Disnaker's gap is the one it was."""
    compare(world.kudus)
    gap = Gap.objects.get(one="imigrasi.permits", other="disnaker.workers")
    report(world.bakalan, names="Kim Min", nationality="KOR", birth_date="1990-06-01", sex="M",
           on=date(2026, 11, 2), document_kind="passport", document_issuer="KOR",
           document_number="M7700112").confirm(by=world.kaliwungu)  # fmt: skip
    compare(world.kudus)
    again = Gap.objects.get(pk=gap.pk)
    assert (again.one, again.other) == ("residences", "disnaker.workers")
    assert Gap.objects.filter(who=gap.who, other="disnaker.workers").count() == 1
    assert Gap.objects.get(who=gap.who, other="residences").gone_in is not None


def test_a_gap_whose_difference_has_gone_is_proposed_for_closing_by_a_person(world: Any, lists: Any) -> None:
    first = compare(world.kudus)
    taken(world.labour, lists[0].sharing, [LIN, CHEN, RAO, KIM], as_of=date(2026, 11, 19))
    second = compare(world.kudus)
    gone = Gap.objects.gone().get(one="imigrasi.permits", other="disnaker.workers")
    assert (gone.gone_in, gone.closure) == (second, None)
    client = english(world.kudus)
    assert "may be closed" in text(client.get(f"/lists/comparisons/{second.pk}/?state=gone"))
    assert "KIM MIN" in text(client.get(f"/lists/comparisons/{first.pk}/"))
    assert client.post(f"/lists/gaps/{gone.pk}/closure/", {"reason": "gone"}).status_code == 303
    taken(world.labour, lists[0].sharing, [LIN, CHEN], as_of=date(2026, 11, 20))
    compare(world.kudus)
    again = Gap.objects.again().get()
    assert again == gone and again.is_again
    assert "found again" in text(client.get(f"/lists/gaps/{gone.pk}/"))


def test_a_comparison_of_other_lists_says_nothing_of_a_gap(world: Any, lists: Any) -> None:
    compare(world.kudus)
    Comparison.objects.make(
        by=world.kudus, area=Area.objects.get(pk="33.19"), batches=[lists[0]], as_of=date(2026, 11, 20)
    )
    assert not Gap.objects.filter(gone_in__isnull=False).exists()


def test_closing_takes_a_reason_and_a_note_stands_where_it_can_be_erased(world: Any, lists: Any) -> None:
    compare(world.kudus)
    gap, client = Gap.objects.first(), english(world.kudus)
    assert client.post(f"/lists/gaps/{gap.pk}/closure/", {"reason": ""}).status_code == 400
    assert client.post(f"/lists/gaps/{gap.pk}/closure/", {"reason": "nonsense"}).status_code == 400
    said = {"reason": "spelling", "note": "surat 12/2026"}
    assert client.post(f"/lists/gaps/{gap.pk}/closure/", said).status_code == 303
    assert client.post(f"/lists/gaps/{gap.pk}/closure/", said).status_code == 409
    closure = GapClosure.objects.get()
    assert (closure.reason, closure.mandate_id) == ("spelling", world.kudus.pk)
    entry = Entry.objects.get(action="gap.closed")
    assert entry.fields == "spelling" and "12/2026" not in str(list(Entry.objects.values()))
    assert "12/2026" in str(list(Detail.objects.values()))
    assert "Closed on" in text(client.get(f"/lists/gaps/{gap.pk}/"))


def test_a_closed_gap_is_opened_again_with_a_reason_and_both_stay_on_record(world: Any, lists: Any) -> None:
    compare(world.kudus)
    gap, client = Gap.objects.first(), english(world.chair)
    gap.close(by=world.kudus, reason="unknown")
    assert client.post(f"/lists/gaps/{gap.pk}/reopening/", {"note": " "}).status_code == 400
    assert client.post(f"/lists/gaps/{gap.pk}/reopening/", {"note": "x"}).status_code == 303
    assert client.post(f"/lists/gaps/{gap.pk}/reopening/", {"note": "x"}).status_code == 409
    gap.close(by=world.chair, reason="outside")
    first, second = GapClosure.objects.order_by("pk")
    assert first.reopened_by == world.chair.pk and second.reopened_at is None
    page = text(client.get(f"/lists/gaps/{gap.pk}/"))
    assert "Opened again on" in page and "lives outside the area" in page


def test_several_are_closed_with_one_reason(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    client, chosen = english(world.kudus), list(Gap.objects.values_list("pk", flat=True)[:3])
    address = f"/lists/comparisons/{made.pk}/closures/"
    assert client.post(address, {"reason": "definition"}).status_code == 400
    assert client.post(address, {"gap": chosen, "reason": ""}).status_code == 400
    assert not GapClosure.objects.exists()
    assert client.post(address, {"gap": [*chosen, 10**9, "x"], "reason": "definition"}).status_code == 303
    assert sorted(GapClosure.objects.values_list("gap", flat=True)) == sorted(chosen)
    assert Entry.objects.filter(action="gap.closed").count() == 3


def test_the_worklist_is_chosen_by_kind_reason_and_state(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    closed = Gap.objects.get(one="imigrasi.permits", other="disnaker.workers")
    closed.close(by=world.kudus, reason="outside")
    client = english(world.kudus)

    def shown(query: str) -> set[int]:
        page = text(client.get(f"/lists/comparisons/{made.pk}/?{query}"))
        return {gap.pk for gap in Gap.objects.all() if f"/lists/gaps/{gap.pk}/" in page}

    everything = set(Gap.objects.values_list("pk", flat=True))
    assert shown("state=all") == everything
    assert shown("state=closed") == {closed.pk}
    assert shown("") == everything - {closed.pk}
    assert shown("state=all&kind=permit") == set()
    assert shown(f"state=all&reason={closed.reason}") == set(
        Gap.objects.filter(reason=closed.reason).values_list("pk", flat=True)
    )
    assert shown("state=nonsense&kind=%27&page=99") == everything - {closed.pk}


def test_an_agency_closes_what_is_its_own_to_look_at_and_nothing_else(world: Any, lists: Any) -> None:
    compare(world.kudus)
    officer = cast.post_and_seat("imigrasi-daftar", "contributor", area="33.19")
    rao = Gap.objects.get(one="disnaker.workers", other="imigrasi.permits")
    with pytest.raises(Refusal):
        rao.close(by=world.labour, reason="unknown")  # Immigration looks
    assert not Gap.objects.visible_to(officer).filter(pk=rao.pk).exists()  # and has a count of it
    kim = Gap.objects.get(one="imigrasi.permits", other="residences")
    for other in (world.demak_regency, world.bakalan, world.province, world.labour, officer):
        with pytest.raises(Refusal):
            kim.close(by=other, reason="unknown")
    kim.close(by=world.immigration, reason="unknown")
    with pytest.raises(Conflict):
        kim.close(by=world.immigration, reason="unknown")


def test_the_file_of_gaps_says_what_the_page_says_and_is_noted(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    client = english(world.kudus)
    said = text(client.get(f"/lists/comparisons/{made.pk}/gaps.csv"))
    assert said.count("\r\n") == Gap.objects.count() + 1
    assert "KIM MIN" in said and "needs clarification" in said
    assert client.get(f"/lists/comparisons/{made.pk}/gaps.xlsx").content[:2] == b"PK"
    assert Entry.objects.filter(action="comparison.exported").count() == 2


def test_the_evidence_of_lists_and_reports_leads_to_the_reason(world: Any, lists: Any) -> None:
    """Rao lives in Demak, of the same office; Kim's row says he has left."""
    report(world.demak, names="Anand Rao", nationality="IND", birth_date="1979-02-01", sex="M",
           on=date(2026, 11, 3), document_kind="passport", document_issuer="IND",
           document_number="Z9988776").confirm(by=world.demak_district)  # fmt: skip
    compare(world.kudus)
    rao = Gap.objects.get(one="disnaker.workers", other="residences", reason="outside")
    assert rao.grounds == [["home_outside", 0]]
    page = text(english(world.kudus).get(f"/lists/gaps/{rao.pk}/"))
    assert "outside this area" in page and "Demak" not in page


def test_a_row_that_names_another_regency_explains_why_nobody_here_knows_them(world: Any) -> None:
    headings = ("NAMA TKA", "TGL LAHIR", "KEWARGANEGARAAN", "NO. PASPOR", "LOKASI KERJA", "ALAMAT")
    people = [
        ("HONG SUNG", "14/03/1982", "Korea Selatan", "XR770011", "Kab. Demak", ""),
        ("PHAM BAO", "02/12/1990", "Vietnam", "XR770022", "Kab. Kudus", "Jl. Demak 7"),
        ("VERMA ANIL", "19/07/1975", "India", "XR770033", "", "Desa Batu, Kabupaten Demak"),
        ("ZHU HAIBO", "27/01/1988", "Tiongkok", "XR770044", "Kab. Demak", "Kota, Kab. Kudus"),
    ]
    fields = ("names", "nationality", "birth_date", "document_number", "work_area", "address")
    sharing = agree(world, fields=fields)
    data = table(people, headings)
    sent = Sent(sharing, Area.objects.get(pk="33.19"), date(2026, 11, 10), True, "x.xlsx", data)
    batch = Batch.objects.receive(by=world.labour, sent=sent)
    batch.map(by=world.labour, mapping=inspect(data, KINDS["workers"]).mapping)
    batch.commit(by=world.labour)
    compare(world.kudus)
    reasons = {
        Person.objects.get(pk=gap.person_number).names: (gap.reason, gap.grounds[0][0])
        for gap in Gap.objects.filter(other="residences")
    }
    outside, unknown = ("outside", "words_outside"), ("unknown", "nothing")
    assert reasons == {"HONG SUNG": outside, "PHAM BAO": unknown, "VERMA ANIL": outside, "ZHU HAIBO": unknown}
