"""What follows from a ledger entry: notices at the right posts, once, without anybody's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, PASSPORT, TODAY, Cast, report
from timpora.areas.models import Area
from timpora.desk import reactions, reminders
from timpora.desk.acts import ACTS
from timpora.ledger.models import Cursor, Entry
from timpora.registry.models import Claim, Person
from timpora.rooms.models import Notice
from timpora.team.models import Team

pytestmark = pytest.mark.django_db


def told(mandate: Any) -> list[str]:
    """The kinds of the notices of a mandate's post, oldest first, after the reactions ran."""
    reactions.run()
    return list(Notice.objects.visible_to(mandate).order_by("pk").values_list("kind", flat=True))


def unread(mandate: Any) -> list[str]:
    reactions.run()
    return list(Notice.objects.visible_to(mandate).unread().order_by("pk").values_list("kind", flat=True))


def test_a_waiting_report_is_told_to_the_tier_that_holds_it_and_to_nobody_else(world: Cast) -> None:
    report(world.bakalan, **PASSPORT)
    assert told(world.kaliwungu) == ["report_waiting"]
    assert Notice.objects.count() == 1


def test_while_that_tier_is_vacant_the_next_one_is_told_as_well(world: Cast) -> None:
    world.kaliwungu.end(by=world.kudus)
    report(world.bakalan, **PASSPORT)
    assert told(world.kudus) == ["report_waiting"]
    assert told(world.kaliwungu) == ["report_waiting"]
    assert told(world.chair) == []


def test_the_sender_reads_what_became_of_a_report(world: Cast) -> None:
    for act, kind in (
        ("confirm", "report_verified"),
        ("send_back", "report_sent_back"),
        ("refuse", "report_refused"),
    ):
        sent = report(world.bakalan, names=f"Person {act}", birth_date="", again=True)
        reason = {} if act == "confirm" else {"reason": "which house?"}
        getattr(sent, act)(by=world.kaliwungu, **reason)
        assert told(world.bakalan)[-1] == kind


def test_what_is_done_no_longer_asks_anybody(world: Cast) -> None:
    sent = report(world.bakalan, **PASSPORT)
    assert unread(world.kaliwungu) == ["report_waiting"]
    sent.confirm(by=world.kaliwungu)
    assert unread(world.kaliwungu) == []
    sent.unconfirm(by=world.kaliwungu, reason="undone at once")
    assert unread(world.kaliwungu) == ["report_waiting"]


def test_a_doubtful_identity_is_asked_of_the_deciding_tier_and_the_sender_reads_being_checked(
    world: Cast, lin: Person
) -> None:
    namesake = report(world.prambatan)
    namesake.confirm(by=world.kaliwungu)
    assert unread(world.kaliwungu) == ["identity_asked"]
    assert told(world.prambatan) == ["identity_checked"]
    assert "identity_checked" not in told(world.bakalan)
    namesake.decide_identity(by=world.kaliwungu, person=lin)
    assert unread(world.kaliwungu) == ["claim_opened"]  # two villages of one kecamatan now report one person
    assert unread(world.prambatan) == ["report_verified"]


def test_a_claim_is_asked_of_the_counting_village_and_told_to_the_deciding_tier(
    world: Cast, lin: Person
) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    assert told(world.bakalan)[-1] == "claim_opened"
    assert told(world.kudus) == ["claim_opened"]
    assert "claim_opened" not in told(world.getas)
    Claim.objects.get().decide(by=world.kudus, outcome="stays")
    assert told(world.bakalan)[-1] == told(world.getas)[-1] == "claim_closed"
    assert "claim_opened" not in unread(world.bakalan)


def test_the_first_village_is_told_moved_out_and_nothing_more(world: Cast, lin: Person) -> None:
    report(world.demak, kind="arrived", on=TODAY + timedelta(days=1), **PASSPORT).confirm(
        by=world.demak_district
    )
    assert told(world.bakalan)[-1] == "moved_out"
    assert Notice.objects.get(kind="moved_out").path == "/"


def test_a_village_someone_was_announced_to_is_asked_to_look(world: Cast, lin: Person) -> None:
    sent = report(world.bakalan, kind="moved", person=lin, destination=cast.GETAS, on=TODAY)
    sent.confirm(by=world.kaliwungu)
    assert told(world.getas) == ["moving_in"]


def test_a_decree_about_to_end_is_told_once_to_those_who_prepare_the_next(world: Cast) -> None:
    day = timezone.localdate()
    team = Team.objects.create(
        area=Area.objects.get(code="33.19"), office=world.office, name="Tim Pora Kudus", decree="1/2026",
        decided_on=day, since=day, until=day + timedelta(days=20),
    )  # fmt: skip
    assert [reminders.run(), reminders.run()] == [1, 0]
    assert told(world.kudus) == told(world.chair) == ["mandate_ending"]
    assert told(world.jati) == []
    Team.objects.filter(pk=team.pk).update(until=day + timedelta(days=25))
    assert reminders.run() == 1  # a new last day is a new announcement


def test_done_twice_a_reaction_changes_nothing(world: Cast, lin: Person) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    reactions.run()
    before = set(Notice.objects.values_list("post", "entry", "kind"))
    Cursor.objects.update(number=0)
    reactions.run()
    assert set(Notice.objects.values_list("post", "entry", "kind")) <= before | set(
        Notice.objects.exclude(read_at=None).values_list("post", "entry", "kind")
    )
    assert Notice.objects.count() == len(before)


def test_the_reader_resumes_where_it_stopped(world: Cast) -> None:
    reactions.run()
    assert reactions.run() == 0
    report(world.bakalan, **PASSPORT)
    assert reactions.run() == 1
    assert Cursor.objects.get(name="reactions").number == Entry.objects.order_by("-number").first().number


def test_a_fault_of_one_reaction_does_not_stop_the_others(
    world: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(entry: Entry) -> None:
        raise KeyError("ours")

    table = {**reactions.REACTIONS, "report.submitted": (fails, reactions.report_waits)}
    monkeypatch.setattr(reactions, "REACTIONS", table)
    report(world.bakalan, **PASSPORT)
    assert told(world.kaliwungu) == ["report_waiting"]


def test_no_notice_carries_anything_personal(world: Cast, lin: Person) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    reactions.run()
    assert Notice.objects.exists()
    for notice in Notice.objects.all():
        assert "person" not in notice.path
        assert f"/people/{lin.pk}" not in notice.path


def test_every_reaction_belongs_to_an_action_with_a_sentence() -> None:
    assert set(reactions.REACTIONS) <= set(ACTS)


def test_the_area_of_a_moved_out_entry_is_the_first_village(world: Cast, lin: Person) -> None:
    report(world.demak, kind="arrived", on=TODAY + timedelta(days=1), **PASSPORT).confirm(
        by=world.demak_district
    )
    assert Entry.objects.get(action="residence.moved_out").area == BAKALAN
