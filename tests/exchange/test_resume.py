"""A long list is the worker's; stopped half-way it goes on at the first row not done, and says so."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import cast
from tests.exchange.given import CHEN, LIN, agree, mapped, taken
from tests.pages import text
from timpora import worker
from timpora.exchange import taking, tasks
from timpora.exchange.models import Batch, Sharing, Upload
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Statement

pytestmark = pytest.mark.django_db

SYLLABLES = ("ba", "do", "fe", "gu", "hi", "ko", "la", "mu", "ne", "pi", "ra", "so", "te", "vu", "wi", "za")


def invented(number: int) -> tuple[str, ...]:
    name = "".join(SYLLABLES[(number >> shift) & 15] for shift in (8, 4, 0))
    born = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1960 + number % 40}"
    return (
        f"{name.upper()} {SYLLABLES[number % 16].upper()}{number % 7}X",
        "L",
        born,
        "India",
        f"P{number:07}",
        "",
        "",
        "",
        "",
    )


@pytest.fixture
def long(world: Any, monkeypatch: Any) -> Batch:
    """A list that is long for this test: four parts of five rows."""
    monkeypatch.setattr(taking, "AT_ONCE", 5)
    monkeypatch.setattr(taking, "PART", 5)
    return mapped(world.labour, agree(world), [invented(number) for number in range(18)])


def test_a_long_list_is_put_on_the_workers_table_and_its_page_shows_how_far_it_is(
    world: Any, long: Batch
) -> None:
    client = cast.sign_in(world.labour)
    assert client.post(f"/lists/{long.pk}/commitment/").status_code == 303
    assert not Statement.objects.exists()
    page = text(client.get(f"/lists/{long.pk}/"))
    assert "hx-get" in page and "18" in page
    part = text(client.get(f"/lists/{long.pk}/", headers={"HX-Request": "true"}))
    assert "<html" not in part
    tasks.take.func(long.pk)
    assert Statement.objects.count() == Person.objects.count() == 18
    assert "hx-get" not in text(client.get(f"/lists/{long.pk}/"))
    assert client.get(f"/lists/{long.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("stopped_at", [3, 5, 12])
def test_stopped_in_the_middle_it_goes_on_at_the_first_row_not_done_and_the_receipt_says_so(
    world: Any, long: Batch, monkeypatch: Any, stopped_at: int
) -> None:
    long.commit(by=world.labour)
    whole, seen = taking.take_row, []

    def pulled(row: Any, *rest: Any) -> None:
        if len(seen) == stopped_at:
            raise RuntimeError("the plug was pulled")
        seen.append(row.number)
        whole(row, *rest)

    monkeypatch.setattr(taking, "take_row", pulled)
    with pytest.raises(RuntimeError):
        tasks.take.func(long.pk)
    kept = stopped_at // 5 * 5
    assert Statement.objects.count() == kept
    assert counts("33.19").known_by_list == 0  # not in force before its last row
    monkeypatch.setattr(taking, "take_row", whole)
    tasks.take.func(long.pk)
    long.refresh_from_db()
    assert long.state == Batch.State.COMMITTED
    assert Statement.objects.count() == Person.objects.count() == 18
    assert counts("33.19").known_by_list == 18
    assert not Upload.objects.exists()
    page = cast.sign_in(world.labour).get(f"/lists/{long.pk}/")
    assert [row for row, _at in page.context["taken"].stops] == [kept + 2]  # the headings are row 1


def test_a_killed_worker_leaves_a_run_that_the_next_start_takes_up(world: Any, long: Batch) -> None:
    long.commit(by=world.labour)
    long.runs.begin(long)
    tasks.resume()
    assert not DBTaskResult.objects.exists()  # it may be under way
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tasks.resume()
        tasks.resume()
        assert DBTaskResult.objects.ready().count() == 1
        tasks.take.func(long.pk)
    long.refresh_from_db()
    assert long.state == Batch.State.COMMITTED
    assert list(long.runs.order_by("pk").values_list("finished", flat=True)) == [False, True]


def test_two_runs_at_once_take_no_row_twice(world: Any, long: Batch) -> None:
    long.commit(by=world.labour)
    long.runs.begin(long)
    tasks.take.func(long.pk)
    assert not Statement.objects.exists()


def test_a_short_list_is_taken_in_whole_or_not_at_all(world: Any, monkeypatch: Any) -> None:
    batch = mapped(world.labour, agree(world), [invented(1), invented(2)])
    whole = taking.take_row

    def pulled(row: Any, *rest: Any) -> None:
        if row.number == 3:
            raise RuntimeError("the plug was pulled")
        whole(row, *rest)

    monkeypatch.setattr(taking, "take_row", pulled)
    with pytest.raises(RuntimeError):
        batch.commit(by=world.labour)
    batch = Batch.objects.get()
    assert batch.state == Batch.State.READ
    assert not Statement.objects.exists()


def test_a_list_nobody_speaks_of_for_a_day_is_thrown_away(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [invented(1)])
    worker.tidy()
    assert Upload.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        worker.tidy()
        (waiting,) = DBTaskResult.objects.ready()
        meanwhile = taken(world.labour, Sharing.objects.get(), [invented(2)], as_of=date(2026, 11, 2))
        tasks.put_away.func(meanwhile.pk)  # put on the table while nobody had said a word of it
        tasks.put_away.func(*waiting.args_kwargs["args"])
    meanwhile.refresh_from_db()
    assert meanwhile.forgotten_at is None and Statement.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == Batch.State.DISCARDED
    assert not Upload.objects.exists()


def test_a_new_version_sends_lists_that_were_read_back_to_their_columns(world: Any) -> None:
    sharing = agree(world)
    done = taken(world.labour, sharing, [LIN])
    batch = mapped(world.labour, sharing, [CHEN], as_of=date(2026, 11, 2))
    read_again = import_module("timpora.exchange.migrations.0003_long_lists").read_again
    read_again(apps, None)
    batch.refresh_from_db()
    assert batch.state == Batch.State.RECEIVED and not batch.rows.exists() and done.rows.exists()
    Batch.objects.filter(pk=batch.pk).update(mapped_at=timezone.now(), asked_at=timezone.now())
    with pytest.raises(RuntimeError, match="being taken in"):
        read_again(apps, None)
