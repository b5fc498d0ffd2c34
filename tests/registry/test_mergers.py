"""One person registered twice, at the HTTP edge: found, compared, joined, parted; by whom, seen by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, PASSPORT, PRAMBATAN, Cast, report
from tests.exchange import given
from tests.pages import text
from timpora.desk import reactions
from timpora.exchange.models import Match
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts
from timpora.registry.models import Claim, Distinct, Merger, Person, Residence
from timpora.registry.regrouping import rows
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db
HERE, THERE = "mess PT Muria Jaya, RT 02/RW 03", "kos Ibu Wati, RT 01/RW 02"
WHY = {"reason": "both passports lay before us"}


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def twice(world: Cast, *, other: Any = None, district: Any = None, **more: str) -> tuple[Person, Person]:
    """Lin Yi-Chun as two persons: the second report was confirmed as somebody else's."""
    report(world.bakalan, on=date(2026, 9, 1), address=HERE, **PASSPORT).confirm(by=world.kaliwungu)
    first = Person.objects.get()
    by, over = other or world.prambatan, district or world.kaliwungu
    sent = report(by, on=date(2026, 8, 1), address=THERE, **({"birth_date": "1990-03-05"} | more))
    sent.confirm(by=over)
    sent.refresh_from_db()
    if sent.is_doubtful:
        sent.decide_identity(by={3: over, 2: world.kudus, 1: world.chair}[sent.tier], person=None)
    # That word is taken off here, so that the two are proposed: an officer had no reason to say it.
    sent.statement.decisions.all().delete()
    return first, Person.objects.latest("pk")


def join(by: Any, first: Person, second: Person, **said: str) -> Any:
    return cast.sign_in(by).post(f"/people/{first.pk}/beside/{second.pk}/merger/", WHY | said)


def people(*codes: str) -> list[int]:
    return [counts(code).people for code in codes]


# --- finding and comparing ------------------------------------------------------------------------------


def test_records_that_look_alike_are_proposed_to_the_tiers_over_them_and_nobody_is_joined(
    world: Cast,
) -> None:
    first, second = twice(world)
    link = f"/people/{first.pk}/beside/{second.pk}/"
    for who, seen in (("kaliwungu", True), ("kudus", True), ("chair", True), ("jati", False)):
        assert (link in text(cast.sign_in(getattr(world, who)).get("/people/duplicates/"))) is seen, who
    assert people("ID") == [2] and not Merger.objects.exists()


def test_where_nobody_looks_alike_the_page_says_what_it_is_for(world: Cast) -> None:
    page = text(cast.sign_in(world.kudus).get("/people/duplicates/"))
    assert "Tampaknya tidak ada yang terdaftar dua kali" in page and 'href="/people/"' in page


def test_both_records_stand_side_by_side_with_what_speaks_for_it_in_words(world: Cast) -> None:
    first, second = twice(world)
    page = text(cast.sign_in(world.kaliwungu).get(f"/people/{first.pk}/beside/{second.pk}/"))
    for shown in (HERE, THERE, "3 Mei 1990", "5 Maret 1990", first.register_number, second.register_number):
        assert shown in page
    assert "hari dan bulan tertukar" in page
    assert "A1" not in page.replace("A1B", ""), "the district reads no document number"
    looked = Entry.objects.filter(action="identity.viewed").values_list("subject", flat=True)
    assert set(looked) == {f"person:{first.pk}", f"person:{second.pk}"}


def test_a_register_number_leads_from_a_persons_page_to_the_comparison(world: Cast) -> None:
    first, second = twice(world)
    desk = cast.sign_in(world.kaliwungu)
    assert f'action="/people/{first.pk}/comparison/"' in text(desk.get(f"/people/{first.pk}/"))
    for written in (second.register_number, str(second.pk), f" r-{second.pk} "):
        answer = desk.get(f"/people/{first.pk}/comparison/", {"number": written})
        assert answer["Location"] == f"/people/{first.pk}/beside/{second.pk}/"
    for written in ("R-999999", "Lin", first.register_number):
        answer = desk.get(f"/people/{first.pk}/comparison/", {"number": written})
        assert answer.status_code == 400 and "wilayah lain" in text(answer)


# --- joining ----------------------------------------------------------------------------------------------


