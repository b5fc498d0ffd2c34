"""A village's month: answered person by person, signed as nil or excused, and seen from above."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, PRAMBATAN, Cast, report
from tests.pages import text
from timpora.areas.models import Area
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.models import Answer, Return
from timpora.recaps.month import Month
from timpora.recaps.standing import awaiting, first_of
from timpora.registry.models import Claim, Freeze, Person, Residence
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def url(code: str = BAKALAN, month: str = "2026-10", verb: str = "") -> str:
    return f"/returns/{code}/{month}/{verb}"


def village(code: str = BAKALAN) -> Area:
    return Area.objects.get(code=code)


def resident(cast_: Cast, **values: str) -> Person:
    sent = report(cast_.bakalan, on=date(2026, 10, 1), **values)
    sent.confirm(by=cast_.kaliwungu)
    sent.refresh_from_db()
    assert sent.person is not None
    return sent.person


def answer(person: Person, word: str) -> dict[str, str]:
    return {f"person_{person.pk}": word}


# --- answering ---


def test_the_officer_is_asked_about_each_resident_and_nothing_is_answered_beforehand(world: Cast) -> None:
    person = resident(world)
    page = text(cast.sign_in(world.bakalan).get(url()))
    assert person.names in page
    assert page.count(f'name="person_{person.pk}"') == 3
    assert "checked" not in page
    assert "Masih ada" in page
    world.bakalan.user.language = "en"
    world.bakalan.user.save()
    english = text(cast.sign_in(world.bakalan).get(url(), headers={"accept-language": "en"}))
    assert "Still here" in english
    assert "Masih ada" not in english


def test_still_here_is_evidence_of_the_month(world: Cast) -> None:
    person = resident(world)
    response = cast.sign_in(world.bakalan).post(url(), answer(person, "still_here"))
    assert (response.status_code, response.headers["Location"]) == (302, url())
    assert person.home is not None
    assert person.home.evidenced_on == date(2026, 10, 31)
    assert first_of(village(), OCTOBER).word == "with_data"
    assert not Report.objects.submitted().exists()


@pytest.mark.parametrize("word", ["moved", "left"])
def test_moved_and_left_become_reports_that_the_district_confirms(world: Cast, word: str) -> None:
    person = resident(world)
    cast.sign_in(world.bakalan).post(url(), answer(person, word))
    sent = Report.objects.submitted().get()
    assert (sent.kind, sent.event_on, sent.person) == (word, date(2026, 10, 31), person)
    assert person.home is not None
    sent.confirm(by=world.kaliwungu)
    assert Person.objects.get(pk=person.pk).home is None


def test_a_return_is_refused_while_a_resident_is_not_answered_for_and_keeps_what_was_answered(
    world: Cast,
) -> None:
    first = resident(world)
    second = resident(world, names="Thiha", nationality="MMR", birth_date="1996")
    response = cast.sign_in(world.bakalan).post(url(), answer(first, "still_here"))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [f"person_{second.pk}"]
    assert "checked" in text(response)
    assert not Return.objects.exists()


def test_an_answer_that_is_none_of_the_three_is_refused(world: Cast) -> None:
    person = resident(world)
    assert cast.sign_in(world.bakalan).post(url(), answer(person, "sold")).status_code == 400
    with pytest.raises(Refusal) as refusal:
        Return.objects.answer(by=world.bakalan, area=village(), month=OCTOBER, answers={person.pk: "sold"})
    assert refusal.value.code == "answers_missing"


def test_a_return_is_answered_again_where_later_facts_differ_and_both_words_stay(world: Cast) -> None:
    first = resident(world)
    client = cast.sign_in(world.bakalan)
    client.post(url(), answer(first, "still_here"))
    second = resident(world, names="Thiha", nationality="MMR", birth_date="1996")
    page = client.get(url())
    assert page.context["unanswered"] == [second]
    assert "belum dijawab" in text(page)
    client.post(url(), answer(first, "still_here") | answer(second, "still_here"))
    page = client.get(url())
    assert page.context["unanswered"] == []
    assert [version.superseded_at is None for version in page.context["versions"]] == [True, False]
    assert "diganti oleh jawaban kemudian" in text(page)


def test_answering_again_sends_no_report_twice_and_takes_back_what_is_no_longer_said(world: Cast) -> None:
    person = resident(world)
    client = cast.sign_in(world.bakalan)
    client.post(url(), answer(person, "left"))
    client.post(url(), answer(person, "left"))
    sent = Report.objects.exclude(kind="present").get()
    assert Answer.objects.filter(report=sent).count() == 2
    client.post(url(), answer(person, "still_here"))
    sent.refresh_from_db()
    assert sent.state == "withdrawn"


def test_a_return_rests_on_a_resident_who_has_gone_since(world: Cast) -> None:
    person = resident(world)
    gone = report(world.bakalan, kind="left", person=person, on=date(2026, 11, 10), left="abroad")
    gone.confirm(by=world.kaliwungu)
    cast.sign_in(world.bakalan).post(url(), answer(person, "still_here"))
    assert first_of(village(), OCTOBER).word == "with_data"
    assert not Residence.objects.current().exists()


# --- nil ---


def test_nil_is_signed_in_one_tap_under_a_sentence_with_name_post_and_time(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    page = text(client.get(url()))
    assert "Saya, bakalan, Bakalan, Desa Bakalankrapyak, menyatakan pada 25 November 2026, 12.00" in page
    assert "pada 31 Oktober 2026 tidak ada orang asing yang tinggal di Desa Bakalankrapyak" in page
    assert client.post(url(verb="nil/")).headers["Location"] == url()
    assert first_of(village(), OCTOBER).word == "nil"
    assert Entry.objects.get(action="return.signed").fields == "nil,2026-10"
    assert "Nihil sudah ditandatangani" in text(client.get(url()))


def test_nil_names_what_to_answer_first_with_a_link_to_it(world: Cast) -> None:
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, on=date(2026, 10, 5), **PASSPORT).confirm(by=world.jati)
    report(world.getas, on=date(2026, 10, 6), names="Thiha", nationality="MMR", birth_date="1996")
    getas = cast.sign_in(world.getas).post(url(GETAS, verb="nil/"))
    assert getas.status_code == 400
    assert [each.kind for each in getas.context["first"]] == ["reports", "claims"]
    page = text(getas)
    assert 'href="/reports/"' in page
    assert 'href="/claims/"' in page
    bakalan = cast.sign_in(world.bakalan).post(url(verb="nil/"))
    assert [each.kind for each in bakalan.context["first"]] == ["residents"]
    assert 'href="#answers"' in text(bakalan)
    assert not Return.objects.exists()


def test_nil_is_not_offered_before_what_stands_against_it_is_answered(world: Cast) -> None:
    report(world.getas, on=date(2026, 10, 6), names="Thiha", nationality="MMR", birth_date="1996")
    client = cast.sign_in(world.getas)
    page = text(client.get(url(GETAS)))
    assert url(GETAS, verb="nil/") not in page
    assert "Nihil dapat ditandatangani setelah hal berikut dijawab:" in page
    assert "1 laporan Anda" in page and 'href="/reports/"' in page
    Report.objects.get().withdraw(by=world.getas)
    assert url(GETAS, verb="nil/") in text(client.get(url(GETAS)))


def test_a_claim_of_this_month_does_not_stand_against_last_months_nil(world: Cast) -> None:
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, on=date(2026, 11, 5), **PASSPORT).confirm(by=world.jati)
    assert Claim.objects.open().exists()
    assert cast.sign_in(world.getas).post(url(GETAS, verb="nil/")).status_code == 302


def test_nil_can_be_signed_from_the_months_last_day_on(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    assert "mulai 30 November 2026" in text(client.get(url(month="2026-11")))
    early = client.post(url(month="2026-11", verb="nil/"))
    assert early.status_code == 400
    assert "hari terakhir bulan itu" in text(early)
    # 30 November begins at midnight in Kudus, at 17.00 of the day before in Greenwich.
    with time_machine.travel(datetime(2026, 11, 29, 17, 1, tzinfo=UTC)):
        assert cast.sign_in(world.bakalan).post(url(month="2026-11", verb="nil/")).status_code == 302


def test_nil_that_later_turns_out_untrue_is_answered_again(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    client.post(url(verb="nil/"))
    person = resident(world)
    assert client.get(url()).context["unanswered"] == [person]
    client.post(url(), answer(person, "still_here"))
    assert first_of(village(), OCTOBER).word == "with_data"


def test_a_frozen_month_is_not_answered_any_more(world: Cast) -> None:
    Freeze.objects.create(area_id="33.19", month="2026-10", at=datetime(2026, 11, 10, tzinfo=UTC))
    refused = cast.sign_in(world.bakalan).post(url(verb="nil/"))
    assert refused.status_code == 400
    assert "dikunci" in text(refused)


# --- excusing, typing for the village ---


def test_the_district_excuses_a_village_with_a_reason(world: Cast) -> None:
    client = cast.sign_in(world.kaliwungu)
    assert client.post(url(verb="excuse/"), {"reason": "  "}).status_code == 400
    assert client.post(url(verb="excuse/"), {"reason": "banjir"}).status_code == 302
    assert first_of(village(), OCTOBER).word == "excused"
    entry = Entry.objects.get(action="return.excused")
    assert entry.values == {"reason": "banjir"}
    assert "banjir" in text(cast.sign_in(world.bakalan).get(url()))


def test_an_answered_month_is_not_excused(world: Cast) -> None:
    cast.sign_in(world.bakalan).post(url(verb="nil/"))
    assert cast.sign_in(world.kaliwungu).post(url(verb="excuse/"), {"reason": "banjir"}).status_code == 409
    with pytest.raises(Conflict):
        Return.objects.excuse(by=world.kaliwungu, area=village(), month=OCTOBER, reason="banjir")


def test_an_excused_village_may_answer_still(world: Cast) -> None:
    Return.objects.excuse(by=world.kaliwungu, area=village(), month=OCTOBER, reason="banjir")
    assert cast.sign_in(world.bakalan).post(url(verb="nil/")).status_code == 302
    assert first_of(village(), OCTOBER).word == "nil"


def test_only_the_district_excuses_until_its_post_is_vacant(world: Cast) -> None:
    for who in (world.bakalan, world.kudus, world.chair):
        assert cast.sign_in(who).post(url(verb="excuse/"), {"reason": "banjir"}).status_code == 404
    world.kaliwungu.end(by=world.kudus)
    assert cast.sign_in(world.chair).post(url(verb="excuse/"), {"reason": "banjir"}).status_code == 404
    assert cast.sign_in(world.kudus).post(url(verb="excuse/"), {"reason": "banjir"}).status_code == 302


def test_what_the_district_types_for_a_village_is_marked(world: Cast) -> None:
    assert cast.sign_in(world.kaliwungu).post(url(verb="nil/")).status_code == 302
    assert Return.objects.get().on_behalf
    assert "diketik untuk desa" in text(cast.sign_in(world.bakalan).get(url()))


# --- who sees which month ---


def test_returns_are_the_business_of_the_tiers_that_work_on_them(world: Cast) -> None:
    for name, mandate in world.everyone().items():
        sees = mandate.tier is not None and mandate.reaches(BAKALAN)
        client = cast.sign_in(mandate)
        assert client.get(url()).status_code == (200 if sees else 404), name
        assert client.post(url(verb="nil/")).status_code == 404 or sees, name
        assert client.get("/returns/", follow=True).status_code == (
            200 if mandate.tier is not None else 404
        ), name


def test_tiers_above_the_district_read_a_return_and_do_not_sign_it(world: Cast) -> None:
    for who in (world.kudus, world.immigration, world.chair):
        client = cast.sign_in(who)
        assert "Tandatangani nihil" not in text(client.get(url()))
        assert client.post(url(verb="nil/")).status_code == 400
    assert not Return.objects.exists()


def test_a_month_before_anybody_held_a_post_is_nobodys_to_sign(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)  # the first posts are held since 1 January 2026
    assert client.get(url(month="2026-01")).status_code == 200
    assert client.post(url(month="2025-12", verb="nil/")).status_code == 404
    with pytest.raises(Refusal):
        Return.objects.sign_nil(by=world.bakalan, area=village(), month=Month.parse("1900-01"))
    assert not Return.objects.exists()


@pytest.mark.parametrize("month", ["2026-12", "2027-01", "2026-13", "2026-00", "26-10", "0000-01"])
def test_a_month_that_has_not_come_or_is_none_does_not_exist(world: Cast, month: str) -> None:
    client = cast.sign_in(world.bakalan)
    assert client.get(url(month=month)).status_code == 404
    assert client.post(url(month=month, verb="nil/")).status_code == 404


def test_only_a_village_has_a_return(world: Cast) -> None:
    for code in ("33.19.01", "33.19", "kanim-semarang", "33.19.01.9999", PRAMBATAN):
        assert cast.sign_in(world.bakalan).get(url(code)).status_code == 404


def test_a_village_lists_the_months_it_is_asked_about(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    client.post(url(verb="nil/"))
    response = client.get("/returns/", follow=True)
    words = {str(each.month): each.word for each in response.context["standings"]}
    assert (words["2026-11"], words["2026-10"], words["2026-09"]) == ("not_due", "nil", "silent")
    assert words["2025-12"] == "not_asked"
    page = text(response)
    assert url(month="2026-01") in page
    assert url(month="2025-12") not in page


def test_what_a_village_is_still_to_answer_is_told(world: Cast) -> None:
    assert [each.month for each in awaiting(world.bakalan)] == [OCTOBER]
    Return.objects.sign_nil(by=world.bakalan, area=village(), month=OCTOBER)
    assert awaiting(world.bakalan) == []
    with time_machine.travel(datetime(2026, 11, 30, 5, 0, tzinfo=UTC)):
        assert [each.month for each in awaiting(world.bakalan)] == [NOVEMBER]
    assert awaiting(world.kudus) == []


def test_above_the_village_content_and_time_stand_apart(world: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 5, 0, tzinfo=UTC)):
        Return.objects.sign_nil(by=world.prambatan, area=village(PRAMBATAN), month=OCTOBER)
    person = resident(world)
    Return.objects.answer(by=world.bakalan, area=village(), month=OCTOBER, answers={person.pk: "still_here"})
    Return.objects.excuse(by=world.jati, area=village(GETAS), month=OCTOBER, reason="banjir")
    villages = Area.objects.filter(level=4, code__startswith="33.19").count()
    response = cast.sign_in(world.kudus).get("/returns/", follow=True)
    whole = response.context["whole"].numbers
    assert {word: whole[word] for word in ("with_data", "nil", "excused", "silent", "late", "all")} == {
        "with_data": 1,
        "nil": 1,
        "excused": 1,
        "silent": villages - 3,
        "late": 1,
        "all": villages,
    }
    lines = {line.code: line.numbers for line in response.context["lines"]}
    assert (lines["33.19.01"]["nil"], lines["33.19.01"]["late"], lines["33.19.03"]["excused"]) == (1, 1, 1)
    assert "%" not in text(response).split("<main", 1)[1].split("</main>")[0].replace("%2F", "")


def test_a_district_sees_its_villages_beside_each_other_by_month(world: Cast) -> None:
    Return.objects.sign_nil(by=world.bakalan, area=village(), month=OCTOBER)
    response = cast.sign_in(world.kaliwungu).get("/returns/", follow=True)
    rows = {area.pk: [each.word for each in standings] for area, standings in response.context["rows"]}
    assert rows[BAKALAN][:2] == ["nil", "silent"]
    november = cast.sign_in(world.kaliwungu).get("/returns/33.19.01/", {"month": "2026-11"})
    rows = {area.pk: [each.word for each in standings] for area, standings in november.context["rows"]}
    assert rows[BAKALAN][:3] == ["not_due", "nil", "silent"]
    assert cast.sign_in(world.kaliwungu).get("/returns/33.19.01/", {"month": "2026-12"}).status_code == 404
    assert cast.sign_in(world.kaliwungu).get("/returns/33.19.01/", {"month": "soon"}).status_code == 404


def test_a_tier_sees_the_returns_of_its_own_area_only(world: Cast) -> None:
    assert cast.sign_in(world.kaliwungu).get("/returns/33.19.03/").status_code == 404
    assert cast.sign_in(world.kaliwungu).get("/returns/33.19/").status_code == 404
    assert cast.sign_in(world.kudus).get("/returns/33.19.03/").status_code == 200
    assert cast.sign_in(world.immigration).get("/returns/kanim-semarang/").status_code == 200
    assert cast.sign_in(world.immigration).get("/returns/kanim-pati/").status_code == 404


def test_the_due_day_and_the_days_of_grace_are_the_offices(world: Cast) -> None:
    assert first_of(village(), OCTOBER).due_on == date(2026, 11, 5)
    world.office.change(by=world.operator, due_day=10, grace_days=16)
    assert first_of(village(), OCTOBER).due_on == date(2026, 11, 26)
    assert first_of(village(), OCTOBER).word == "not_due"


def test_the_lists_ask_few_questions_however_many_villages_there_are(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for mandate, code in (
        (world.immigration, "kanim-semarang"),
        (world.kudus, "33.19"),
        (world.kaliwungu, "33.19.01"),
    ):
        client = cast.sign_in(mandate)
        with django_assert_max_num_queries(16):
            assert client.get(f"/returns/{code}/").status_code == 200
