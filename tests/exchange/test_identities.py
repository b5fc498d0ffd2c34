"""Whom a doubtful row speaks of: decided by the tier that covers both records, taken back as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import report
from tests.exchange.given import CHEN, LIN, agree, outcomes, taken
from tests.pages import text
from timpora.exchange.models import Match, Row
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts, plain
from timpora.registry.models import Decision, Person, Proposal, Statement

pytestmark = pytest.mark.django_db

# The namesake of the resident: the same name and birth date, another passport.
NAMESAKE = (*LIN[:4], "B9998887", *LIN[5:])


def doubtful(world: Any, **changed: Any) -> Row:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    batch = taken(world.labour, agree(world), [NAMESAKE])
    assert outcomes(batch) == ["doubtful"]
    row: Row = batch.rows.get()
    return row


def state() -> tuple[Any, ...]:
    """All that a decision changes, but for the decisions themselves."""
    return (
        list(Person.objects.order_by("pk").values_list("names", "permit_kind")),
        list(Statement.objects.order_by("pk").values_list("person", "values")),
        sorted(Proposal.objects.undecided().values_list("statement", "person", "certainty")),
        counts("33.19"),
    )


def test_a_doubtful_row_waits_and_counts_nobody(world: Any) -> None:
    row = doubtful(world)
    assert row.is_open
    assert Person.objects.count() == 1
    assert counts("33.19").known_by_list == 0
    client = cast.sign_in(world.kudus)
    assert f"/lists/identities/{row.pk}/" in text(client.get("/lists/identities/"))
    page = text(client.get(f"/lists/identities/{row.pk}/"))
    assert "LIN YI-CHUN" in page and "Lin Yi-Chun" in page


def test_the_same_person_takes_what_the_row_says_and_counts_nobody_anew(world: Any) -> None:
    row = doubtful(world)
    person = Person.objects.get()
    client = cast.sign_in(world.kudus)
    answer = client.post(f"/lists/identities/{row.pk}/decision/", {"decision": f"same:{person.pk}"})
    assert answer.status_code == 303
    assert Person.objects.get().documents.count() == 2
    assert person.employments.get().employer == "PT Muria Jaya"
    assert (counts("33.19").people, counts("33.19").known_by_list) == (1, 0)


def test_somebody_else_is_one_more_person_known_by_list(world: Any) -> None:
    row = doubtful(world)
    row.decide(by=world.kudus, person=None)
    assert Person.objects.count() == 2
    assert (counts("33.19").people, counts("33.19").known_by_list) == (1, 1)
    assert counts("33.19") == plain("33.19")


@pytest.mark.parametrize("same", [True, False])
def test_undone_all_is_as_before_the_decision(world: Any, same: bool) -> None:
    row = doubtful(world)
    before = state()
    for _time in range(2):
        row.decide(by=world.kudus, person=Person.objects.order_by("pk").first() if same else None)
        assert state() != before
        row.undo(by=world.kudus, reason="keliru")
        assert state() == before
    assert Decision.objects.filter(undone_at__isnull=False, statement=row.statement).count() == 2


def test_a_certain_match_may_be_taken_back_and_is_then_decided(world: Any) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    person = Person.objects.get()
    row = taken(world.labour, agree(world), [LIN]).rows.get()
    assert person.employments.count() == 1
    row.undo(by=world.kudus, reason="bukan orang ini")
    row.refresh_from_db()
    assert row.is_open
    assert person.employments.count() == 0
    row.decide(by=world.kudus, person=person)
    assert person.employments.count() == 1


def test_somebody_else_with_the_passport_of_a_registered_person_is_refused_in_words(world: Any) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    row = taken(world.labour, agree(world), [LIN]).rows.get()
    row.undo(by=world.kudus, reason="x")
    row.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        row.decide(by=world.kudus, person=None)
    assert refusal.value.code == "document_unclear"
    assert Person.objects.count() == 1
    row.refresh_from_db()
    assert row.is_open


def test_only_the_tier_that_covers_both_decides_and_only_among_those_proposed(world: Any) -> None:
    row = doubtful(world)
    person = Person.objects.get()
    for other in (world.kaliwungu, world.jati, world.demak_regency, world.immigration):
        with pytest.raises(Refusal):
            row.decide(by=other, person=person)
    stranger = Person.objects.create(names="Stranger", nationality="CHN", name_key="stranger")
    with pytest.raises(Refusal) as refusal:
        row.decide(by=world.kudus, person=stranger)
    assert refusal.value.code == "not_proposed"
    row.decide(by=world.kudus, person=person)
    with pytest.raises(Conflict):
        row.decide(by=world.kudus, person=None)
    for name in ("labour", "bakalan", "province", "nation", "auditor", "operator", "protection"):
        client = cast.sign_in(world.everyone()[name])
        assert client.get(f"/lists/identities/{row.pk}/").status_code == 404, name
        assert client.post(f"/lists/identities/{row.pk}/decision/", {"decision": "other"}).status_code == 404


def test_a_row_of_a_village_and_a_resident_of_its_district_are_the_districts_to_decide(world: Any) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    namesake = (*NAMESAKE[:7], "Prambatan Lor", "Kaliwungu")
    row = taken(world.labour, agree(world), [namesake]).rows.get()
    assert row.area_id.startswith("33.19.01")
    page = text(cast.sign_in(world.kaliwungu).get(f"/lists/identities/{row.pk}/"))
    assert "LIN YI-CHUN" in page
    assert "B9" not in page  # a district sees no number, not even masked
    assert cast.sign_in(world.jati).get(f"/lists/identities/{row.pk}/").status_code == 404
    row.decide(by=world.kaliwungu, person=Person.objects.get())


def test_nobody_decides_about_a_list_they_sent(world: Any) -> None:
    sharing = agree(world, "kesbangpol", "own")
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    row = taken(world.kudus, sharing, [NAMESAKE]).rows.get()
    with pytest.raises(Refusal) as refusal:
        row.decide(by=world.kudus, person=None)
    assert refusal.value.code == "own_report"


def test_across_offices_the_office_of_the_row_decides_after_the_other_agreed(world: Any) -> None:
    pati = cast.pati()
    report(pati.village, **cast.PASSPORT).confirm(by=pati.district)
    row = taken(world.labour, agree(world), [NAMESAKE]).rows.get()
    person = Person.objects.get()
    with pytest.raises(Refusal) as refusal:
        row.decide(by=world.immigration, person=person)
    assert refusal.value.code == "agreement_missing"
    client = cast.sign_in(pati.officer)
    assert f"/lists/identities/{row.pk}/" in text(client.get("/lists/identities/"))
    page = text(client.get(f"/lists/identities/{row.pk}/"))
    assert "LIN YI-CHUN" not in page and "Lin Yi-Chun" in page
    assert client.post(f"/lists/identities/{row.pk}/agreement/").status_code == 303
    row.decide(by=world.immigration, person=person)
    row.refresh_from_db()
    assert row.statement is not None and row.statement.person == person


def test_the_next_list_does_not_ask_again(world: Any) -> None:
    row = doubtful(world)
    again = taken(world.labour, row.batch.sharing, [NAMESAKE, CHEN])
    assert outcomes(again) == ["unchanged", "new"]
    row.decide(by=world.kudus, person=None)
    assert counts("33.19").known_by_list == 2
    assert Match.objects.believed().count() == 3