def test_two_residents_as_one_count_where_verified_first_and_a_question_is_opened(world: Cast) -> None:
    first, second = twice(world)
    assert people(BAKALAN, PRAMBATAN, "33.19", "ID") == [1, 1, 2, 2]
    answer = join(world.kaliwungu, first, second)
    merger = Merger.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/people/mergers/{merger.pk}/")
    assert people(BAKALAN, PRAMBATAN, "33.19", "ID") == [1, 0, 1, 1]
    claim = Claim.objects.get()
    assert (claim.person, claim.counted_in_id, claim.claimed_in_id) == (first, BAKALAN, PRAMBATAN)
    assert claim.submitter_id == world.prambatan.user_id
    assert set(Report.objects.values_list("person", flat=True)) == {first.pk}
    page = text(cast.sign_in(world.kaliwungu).get(f"/people/{first.pk}/"))
    assert second.register_number in page and f"/people/mergers/{merger.pk}/" in page


def test_two_of_one_village_need_no_question_and_were_seen_when_either_was(world: Cast) -> None:
    first, second = twice(world, other=world.bakalan)
    Residence.objects.filter(person=second).first().evidence(date(2026, 11, 20))
    join(world.kaliwungu, first, second)
    assert people(BAKALAN, "ID") == [1, 1] and not Claim.objects.exists()
    assert first.home is not None and first.home.evidenced_on == date(2026, 11, 20)
    Merger.objects.get().undo(by=world.kaliwungu, reason="two after all")
    homes = {home.person_id: home.evidenced_on for home in Residence.objects.current()}
    assert homes == {first.pk: date(2026, 9, 1), second.pk: date(2026, 11, 20)}


def test_the_village_verified_first_answers_and_the_person_counts_in_the_other(world: Cast) -> None:
    first, second = twice(world)
    join(world.kaliwungu, first, second)
    claim = Claim.objects.get()
    cast.sign_in(world.bakalan).post(f"/claims/{claim.pk}/answer/", {"answer": "moved"})
    assert people(BAKALAN, PRAMBATAN, "ID") == [0, 1, 1]
    Merger.objects.get().undo(by=world.kaliwungu, reason="two after all")
    assert people(BAKALAN, PRAMBATAN, "ID") == [1, 1, 2]


def test_a_number_that_was_found_to_be_another_leads_there_for_whoever_sees_that_person(world: Cast) -> None:
    first, second = twice(world)
    join(world.kaliwungu, first, second)
    for who in ("kaliwungu", "kudus", "chair", "bakalan"):
        answer = cast.sign_in(getattr(world, who)).get(f"/people/{second.pk}/", follow=True)
        assert answer.redirect_chain == [(f"/people/{first.pk}/", 302)], who
        assert f"R-{second.pk:06d}" in text(answer)
    for who in ("jati", "prambatan", "demak_regency", "labour", "province"):
        assert cast.sign_in(getattr(world, who)).get(f"/people/{second.pk}/").status_code == 404, who


@pytest.mark.parametrize(
    "who", ["bakalan", "prambatan", "jati", "demak_regency", "labour", "province", "auditor"]
)
def test_for_whoever_covers_not_both_records_nothing_of_this_exists(world: Cast, who: str) -> None:
    first, second = twice(world)
    other = cast.sign_in(getattr(world, who))
    pair = f"/people/{first.pk}/beside/{second.pk}/"
    assert other.get(pair).status_code == other.post(f"{pair}merger/", WHY).status_code == 404
    assert other.post(f"{pair}distinction/", WHY).status_code == 404
    join(world.kaliwungu, first, second)
    merger = Merger.objects.get()
    assert other.get(f"/people/mergers/{merger.pk}/").status_code == 404
    assert other.post(f"/people/mergers/{merger.pk}/undoing/", WHY).status_code == 404
    assert Merger.objects.live().exists()


def test_the_lowest_tier_over_both_decides_and_the_ones_above_only_look(world: Cast) -> None:
    first, second = twice(world)
    answer = join(world.kudus, first, second)
    assert answer.status_code == 400 and "tingkat" in text(answer) and not Merger.objects.exists()
    page = text(cast.sign_in(world.kudus).get(f"/people/{first.pk}/beside/{second.pk}/"))
    assert "/merger/" not in page
    across = twice_across(world)
    for who, status in (("jati", 404), ("kaliwungu", 404), ("chair", 400), ("kudus", 303)):
        assert join(getattr(world, who), *across).status_code == status, who


