"""Who a doubtful report speaks of, at the HTTP edge: seen field by field, decided, taken back, agreed to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, PRAMBATAN, Cast, report
from tests.pages import text
from tests.reports.conftest import counted
from timpora.desk import reactions
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Claim, Decision, Freeze, Person
from timpora.reports.models import Report
from timpora.team.roles import Tier

pytestmark = pytest.mark.django_db


def doubtful(world: Cast) -> Report:
    """A namesake reported in the next village, confirmed and being checked."""
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    namesake = report(world.prambatan, birth_date="1990-05")
    namesake.confirm(by=world.kaliwungu)
    return namesake


def test_both_records_stand_side_by_side_with_what_agrees(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    assert namesake.receipt in text(kecamatan.get("/identities/"))
    page = kecamatan.get(f"/identities/{namesake.pk}/")
    (compared,) = page.context["comparisons"]
    outcomes = {line.label: line.outcome for line in compared.lines}
    assert outcomes == {
        "Nomor dokumen": "unknown", "Nama": "same", "Tanggal lahir": "same", "Kewarganegaraan": "same",
        "Jenis kelamin": "same",
    }  # fmt: skip
    body = text(page)
    assert "Mei 1990" in body and "3 Mei 1990" in body and "Bakalankrapyak" in body
    # A kecamatan sees birth dates; numbers begin at the kabupaten, masked.
    assert "A1•" not in body
    assert Entry.objects.filter(action="identity.viewed", mandate=world.kaliwungu.pk).count() == 1


def test_a_regency_sees_numbers_masked_and_never_whole(world: Cast) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    namesake = report(world.getas, **(cast.PASSPORT | {"document_number": "B7654321"}))
    namesake.confirm(by=world.jati)
    namesake.refresh_from_db()
    assert namesake.tier == Tier.REGENCY
    body = text(cast.sign_in(world.kudus).get(f"/identities/{namesake.pk}/"))
    assert "A1••••67" in body and "B7••••21" in body
    assert "A1234567" not in body and "B7654321" not in body
    assert cast.sign_in(world.jati).get(f"/identities/{namesake.pk}/").status_code == 404


def test_the_same_person_adds_evidence_and_can_be_taken_back(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    lin = Person.objects.get()
    answer = kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": f"same:{lin.pk}"})
    assert answer.status_code == 303
    assert (counted(), Person.objects.count()) == ((1, 0), 1)
    page = kecamatan.get(answer["Location"])
    assert "Diputuskan: orang yang sama" in text(page)
    assert kecamatan.post(f"/identities/{namesake.pk}/decision/undo/", {"reason": " "}).status_code == 400
    assert counted() == (1, 0)
    assert (
        kecamatan.post(f"/identities/{namesake.pk}/decision/undo/", {"reason": "keliru"}).status_code == 303
    )
    assert counted() == (1, 1)


def test_somebody_else_is_one_more_person_and_can_be_taken_back(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    assert (counted(), Person.objects.count()) == ((2, 0), 2)
    kecamatan.post(f"/identities/{namesake.pk}/decision/undo/", {"reason": "keliru"})
    assert (counted(), Person.objects.count()) == ((1, 1), 1)


@pytest.mark.parametrize("decision", ["", "same:", "same:999999", "same:x", "both"])
def test_a_decision_that_names_nobody_is_refused_in_words(world: Cast, decision: str) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    answer = kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": decision})
    assert answer.status_code == 400
    assert 'role="alert"' in text(answer)
    assert counted() == (1, 1)


def test_a_person_who_was_not_proposed_is_as_unknown_as_nobody(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    report(world.demak, names="Thiha", nationality="MMR").confirm(by=world.demak_district)
    other = Person.objects.get(names="Thiha")
    somebody, nobody = (
        kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": f"same:{number}"})
        for number in (other.pk, other.pk + 1000)
    )
    assert somebody.status_code == nobody.status_code == 400
    assert text(somebody) == text(nobody)


def test_a_decision_taken_meanwhile_is_told_with_both_versions(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    shown = kecamatan.get(f"/identities/{namesake.pk}/").context["row"].shown
    namesake.decide_identity(by=world.kaliwungu, person=None)
    answer = kecamatan.post(
        f"/identities/{namesake.pk}/decision/", {"decision": "other", f"shown_{namesake.pk}": shown}
    )
    assert answer.status_code == 409
    assert "sedang dicek" in text(answer) and "terverifikasi" in text(answer)
    assert counted() == (2, 0)


def test_a_village_learns_only_that_it_is_being_checked_and_then_settled(world: Cast) -> None:
    namesake, desa = doubtful(world), cast.sign_in(world.prambatan)
    assert desa.get("/identities/").status_code == 404
    assert desa.get(f"/identities/{namesake.pk}/").status_code == 404
    body = text(desa.get(f"/reports/{namesake.pk}/"))
    assert "sedang dicek" in body and "serupa" not in body and "Bakalankrapyak" not in body
    namesake.decide_identity(by=world.kaliwungu, person=Person.objects.get())
    body = text(desa.get(f"/reports/{namesake.pk}/"))
    assert "Hal ini sudah selesai" in body and "orang yang sama" not in body
    assert "terverifikasi" in body and "sedang dicek</span>" not in body


def test_nobody_decides_who_their_own_report_speaks_of(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    namesake = report(world.kaliwungu, area=PRAMBATAN)
    namesake.confirm(by=world.kudus)
    kecamatan = cast.sign_in(world.kaliwungu)
    assert namesake.receipt not in text(kecamatan.get("/identities/"))
    answer = kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    assert answer.status_code == 400
    assert "dikirimnya sendiri" in text(answer)
    # The submitter is the district's only holder: the regency decides.
    kabupaten = cast.sign_in(world.kudus)
    assert namesake.receipt in text(kabupaten.get("/identities/"))
    assert kabupaten.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 303
    assert counted() == (2, 0)


def test_a_vacant_districts_decision_falls_to_the_regency(world: Cast) -> None:
    namesake = doubtful(world)
    kabupaten = cast.sign_in(world.kudus)
    assert kabupaten.get(f"/identities/{namesake.pk}/").status_code == 404
    world.kaliwungu.end(by=cast.SYSTEM)
    assert kabupaten.get(f"/identities/{namesake.pk}/").status_code == 200
    assert "ditandai demikian" in text(kabupaten.get(f"/identities/{namesake.pk}/"))
    assert kabupaten.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 303
    assert counted() == (2, 0)
    # The record says for whom: on the decision, in the report's story, on the person's page.
    assert Decision.objects.get(outcome="other").mark == "vacant"
    mark = "untuk jabatan yang kosong"
    assert mark in text(kabupaten.get(f"/identities/{namesake.pk}/"))
    assert f"Diputuskan {mark}" in text(kabupaten.get(f"/reports/{namesake.pk}/"))
    namesake.refresh_from_db()
    assert f"identitas diputuskan ({mark})" in text(kabupaten.get(f"/people/{namesake.person_id}/"))
    assert mark not in text(cast.sign_in(world.prambatan).get(f"/people/{namesake.person_id}/"))


def test_who_moves_meanwhile_takes_the_question_to_the_tier_over_both_records(world: Cast) -> None:
    namesake = doubtful(world)
    moved = report(world.demak, kind="arrived", on=cast.TODAY + timedelta(days=1), **cast.PASSPORT)
    moved.confirm(by=world.demak_district)
    assert cast.sign_in(world.kaliwungu).get(f"/identities/{namesake.pk}/").status_code == 404
    officer = cast.sign_in(world.immigration)
    assert namesake.receipt in text(officer.get("/identities/"))
    moved.refresh_from_db()
    moved.unconfirm(by=world.demak_district, reason="keliru")
    assert officer.get(f"/identities/{namesake.pk}/").status_code == 404
    kecamatan = cast.sign_in(world.kaliwungu)
    assert kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 303


def test_a_claim_that_moves_somebody_takes_the_question_along_too(world: Cast) -> None:
    namesake = doubtful(world)
    report(world.getas, **cast.PASSPORT).confirm(by=world.jati)
    Claim.objects.get().respond(by=world.bakalan, answer="moved")
    reactions.run()
    assert cast.sign_in(world.kaliwungu).get(f"/identities/{namesake.pk}/").status_code == 404
    kabupaten = cast.sign_in(world.kudus)
    assert kabupaten.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 303


def test_a_decision_of_the_tier_itself_carries_no_mark(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    assert "ditandai demikian" not in text(kecamatan.get(f"/identities/{namesake.pk}/"))
    kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    assert Decision.objects.get(outcome="other").mark == ""
    assert "jabatan yang kosong" not in text(kecamatan.get(f"/reports/{namesake.pk}/"))


def test_in_a_frozen_month_no_decision_is_taken_back_and_the_reason_stays_typed(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    Freeze.objects.create(area_id="33.19", month="2026-11", at=datetime(2026, 12, 5, tzinfo=UTC))
    answer = kecamatan.post(f"/identities/{namesake.pk}/decision/undo/", {"reason": "orang yang sama"})
    assert answer.status_code == 400
    assert "dikunci" in text(answer) and "orang yang sama" in text(answer)
    assert counted() == (2, 0)
    assert Decision.objects.live().filter(outcome="other").exists()


def test_a_decision_taken_back_twice_is_told_with_both_versions(world: Cast) -> None:
    namesake, kecamatan = doubtful(world), cast.sign_in(world.kaliwungu)
    kecamatan.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    for status in (303, 409):
        answer = kecamatan.post(f"/identities/{namesake.pk}/decision/undo/", {"reason": "keliru"})
        assert answer.status_code == status
    assert namesake.receipt in text(answer)
    assert counted() == (1, 1)


def test_a_decision_is_taken_back_exactly_though_a_claim_came_between(world: Cast) -> None:
    report(world.bakalan, on=date(2026, 11, 1), **cast.PASSPORT).confirm(by=world.kaliwungu)
    lin = Person.objects.get()
    arrival = report(world.prambatan, kind="arrived", birth_date="1990-05")
    arrival.confirm(by=world.kaliwungu)
    report(world.prambatan, on=date(2026, 11, 2), again=True, **cast.PASSPORT).confirm(by=world.kaliwungu)
    claim = Claim.objects.get()
    arrival.decide_identity(by=world.kaliwungu, person=lin)
    claim.refresh_from_db()
    assert (counts(PRAMBATAN).people, claim.outcome) == (1, "arrived")
    arrival.undo_identity(by=world.kaliwungu, reason="keliru")
    claim.refresh_from_db()
    assert (counts(BAKALAN).people, counts(PRAMBATAN).people, claim.closed_at) == (1, 0, None)
    assert (arrival.is_doubtful, Decision.objects.live().filter(statement=arrival.statement).exists()) == (
        True,
        False,
    )


def test_a_decision_that_moved_somebody_goes_back_to_the_tier_over_both_records(world: Cast) -> None:
    report(world.demak, on=date(2026, 11, 1), **cast.PASSPORT).confirm(by=world.demak_district)
    lin = Person.objects.get()
    arrival = report(world.bakalan, kind="arrived", birth_date="1990-05")
    arrival.confirm(by=world.kaliwungu)
    arrival.decide_identity(by=world.immigration, person=lin)
    assert counts(BAKALAN).people == 1
    # The district, which has both records now, did not decide and takes nothing back.
    undoing = f"/identities/{arrival.pk}/decision/undo/"
    assert cast.sign_in(world.kaliwungu).post(undoing, {"reason": "keliru"}).status_code == 404
    officer = cast.sign_in(world.immigration)
    assert officer.post(undoing, {"reason": "keliru"}).status_code == 303
    assert (counts(BAKALAN).people, counted()) == (0, (1, 1))
    decided = officer.post(f"/identities/{arrival.pk}/decision/", {"decision": f"same:{lin.pk}"})
    assert decided.status_code == 303 and counts(BAKALAN).people == 1


def test_unconfirming_a_decided_report_lets_it_be_confirmed_and_decided_anew(world: Cast) -> None:
    namesake = doubtful(world)
    lin = Person.objects.get()
    for _round in range(2):
        namesake.decide_identity(by=world.kaliwungu, person=lin)
        assert counted() == (1, 0)
        namesake.unconfirm(by=world.kaliwungu, reason="keliru")
        assert counted() == (1, 1)
        namesake.confirm(by=world.kaliwungu)
    assert Report.objects.get(pk=namesake.pk).is_doubtful


def test_the_list_asks_the_same_few_questions_however_long(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for index in range(5):
        who = {"names": f"Nama {'abcde'[index] * 5}", "birth_date": str(1960 + index)}
        report(world.bakalan, **who).confirm(by=world.kaliwungu)
        report(world.prambatan, **who).confirm(by=world.kaliwungu)
    client = cast.sign_in(world.kaliwungu)
    with django_assert_max_num_queries(14):
        assert len(client.get("/identities/").context["rows"]) == 5
