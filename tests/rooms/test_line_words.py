"""What a message is read as: words of ours, and nothing else of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.rooms.line import payload
from timpora.rooms.line.payload import Message
from timpora.rooms.line.words import said
from timpora.rooms.models.incoming import Word


def typed(text: str) -> Message:
    return Message("1", "ID.1", None, "text", text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lapor", Word.REPORT), ("nihil bu", Word.NIL), ("Tugas?", Word.TASKS), ("menu", Word.HELP),
        ("ya", Word.YES), ("YES!", Word.YES), ("ya ada", Word.OTHER), ("tidak", Word.CANCEL),
        ("berhenti", Word.STOP), ("berhenti kerja", Word.OTHER), ("mulai", Word.START),
        ("", Word.OTHER), ("👍", Word.OTHER), ("nihilis", Word.OTHER), ("BCDFG-HJKMN", Word.CODE),
        ("kode bcdfg hjkmn", Word.CODE), ("BCDFG-HJKMN terima kasih", Word.OTHER), ("8234567892", Word.OTHER),
    ],
)  # fmt: skip
def test_a_text_is_read_as_a_word(text: str, word: str) -> None:
    assert said(typed(text)).word == word


@given(st.text(max_size=300))
def test_any_text_is_read_as_some_word_and_only_a_code_leaves_a_trace(text: str) -> None:
    found = said(typed(text))
    assert found.word in Word.values
    assert (found.argument == "") is (found.word != Word.CODE)


@given(st.text(max_size=60))
def test_any_choice_is_read_as_ids_or_not_at_all(choice: str) -> None:
    found = said(Message("1", "ID.1", None, "interactive", "", choice))
    assert found.argument == "" or found.argument.startswith("prompt:")


NAMES = (
    "entry",
    "changes",
    "value",
    "messages",
    "statuses",
    "contacts",
    "metadata",
    "id",
    "type",
    "text",
    "from",
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=40,
)


@given(json)
def test_no_payload_is_too_odd_to_be_split(odd: object) -> None:
    payload.split(odd, "1")
    value = {"metadata": {"phone_number_id": "1"}, "messages": [odd], "statuses": [odd], "contacts": [odd]}
    parts = payload.split({"entry": [{"changes": [{"field": "messages", "value": value}]}]}, "1")
    assert len(parts.messages) + len(parts.statuses) + parts.unread == 2