def twice_across(world: Cast) -> tuple[Person, Person]:
    """Two persons of two districts."""
    made = []
    for by, over, name in ((world.bakalan, world.kaliwungu, "Ada Obi"), (world.getas, world.jati, "Bo Ito")):
        report(by, names=name, birth_date="1970", nationality="NGA").confirm(by=over)
        made.append(Person.objects.latest("pk"))
    return made[0], made[1]


def test_of_two_regencies_the_office_decides(world: Cast) -> None:
    first, second = twice(world, other=world.demak, district=world.demak_district)
    assert join(world.kudus, first, second).status_code == 404
    assert join(world.chair, first, second).status_code == 303
    assert people(BAKALAN, DEMAK, "kanim-semarang") == [1, 0, 1]
    assert Merger.objects.get().tier == 1


def test_a_vacant_district_is_stood_in_for_by_the_regency_and_that_is_marked(world: Cast) -> None:
    first, second = twice(world)
    world.kaliwungu.end(by=world.kudus)
    assert join(world.kudus, first, second).status_code == 303
    assert Merger.objects.get().mark == "vacant"
    entry = Entry.objects.get(action="person.merged")
    assert (entry.subject, entry.fields) == (f"person:{first.pk}", f"person:{second.pk},vacant")
    assert entry.values == {"reason": WHY["reason"]}


def test_nobody_joins_two_records_that_both_rest_on_their_own_reports(world: Cast) -> None:
    first, second = twice_by(world, world.kaliwungu)
    answer = join(world.kaliwungu, first, second)
    assert answer.status_code == 400 and "apa yang dikirimnya sendiri" in text(answer)
    assert join(world.kudus, first, second).status_code == 303
    assert Merger.objects.get().mark == "vacant"


def twice_by(world: Cast, sender: Any) -> tuple[Person, Person]:
    """Two persons whom one district officer has reported for two villages."""
    made = []
    for area, name in ((BAKALAN, "Ada Obi"), (PRAMBATAN, "Bo Ito")):
        report(sender, area=area, names=name, birth_date="1970", nationality="NGA").confirm(by=world.kudus)
        made.append(Person.objects.latest("pk"))
    return made[0], made[1]


@pytest.mark.parametrize(
    ("said", "status"), [({"reason": " "}, 400), ({"seen": "1.1"}, 409), ({"seen": ""}, 303)]
)
def test_a_reason_is_needed_and_what_was_on_screen_must_still_hold(
    world: Cast, said: dict[str, str], status: int
) -> None:
    first, second = twice(world)
    assert join(world.kaliwungu, first, second, **said).status_code == status
    assert people("ID") == [1 if status == 303 else 2]


# --- parting ----------------------------------------------------------------------------------------------


def test_a_merger_is_taken_back_with_a_reason_and_all_is_as_before(world: Cast) -> None:
    first, second = twice(world)
    join(world.kaliwungu, first, second)
    merger, desk = Merger.objects.get(), cast.sign_in(world.kaliwungu)
    assert "apakah ini keliru" in text(desk.get(f"/people/mergers/{merger.pk}/")).casefold()
    assert desk.post(f"/people/mergers/{merger.pk}/undoing/", {"reason": ""}).status_code == 400
    assert desk.post(f"/people/mergers/{merger.pk}/undoing/", WHY).status_code == 303
    assert people(BAKALAN, PRAMBATAN, "ID") == [1, 1, 2] and not Claim.objects.open().exists()
    assert desk.get(f"/people/{second.pk}/").status_code == 200
    assert Entry.objects.filter(action="person.parted").count() == 1
    assert desk.post(f"/people/mergers/{merger.pk}/undoing/", WHY).status_code == 409


def test_a_tier_above_may_part_what_the_district_joined_and_a_lower_one_not(world: Cast) -> None:
    first, second = twice(world, other=world.getas, district=world.jati)
    join(world.kudus, first, second)
    with pytest.raises(Refusal) as refusal:
        Merger.objects.get().undo(by=world.kaliwungu, reason="x")
    assert refusal.value.code == "not_allowed"
    Merger.objects.get().undo(by=world.chair, reason="two after all")
    assert people(BAKALAN, GETAS) == [1, 1]


