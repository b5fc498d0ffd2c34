"""Two villages, one person, at the HTTP edge: who answers, who decides, who sees what of the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, PATI, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Claim
from timpora.team.roles import Tier

pytestmark = pytest.mark.django_db
HERE, THERE = "mess PT Muria Jaya, RT 02/RW 03", "kos Ibu Wati, RT 01/RW 02"


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def claim(world: Cast) -> Claim:
    """Counted in Bakalankrapyak, also reported in Getas: two districts of one regency."""
    report(world.bakalan, address=HERE, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, address=THERE, **PASSPORT).confirm(by=world.jati)
    found: Claim = Claim.objects.get()
    return found


def people(*codes: str) -> list[int]:
    return [counts(code).people for code in codes]


def test_the_village_that_counts_the_person_is_asked_and_learns_nothing_of_the_other(
    world: Cast, claim: Claim
) -> None:
    desa = cast.sign_in(world.bakalan)
    assert f"/claims/{claim.pk}/" in text(desa.get("/claims/"))
    body = text(desa.get(f"/claims/{claim.pk}/"))
    assert "Lin Yi-Chun" in body and HERE in body
    assert THERE not in body and "Getas" not in body and "33.19.03" not in body
    assert Entry.objects.filter(action="claim.viewed").count() == 1


def test_still_here_waits_for_the_tier_and_moves_nobody(world: Cast, claim: Claim) -> None:
    answer = cast.sign_in(world.bakalan).post(f"/claims/{claim.pk}/answer/", {"answer": "stays"})
    assert answer.status_code == 303
    assert people(BAKALAN, GETAS, "ID") == [1, 0, 1]
    claim.refresh_from_db()
    assert (claim.answer, claim.closed_at) == ("stays", None)
    assert f"/claims/{claim.pk}/" in text(cast.sign_in(world.kudus).get("/claims/"))
    assert not Claim.objects.awaiting(world.bakalan).exists()


def test_has_moved_there_settles_it_at_once(world: Cast, claim: Claim) -> None:
    cast.sign_in(world.bakalan).post(f"/claims/{claim.pk}/answer/", {"answer": "moved"})
    assert people(BAKALAN, GETAS, "ID") == [0, 1, 1]
    claim.refresh_from_db()
    assert claim.outcome == Claim.Outcome.MOVED
    # From now on the first village is not told where the person lives.
    body = text(cast.sign_in(world.bakalan).get(f"/claims/{claim.pk}/"))
    assert THERE not in body and "Getas" not in body


@pytest.mark.parametrize(("outcome", "left"), [("stays", [1, 0, 1]), ("moved", [0, 1, 1])])
def test_the_tier_over_both_villages_decides(
    world: Cast, claim: Claim, outcome: str, left: list[int]
) -> None:
    kabupaten = cast.sign_in(world.kudus)
    body = text(kabupaten.get(f"/claims/{claim.pk}/"))
    assert HERE in body and THERE in body
    assert kabupaten.post(f"/claims/{claim.pk}/decision/", {"outcome": outcome}).status_code == 303
    assert people(BAKALAN, GETAS, "ID") == left
    late = kabupaten.post(f"/claims/{claim.pk}/decision/", {"outcome": outcome, "seen": "open.0"})
    assert late.status_code == 409
    assert "terbuka" in text(late) and Claim.objects.get().get_outcome_display() in text(late)


def test_whoever_decides_on_a_page_that_has_grown_stale_is_shown_the_answer_first(
    world: Cast, claim: Claim
) -> None:
    kabupaten = cast.sign_in(world.kudus)
    seen = kabupaten.get(f"/claims/{claim.pk}/").context["claim"].version
    assert f'name="seen" value="{seen}"' in text(kabupaten.get(f"/claims/{claim.pk}/"))
    claim.respond(by=world.bakalan, answer="stays")
    late = kabupaten.post(f"/claims/{claim.pk}/decision/", {"outcome": "moved", "seen": seen})
    assert late.status_code == 409
    assert "terbuka" in text(late) and "sudah dijawab" in text(late)
    assert people(BAKALAN, GETAS) == [1, 0]
    assert f'href="/claims/{claim.pk}/"' in text(late)


@pytest.mark.parametrize("said", ["", "arrived", "withdrawn", "x"])
def test_an_answer_or_a_decision_must_be_one_of_the_two(world: Cast, claim: Claim, said: str) -> None:
    for mandate, path, name in ((world.bakalan, "answer", "answer"), (world.kudus, "decision", "outcome")):
        answer = cast.sign_in(mandate).post(f"/claims/{claim.pk}/{path}/", {name: said})
        assert answer.status_code == 400
        assert 'role="alert"' in text(answer)
    claim.refresh_from_db()
    assert (claim.answer, claim.closed_at) == ("", None)


def test_after_seven_days_it_is_overdue_at_the_tier_and_nothing_changes_by_itself(
    world: Cast, claim: Claim
) -> None:
    assert claim.due_on == date(2026, 11, 25) + timedelta(days=7)
    kabupaten = cast.sign_in(world.kudus)
    assert "lewat tenggat" not in text(kabupaten.get("/claims/"))
    Claim.objects.update(due_on=date(2026, 11, 24))
    assert "lewat tenggat" in text(kabupaten.get("/claims/"))
    assert people(BAKALAN, GETAS) == [1, 0]


def test_whoever_has_nothing_to_do_with_it_does_not_find_it(world: Cast, claim: Claim) -> None:
    # The village that made the claim learns "being checked" of its report, nothing of the claim.
    for mandate in (world.getas, world.prambatan, world.demak, world.demak_district, world.demak_regency,
                    world.labour, world.province, world.auditor, world.operator):  # fmt: skip
        client = cast.sign_in(mandate)
        assert client.get(f"/claims/{claim.pk}/").status_code == 404
        for path in ("answer", "decision", "agreement"):
            assert (
                client.post(
                    f"/claims/{claim.pk}/{path}/", {"answer": "moved", "outcome": "moved"}
                ).status_code
                == 404
            )
    claim.refresh_from_db()
    assert claim.closed_at is None


def test_a_district_sees_its_own_side_alone_and_decides_nothing(world: Cast, claim: Claim) -> None:
    for mandate, own, other in ((world.kaliwungu, HERE, THERE), (world.jati, THERE, HERE)):
        client = cast.sign_in(mandate)
        body = text(client.get(f"/claims/{claim.pk}/"))
        assert own in body and other not in body
        assert client.post(f"/claims/{claim.pk}/decision/", {"outcome": "moved"}).status_code == 400
        assert client.post(f"/claims/{claim.pk}/answer/", {"answer": "moved"}).status_code == 400
    assert people(BAKALAN, GETAS) == [1, 0]


def test_a_vacant_regencys_decision_falls_to_the_office(world: Cast, claim: Claim) -> None:
    officer = cast.sign_in(world.immigration)
    assert not Claim.objects.awaiting(world.immigration).exists()
    assert officer.post(f"/claims/{claim.pk}/decision/", {"outcome": "stays"}).status_code == 400
    world.kudus.end(by=cast.SYSTEM)
    assert list(Claim.objects.awaiting(world.immigration)) == [claim]
    assert officer.post(f"/claims/{claim.pk}/decision/", {"outcome": "stays"}).status_code == 303


def test_further_evidence_from_the_other_village_belongs_to_the_same_claim(world: Cast, claim: Claim) -> None:
    report(world.getas, again=True, **PASSPORT).confirm(by=world.jati)
    assert Claim.objects.get() == claim
    assert people(BAKALAN, GETAS) == [1, 0]


def test_across_offices_the_office_of_the_later_report_decides_after_the_other_agreed(world: Cast) -> None:
    there = cast.pati()
    officer = there.officer
    report(there.village, address=THERE, **PASSPORT).confirm(by=there.district)
    report(world.bakalan, address=HERE, **PASSPORT).confirm(by=world.kaliwungu)
    claim = Claim.objects.get()
    assert (claim.counted_in_id, claim.tier) == (PATI, Tier.OFFICE)
    semarang, pati = cast.sign_in(world.immigration), cast.sign_in(officer)
    assert list(Claim.objects.awaiting(officer)) == [claim]
    assert semarang.post(f"/claims/{claim.pk}/decision/", {"outcome": "moved"}).status_code == 400
    assert pati.post(f"/claims/{claim.pk}/decision/", {"outcome": "moved"}).status_code == 400
    assert semarang.post(f"/claims/{claim.pk}/agreement/").status_code == 400
    # Each office sees its own side.
    assert THERE not in text(semarang.get(f"/claims/{claim.pk}/"))
    assert HERE not in text(pati.get(f"/claims/{claim.pk}/"))

    assert pati.post(f"/claims/{claim.pk}/agreement/").status_code == 303
    assert pati.post(f"/claims/{claim.pk}/agreement/").status_code == 409
    assert Entry.objects.get(action="claim.agreed").area == PATI
    assert not Claim.objects.awaiting(officer).exists()
    assert semarang.post(f"/claims/{claim.pk}/decision/", {"outcome": "moved"}).status_code == 303
    assert people(PATI, BAKALAN, "ID") == [0, 1, 1]


def test_the_list_asks_the_same_few_questions_however_long(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for index in range(6):
        who = {
            "names": f"Nama {'abcdef'[index] * 5}",
            **PASSPORT,
            "document_number": f"C{index}234567",
            "birth_date": str(1960 + index),
        }
        report(world.bakalan, **who).confirm(by=world.kaliwungu)
        report(world.getas, **who).confirm(by=world.jati)
    for mandate in (world.kudus, world.bakalan, world.kaliwungu):
        client = cast.sign_in(mandate)
        with django_assert_max_num_queries(14):
            client.get("/claims/")
