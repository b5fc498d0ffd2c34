"""A row is never lost when the only person it might have spoken of is registered no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import LIN, agree, taken
from tests.exchange.test_notices import told
from tests.pages import text
from timpora.exchange import tasks
from timpora.exchange.models import Batch, Row
from timpora.ledger import book
from timpora.recaps.counting import counts
from timpora.registry.models import Person
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db
OVER = datetime(2027, 5, 26, 3, tzinfo=UTC)
NAMESAKE = (*LIN[:4], "B9998887", *LIN[5:])
OTHER = ("WU PEI-SHAN", "P", "09/09/1977", "Taiwan", "B9998887", *LIN[5:])


def forgotten(world: Any) -> Row:
    """The list that named the person is forgotten."""
    taken(world.labour, agree(world, keep_months=6), [LIN])
    row: Row = taken(world.immigration, agree(world, "imigrasi", "own"), [NAMESAKE]).rows.get()
    assert row.outcome == "doubtful"
    with time_machine.travel(OVER):
        for batch in Batch.objects.over(OVER.date()):
            batch.forget(by=book.SYSTEM)
    return row


def taken_back(world: Any) -> Row:
    """The decision that made the person is taken back."""
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    first: Row = taken(world.labour, agree(world), [NAMESAKE]).rows.get()
    first.decide(by=world.kudus, person=None)
    row: Row = taken(world.immigration, agree(world, "imigrasi", "own"), [OTHER]).rows.get()
    assert row.outcome == "doubtful"
    first.undo(by=world.kudus, reason="Salah baca")
    return row


def unconfirmed(world: Any) -> Row:
    """The report of the person is taken back."""
    said = report(world.bakalan, **PASSPORT)
    said.confirm(by=world.kaliwungu)
    row: Row = taken(world.labour, agree(world), [NAMESAKE]).rows.get()
    said.refresh_from_db()
    said.unconfirm(by=world.kaliwungu, reason="Salah desa")
    return row


@pytest.mark.parametrize("gone", [forgotten, taken_back, unconfirmed])
def test_a_row_whose_only_proposed_person_goes_still_waits_and_can_be_decided(
    world: Any, gone: Callable[[Any], Row]
) -> None:
    row = gone(world)
    row.refresh_from_db()
    assert row.statement is not None and not row.statement.proposals.exists()
    assert row in Row.objects.undecided() and row in Row.objects.to_decide(world.kudus)
    known, client = counts("33.19").known_by_list, cast.sign_in(world.kudus)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/lists/identities/{row.pk}/"))
    assert "Nobody it might speak of is registered any longer." in page
    answer = client.post(f"/lists/identities/{row.pk}/decision/", {"decision": "other"})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert not row.is_open and row.decided_by_tier and counts("33.19").known_by_list == known + 1
    row.undo(by=world.kudus, reason="Salah baca")
    row.refresh_from_db()
    assert row.is_open and counts("33.19").known_by_list == known


def test_whoever_is_registered_later_is_shown_before_anybody_decides(world: Any) -> None:
    row = unconfirmed(world)
    Report.objects.get().confirm(by=world.kaliwungu)
    client = cast.sign_in(world.kudus)
    answer = client.post(f"/lists/identities/{row.pk}/decision/", {"decision": "other"})
    person = Person.objects.get()
    assert answer.status_code == 409 and f'value="same:{person.pk}"' in text(answer)
    answer = client.post(f"/lists/identities/{row.pk}/decision/", {"decision": f"same:{person.pk}"})
    row.refresh_from_db()
    assert answer.status_code == 303 and row.statement is not None and row.statement.person == person


def test_a_report_decided_with_nobody_left_to_choose_can_be_taken_back(world: Any) -> None:
    taken(world.labour, agree(world, keep_months=6), [LIN])
    said = report(world.bakalan, **(PASSPORT | {"document_number": "B9998887"}))
    said.confirm(by=world.kaliwungu)
    said.refresh_from_db()
    assert said.is_doubtful
    with time_machine.travel(OVER):
        for batch in Batch.objects.over(OVER.date()):
            batch.forget(by=book.SYSTEM)
        said.refresh_from_db()
        said.decide_identity(by=world.kaliwungu, person=None)
        assert Person.objects.get().home is not None
        said.undo_identity(by=world.kaliwungu, reason="Salah baca")
        said.refresh_from_db()
    assert said.is_doubtful and not Person.objects.exists()


def test_whoever_was_to_decide_about_a_forgotten_row_is_asked_no_longer(world: Any) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    taken(world.labour, agree(world, keep_months=6), [NAMESAKE])
    assert told() == {("Kudus", "identity_asked")}
    with time_machine.travel(OVER):
        tasks.put_away.func(Batch.objects.get().pk)
        assert told() == set()


def test_so_is_a_district_about_a_row_of_one_of_its_villages(world: Any) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    here = (*NAMESAKE[:7], "Prambatan Kidul", "Kaliwungu")
    taken(world.labour, agree(world, keep_months=6), [here])
    assert told() == {("Kaliwungu", "identity_asked")}
    with time_machine.travel(OVER):
        tasks.put_away.func(Batch.objects.get().pk)
        assert told() == set()
