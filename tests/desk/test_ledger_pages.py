"""The ledger's pages: what was done, by which post, where; no values, nothing of other areas."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from tests.test_house import ledger_actions
from timpora.desk.acts import ACTS
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db


def test_every_action_that_is_recorded_has_a_sentence() -> None:
    actions, _unclear = ledger_actions()
    assert sorted(action for action in actions if action not in ACTS) == []


def test_entries_say_what_was_done_by_which_post_and_where_without_values(world: Cast, lin: Person) -> None:
    cast.sign_in(world.kudus).post("/people/", {"q": "Lin Yi-Chun"}, follow=True)
    page = text(cast.sign_in(world.auditor).get("/ledger/"))
    assert "Mencari orang" in page
    assert "Laporan terverifikasi" in page
    assert "Kudus, Kabupaten Kudus" in page
    for value in ("Lin", "Yi-Chun", "A1234567", "Mei 1990", "1990-05"):
        assert value not in page


@pytest.mark.parametrize(
    "who", [name for name in Cast.__annotations__ if name not in ("office", "protection", "auditor")]
)
def test_for_everybody_else_there_is_no_ledger(world: Cast, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.get("/ledger/").status_code == 404
    assert client.post("/ledger/checks/").status_code == 404


def test_filters_narrow_by_action_post_subject_and_day(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.auditor)

    def rows(**asked: Any) -> list[str]:
        return [line["entry"].action for line in client.get("/ledger/", asked).context["lines"]]

    assert set(rows(action="report.verified")) == {"report.verified"}
    assert "report.submitted" in rows(post=world.bakalan.post_id)
    assert "report.verified" not in rows(post=world.bakalan.post_id)
    report_subject = Entry.objects.get(action="report.verified").subject
    assert set(rows(subject=report_subject)) == {"report.submitted", "report.confirmed", "report.verified"}
    assert rows(day="2026-11-25")
    assert rows(day="2026-11-24") == []
    assert rows(day="99", post="x", before="-1", action="no.such")


def test_the_list_continues_by_number(world: Cast) -> None:
    with book.writing():
        for number in range(120):
            book.record("person.opened", by=world.kudus, area="33.19", subject=f"person:{number}")
    client = cast.sign_in(world.auditor)
    first = client.get("/ledger/")
    assert len(first.context["lines"]) == 50
    older = first.context["older"]
    assert f"before={older}" in text(first)
    second = client.get("/ledger/", {"before": older})
    assert second.context["lines"][0]["entry"].number == older - 1


def test_a_watcher_of_another_area_sees_none_of_this_one(world: Cast, lin: Person) -> None:
    with book.writing():
        book.record("person.opened", by=world.kudus, area="35.01", subject="person:1")
    actions = {
        line["entry"].area[:2] for line in cast.sign_in(world.auditor).get("/ledger/").context["lines"]
    }
    assert "35" not in actions


def test_a_check_of_the_chain_is_an_entry_and_its_result_is_shown(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.auditor)
    assert "Belum pernah diperiksa" in text(client.get("/ledger/"))
    head = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    page = text(client.post("/ledger/checks/", follow=True))
    assert f"sampai catatan {head}: utuh" in page
    entry = Entry.objects.get(action="ledger.verified")
    assert (entry.fields, entry.post) == ("sound", world.auditor.post_id)
    assert entry.digest[:16] in page


def test_unusual_searching_is_shown_to_the_data_protection_officer_only(
    world: Cast, lin: Person, settings: Any
) -> None:
    settings.UNUSUAL_SEARCHES = 3
    client = cast.sign_in(world.kudus)
    for _ in range(4):
        client.post("/people/", {"q": "desa:bakalankrapyak"}, follow=True)
    page = cast.sign_in(world.protection).get("/ledger/")
    assert [(row.post, row.looks) for row in page.context["unusual"]] == [("Kudus, Kabupaten Kudus", 4)]
    assert "Jumlah luar biasa" in text(page)
    assert "Jumlah luar biasa" not in text(cast.sign_in(world.auditor).get("/ledger/"))
    settings.UNUSUAL_SEARCHES = 4
    assert cast.sign_in(world.protection).get("/ledger/").context["unusual"] == []


def test_a_page_of_entries_asks_the_same_few_questions(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        report(world.bakalan, again=True, **PASSPORT)
    client = cast.sign_in(world.protection)
    with django_assert_max_num_queries(14):
        client.get("/ledger/")