def test_what_a_residence_rests_on_is_not_taken_back_while_it_stands_aside(world: Cast) -> None:
    first, second = twice(world)
    aside = Report.objects.get(person=second)
    join(world.kaliwungu, first, second)
    aside.refresh_from_db()
    with pytest.raises(Conflict) as refusal:
        aside.unconfirm(by=world.kaliwungu, reason="by mistake")
    assert refusal.value.code == "built_upon"
    Merger.objects.get().undo(by=world.kaliwungu, reason="two after all")
    aside.refresh_from_db()
    aside.unconfirm(by=world.kaliwungu, reason="by mistake")
    assert people(BAKALAN, PRAMBATAN) == [1, 0]


def test_a_wrongly_decided_identity_is_taken_back_after_a_merger_too(world: Cast) -> None:
    first, second = twice(world, other=world.getas, district=world.jati)
    wrong = report(world.prambatan, birth_date="1990-03-05", on=date(2026, 11, 1))
    wrong.confirm(by=world.kaliwungu)
    wrong.refresh_from_db()
    wrong.decide_identity(by=world.kudus, person=second)
    Merger.objects.join(first, second, by=world.kudus, reason="one passport")
    wrong.refresh_from_db()
    assert wrong.person == first
    wrong.undo_identity(by=world.kudus, reason="a namesake")
    Merger.objects.get().undo(by=world.kudus, reason="two after all")
    assert people(BAKALAN, GETAS, "ID") == [1, 1, 2]
    assert first.statements.count() == second.statements.count() == 1


# --- two persons ------------------------------------------------------------------------------------------


def test_who_was_told_apart_is_proposed_no_more_until_that_is_taken_back(world: Cast) -> None:
    first, second = twice(world)
    desk, pair = cast.sign_in(world.kaliwungu), f"/people/{first.pk}/beside/{second.pk}/"
    assert desk.post(f"{pair}distinction/", WHY).status_code == 303
    assert pair not in text(desk.get("/people/duplicates/"))
    assert join(world.kaliwungu, first, second).status_code == 409
    distinct = Distinct.objects.get()
    assert f"/people/distinctions/{distinct.pk}/" in text(desk.get(pair))
    assert desk.post(f"/people/distinctions/{distinct.pk}/undoing/", WHY).status_code == 303
    assert pair in text(desk.get("/people/duplicates/"))
    assert join(world.kaliwungu, first, second).status_code == 303


def test_who_was_told_apart_from_one_is_told_apart_from_whoever_that_one_is(world: Cast) -> None:
    first, second = twice(world)
    third, _fourth = twice_across(world)
    Distinct.objects.keep(second, third, by=world.kaliwungu, reason="two faces")
    Merger.objects.join(first, second, by=world.kaliwungu, reason="one passport")
    first.refresh_from_db()
    with pytest.raises(Conflict) as refusal:
        Merger.objects.join(first, third, by=world.kaliwungu, reason="x")
    assert refusal.value.code == "distinct"


# --- what follows -----------------------------------------------------------------------------------------


def test_rows_of_lists_and_the_figure_known_by_list_follow_within_the_reactions_round(world: Cast) -> None:
    first, second = twice_across(world)
    row = given.doubtful_row(world, "Bo Ito", "1970", "Nigeria")
    if row.is_open:
        row.decide(by=world.kudus, person=second)
    reactions.run()
    Merger.objects.join(first, second, by=world.kudus, reason="one passport")
    reactions.run()
    assert set(Match.objects.believed().filter(row=row).values_list("person_number", flat=True)) == {first.pk}
    Merger.objects.get().undo(by=world.kudus, reason="two after all")
    reactions.run()
    assert set(Match.objects.believed().filter(row=row).values_list("person_number", flat=True)) == {
        second.pk
    }


def test_every_table_that_names_a_person_is_known_to_merging() -> None:
    """A new key to persons: think of what joining and parting mean for its rows; add it here or to KEPT."""
    assert {str(key) for key in rows.following()} == {
        "registry.Statement.person", "registry.Proposal.person", "registry.Decision.person",
        "registry.Disclosure.person", "registry.Opening.person", "reports.Report.person",
        "recaps.Answer.person", "registry.Request.person", "rights.Link.person",
    }  # fmt: skip
