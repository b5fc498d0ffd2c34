"""What a list said is kept as long as its record allows, and no longer; what others say stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import BROKEN, CHEN, LIN, RAO, agree, outcomes, receive, table, taken
from tests.exchange.test_comparisons import compare
from tests.pages import text
from timpora import worker
from timpora.exchange import forgetting, tasks
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import inspect
from timpora.exchange.models import Batch, Gap, Match, Row
from timpora.exchange.models.sent import SameFile
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import IdentityDocument, Person, Statement

pytestmark = pytest.mark.django_db

IN_TIME = datetime(2027, 5, 25, 3, tzinfo=UTC)  # the last day of the six months
OVER = datetime(2027, 5, 26, 3, tzinfo=UTC)


def night() -> None:
    """What the worker does of a night."""
    worker.tidy()
    for waiting in DBTaskResult.objects.ready():
        tasks.put_away.func(*waiting.args_kwargs["args"])
        waiting.delete()


def page(world: Any, batch: Batch) -> str:
    client = cast.sign_in(world.labour)
    client.cookies["django_language"] = "en"
    return text(client.get(f"/lists/{batch.pk}/"))


def test_after_the_period_what_only_the_list_said_goes_and_what_others_say_stays(world: Any) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    lin = Person.objects.get()
    before = lin.names, lin.birth_date
    batch = taken(world.labour, agree(world, keep_months=6), [LIN, CHEN, BROKEN])
    known = datetime.now(UTC)
    assert "kept until May 25, 2027" in page(world, batch) or "kept until 25 May 2027" in page(world, batch)
    assert lin.employments.exists() and counts("33.19").known_by_list == 1
    with time_machine.travel(IN_TIME):
        night()
    assert Statement.objects.count() == 3
    with time_machine.travel(OVER):
        night()
        night()
        assert counts("33.19").known_by_list == 0
        told = page(world, batch)
    assert list(Person.objects.all()) == [lin]
    assert Statement.objects.get().source == Statement.Source.REPORT
    lin.refresh_from_db()
    assert lin.home is not None and lin.documents.count() == 1 and not lin.employments.exists()
    assert (lin.names, lin.birth_date) == before
    assert "what the rows said was forgotten on" in told
    assert "forgotten on" in told and "CHEN" not in told and "LIN" not in told
    assert [row.outcome for row in batch.rows.order_by("number")] == ["same", "new", "faulty"]
    assert not Row.objects.exclude(digest="").exists()
    assert Entry.objects.filter(action="batch.forgotten", subject=batch.cause).count() == 1
    assert Match.objects.believed(known).count() == 2  # what was counted then can be told again


def test_what_a_later_list_says_again_is_kept_as_long_as_that_list(world: Any) -> None:
    short = agree(world, keep_months=6)
    taken(world.labour, short, [LIN, CHEN])
    with time_machine.travel(datetime(2027, 3, 1, 3, tzinfo=UTC)):
        newer = taken(world.labour, short, [CHEN], as_of=date(2027, 2, 28))
    assert newer.rows.get().outcome == "unchanged"
    with time_machine.travel(OVER):
        night()
        assert Person.objects.get().names == "CHEN WEI"
        assert counts("33.19").known_by_list == 1
        assert IdentityDocument.objects.get().number == "E55667788"
    with time_machine.travel(datetime(2027, 9, 2, 3, tzinfo=UTC)):
        night()
    assert not Person.objects.exists() and not Statement.objects.exists()


def test_the_same_file_may_be_given_again_once_it_was_forgotten(world: Any) -> None:
    sharing = agree(world, keep_months=6)
    data = table([LIN, CHEN])
    mapping = inspect(data, KINDS[sharing.kind]).mapping

    def given(day: date) -> Batch:
        batch = receive(world.labour, sharing, data, as_of=day)
        batch.map(by=world.labour, mapping=mapping)
        batch.commit(by=world.labour)
        return batch

    given(date(2026, 11, 1))
    with pytest.raises(SameFile):
        given(date(2026, 11, 2))
    with time_machine.travel(OVER):
        tasks.put_away.func(Batch.objects.get().pk)
        assert counts("33.19").known_by_list == 0
        assert outcomes(given(date(2027, 5, 26))) == ["new", "new"]
        assert counts("33.19").known_by_list == 2


def test_a_difference_about_somebody_nobody_speaks_of_any_more_may_be_closed(world: Any) -> None:
    taken(world.labour, agree(world, keep_months=6), [CHEN])
    compare(world.immigration)
    gaps = Gap.objects.filter(who=f"person:{Person.objects.get().pk}")
    assert gaps.open().exists() and not gaps.gone().exists()
    with time_machine.travel(OVER):
        night()
        day = date(2027, 5, 26)
        taken(world.immigration, agree(world, "imigrasi", "own"), [RAO], as_of=day)
        compare(world.immigration, day)
        assert set(gaps.gone()) == set(gaps.all())


def test_stopped_half_way_the_next_night_goes_on(world: Any, monkeypatch: Any) -> None:
    batch = taken(world.labour, agree(world, keep_months=6), [LIN, CHEN])
    monkeypatch.setattr(forgetting, "PART", 1)
    whole, seen = forgetting._forget, []

    def pulled(rows: list[Row]) -> None:
        if seen:
            raise RuntimeError("the plug was pulled")
        seen.append(1)
        whole(rows)

    monkeypatch.setattr(forgetting, "_forget", pulled)
    with time_machine.travel(OVER):
        with pytest.raises(RuntimeError):
            night()
        batch.refresh_from_db()
        assert Person.objects.count() == 1 and batch.forgotten_at is None
        monkeypatch.setattr(forgetting, "_forget", whole)
        night()
    batch.refresh_from_db()
    assert batch.forgotten_at is not None and not Person.objects.exists()


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-11-25", 6, date(2027, 5, 25)),
        ("2026-08-31", 6, date(2027, 2, 28)),
        ("2026-12-31", 12, date(2027, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(world: Any, day: str, months: int, last: date) -> None:
    batch = taken(world.labour, agree(world, keep_months=months), [LIN])
    batch.change(committed_at=datetime.fromisoformat(f"{day}T03:00+00:00"))
    assert batch.kept_until == last
