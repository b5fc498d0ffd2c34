"""A question that concerns two offices: the other is told that it waits, agrees, and the first is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import PASSPORT, Cast, Pati, report
from tests.pages import text
from timpora.desk import reactions
from timpora.desk.awaiting import awaiting
from timpora.ledger.models import Cursor
from timpora.registry.models import Claim
from timpora.reports.models import Report
from timpora.rooms.models import Notice
from timpora.team.models import Mandate
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


@dataclass
class Question:
    """What waits for the other office's yes: where it is agreed to and decided, and with which word."""

    path: str
    outcome: dict[str, str]


@pytest.fixture
def pati(world: Cast) -> Pati:
    return cast.pati()


@pytest.fixture(params=["claim", "identity"])
def question(request: Any, world: Cast, pati: Pati) -> Question:
    """Lin lives in Pati. Bakalankrapyak reports her passport as well, or a namesake: Semarang decides."""
    report(pati.village, **PASSPORT).confirm(by=pati.district)
    if request.param == "claim":
        report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
        return Question(f"/claims/{Claim.objects.get().pk}/", {"outcome": "stays"})
    report(world.bakalan, birth_date="1990").confirm(by=world.kaliwungu)
    return Question(f"/identities/{Report.objects.doubtful().get().pk}/", {"decision": "other"})


def unread(mandate: Mandate) -> list[tuple[str, str]]:
    """The kinds and paths of the open notices of a mandate's post, after the reactions ran."""
    reactions.run()
    mine = Notice.objects.visible_to(mandate).unread().order_by("pk")
    return list(mine.values_list("kind", "path"))


def waits(mandate: Mandate, question: Question) -> bool:
    """Whether the question stands in what waits for a mandate, at home and in the list it leads to."""
    client: Client = cast.sign_in(mandate)
    items = [item.href for item in awaiting(mandate)]
    listed = [href for href in items if question.path in text(client.get(href))]
    assert [href for href in items if f'href="{href}"' not in text(client.get("/"))] == []
    return bool(listed)


def test_the_other_office_is_told_that_a_question_waits_for_its_agreement(
    world: Cast, pati: Pati, question: Question
) -> None:
    assert ("agreement_asked", question.path) in unread(pati.officer)
    assert waits(pati.officer, question)
    assert cast.sign_in(pati.officer).get(question.path).status_code == 200
    asked = set(Notice.objects.filter(kind="agreement_asked").values_list("post", flat=True))
    assert asked == {pati.officer.post_id}
    page = text(cast.sign_in(pati.officer).get("/notices/"))
    assert "Ada pertanyaan yang menunggu persetujuan Anda" in page
    assert "Lin Yi-Chun" not in page and "Bakalankrapyak" not in page


def test_after_the_agreement_the_asking_office_is_told_and_the_other_asked_no_longer(
    world: Cast, pati: Pati, question: Question
) -> None:
    reactions.run()
    assert cast.sign_in(pati.officer).post(f"{question.path}agreement/").status_code == 303
    assert ("agreement_asked", question.path) not in unread(pati.officer)
    assert not waits(pati.officer, question)
    for mandate in (world.immigration, world.chair):
        assert ("agreement_given", question.path) in unread(mandate)
    told = set(Notice.objects.filter(kind="agreement_given").values_list("post", flat=True))
    assert told == {world.immigration.post_id, world.chair.post_id}


def test_what_is_decided_asks_nobody_any_longer(world: Cast, pati: Pati, question: Question) -> None:
    reactions.run()
    cast.sign_in(pati.officer).post(f"{question.path}agreement/")
    reactions.run()
    decided = cast.sign_in(world.immigration).post(f"{question.path}decision/", question.outcome)
    assert decided.status_code == 303
    for mandate in (world.immigration, world.chair, pati.officer):
        kinds = {kind for kind, path in unread(mandate) if path == question.path}
        assert kinds <= {"claim_closed"}


def test_the_report_taken_back_asks_the_other_office_no_longer(
    world: Cast, pati: Pati, question: Question
) -> None:
    reactions.run()
    sent = Report.objects.order_by("-pk").first()
    sent.unconfirm(by=world.kaliwungu, reason="keliru")
    assert ("agreement_asked", question.path) not in unread(pati.officer)
    assert not waits(pati.officer, question)


def test_no_notice_says_whom_it_is_about(world: Cast, pati: Pati, question: Question) -> None:
    cast.sign_in(pati.officer).post(f"{question.path}agreement/")
    reactions.run()
    for notice in Notice.objects.filter(kind__startswith="agreement"):
        assert notice.path == question.path
        for personal in ("person", "people", "Lin", PASSPORT["document_number"]):
            assert personal not in f"{notice.path} {notice.get_kind_display()}"


def test_the_ledger_read_again_from_its_beginning_changes_no_notice(
    world: Cast, pati: Pati, question: Question
) -> None:
    reactions.run()
    cast.sign_in(pati.officer).post(f"{question.path}agreement/")
    cast.sign_in(world.immigration).post(f"{question.path}decision/", question.outcome)
    sent = Report.objects.order_by("-pk").first()
    sent.unconfirm(by=world.kaliwungu, reason="keliru")
    sent.confirm(by=world.kaliwungu)
    before = _notices()
    Cursor.objects.update(number=0)
    assert _notices() == before


def _notices() -> list[tuple[Any, ...]]:
    reactions.run()
    rows = Notice.objects.order_by("pk").values_list("post", "entry", "kind", "path", "read_at")
    return list(rows)


def test_a_question_passed_on_is_asked_of_the_village_that_counts_the_person_now(
    world: Cast, pati: Pati
) -> None:
    """Claimed in Getas and in Pati; Bakalankrapyak gives her to Getas, which Pati's claim now asks."""
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    report(pati.village, **PASSPORT).confirm(by=pati.district)
    from_getas, from_pati = Claim.objects.order_by("pk")
    path = f"/claims/{from_pati.pk}/"
    assert ("claim_opened", path) in unread(world.bakalan)
    from_getas.respond(by=world.bakalan, answer="moved")
    assert ("claim_opened", path) not in unread(world.bakalan)
    assert ("claim_opened", path) in unread(world.getas)
    assert ("agreement_asked", path) in unread(world.immigration)
    before = _notices()
    Cursor.objects.update(number=0)
    assert _notices() == before


def test_the_sender_of_the_report_is_not_asked_to_decide_and_the_next_tier_is_told(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.kudus, area=cast.GETAS, **PASSPORT).confirm(by=world.immigration)
    path = f"/claims/{Claim.objects.get().pk}/"
    assert ("claim_opened", path) in unread(world.immigration)


def test_a_chair_of_the_other_office_seated_later_finds_the_question_in_its_list(
    world: Cast, pati: Pati, question: Question
) -> None:
    chair = cast.post_and_seat("pati-chair", Role.CHAIR, office="kanim-pati")
    assert waits(chair, question)
