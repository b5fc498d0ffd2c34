"""The ledger: an act and its entry together or not at all, and a chain that shows every touch."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from timpora.ledger import book
from timpora.ledger.models import SEPARATOR, Detail, Entry, chain_digest
from timpora.ledger.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def write(*actions: str, **more: object) -> None:
    with book.writing():
        for action in actions:
            book.record(action, by=book.SYSTEM, **more)  # type: ignore[arg-type]


def tamper(sql: str) -> None:
    """Changes a row as somebody with the database's own rights would: past the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute("SET session_replication_role = origin")
        else:
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
            cursor.execute("DROP TRIGGER ledger_entry_no_delete")
            cursor.execute(sql)


def test_an_act_outside_a_transaction_of_the_book_is_refused() -> None:
    with pytest.raises(RuntimeError):
        book.record("report.submitted", by=book.SYSTEM)


def test_what_is_rolled_back_leaves_no_entry_and_the_rest_does() -> None:
    with book.writing():
        book.record("one.kept", by=book.SYSTEM)
        with pytest.raises(ZeroDivisionError), book.writing():
            book.record("two.dropped", by=book.SYSTEM)
            raise ZeroDivisionError
        book.record("three.kept", by=book.SYSTEM)
    assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == [
        "one.kept",
        "three.kept",
    ]
    assert verify().sound


def test_entries_are_numbered_without_a_gap_and_each_names_the_one_before() -> None:
    write("a.done", "b.done")
    write("c.done")
    rows = list(Entry.objects.order_by("number").values_list("number", "previous", "digest"))
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[1] for row in rows[1:]] == [row[2] for row in rows[:-1]]


@pytest.mark.parametrize("sql", ["UPDATE ledger_entry SET action = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(sql: str) -> None:
    write("a.done")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert verify().entries == 1


@pytest.mark.parametrize(
    "column", ["at", "action", "actor", "mandate", "post", "area", "subject", "fields", "detail"]
)
def test_a_change_of_any_column_is_found_at_its_entry(column: str) -> None:
    write("a.done", "b.done", "c.done", detail={"reason": "because"})
    tamper(f"UPDATE ledger_entry SET {column} = 7 WHERE number = 2".replace("= 7", "= '7'"))
    assert (verify().broken_at, verify().why) == (2, "changed")


def test_a_deleted_entry_and_a_cut_end_are_found() -> None:
    write("a.done", "b.done", "c.done")
    head = verify().head
    tamper("DELETE FROM ledger_entry WHERE number = 3")
    assert verify().sound  # nothing in the rest tells that there was more …
    with pytest.raises(ValueError, match="cut off"):
        verify(head=head)  # … but the head noted earlier does
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM ledger_entry WHERE number = 1")
    assert (verify().broken_at, verify().why) == (1, "missing")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def test_erased_values_keep_the_chain_and_altered_values_do_not() -> None:
    write("a.done", detail={"reason": "private"})
    write("b.done", detail={"reason": "also private"})
    assert Entry.objects.get(number=1).values == {"reason": "private"}
    Detail.objects.filter(entry=1).delete()
    assert verify().sound
    assert Entry.objects.get(number=1).values == {}
    Detail.objects.filter(entry=2).update(values='{"reason": "other"}')
    assert (verify().broken_at, verify().why) == (2, "detail")


def test_a_check_since_an_entry_trusts_what_came_before() -> None:
    write("a.done", "b.done", "c.done")
    tamper("UPDATE ledger_entry SET action = 'x' WHERE number = 1")
    assert not verify().sound
    assert verify(since=1).entries == 2


def test_the_command_says_how_many_entries_fit_or_which_one_does_not() -> None:
    write("a.done", "b.done")
    out = io.StringIO()
    call_command("ledger", "verify", stdout=out)
    assert out.getvalue().startswith("2 entries fit")
    tamper("UPDATE ledger_entry SET area = '33' WHERE number = 2")
    with pytest.raises(CommandError, match="entry 2"):
        call_command("ledger", "verify")


columns = st.lists(
    st.text(st.characters(exclude_characters=SEPARATOR, codec="utf-8"), max_size=8), min_size=2, max_size=6
)


@given(columns, columns)
def test_different_columns_never_share_a_digest(one: list[str], other: list[str]) -> None:
    assert (chain_digest(*one) == chain_digest(*other)) == (one == other)


def test_a_separator_in_a_column_is_refused() -> None:
    with pytest.raises(ValueError), book.writing():
        book.record("a.done", by=book.SYSTEM, area=SEPARATOR)
