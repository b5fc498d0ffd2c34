"""What a phone closes opens here, once, for the item it was closed for, and unaltered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.inbound import envelope
from timpora.inbound.envelope import EnvelopeBroken

CONTENT = {"kind": "report", "fields": [["names", "林怡君 «Ñ»"]]}


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_closed_opens_as_it_was(content: dict[str, str]) -> None:
    assert envelope.opened(envelope.closed(content, "1"), "1") == content


def test_two_closings_of_one_content_are_never_alike() -> None:
    assert envelope.closed(CONTENT, "1") != envelope.closed(CONTENT, "1")


@given(part=st.sampled_from(["key", "body"]), place=st.integers(0, 60), sign=st.sampled_from("AQgw-_9"))
def test_no_altered_sign_goes_unseen(part: str, place: int, sign: str) -> None:
    closed = envelope.closed(CONTENT, "1")
    altered = closed[part][:place] + sign + closed[part][place + 1 :]
    if altered != closed[part]:
        with pytest.raises(EnvelopeBroken):
            envelope.opened(closed | {part: altered}, "1")


def test_an_envelope_opens_for_its_own_item_only() -> None:
    with pytest.raises(EnvelopeBroken):
        envelope.opened(envelope.closed(CONTENT, "1"), "2")


@pytest.mark.parametrize("broken", [{}, {"key": "", "body": ""}, {"key": "A", "body": "A"}, [], None, "x"])
def test_what_is_no_envelope_is_refused(broken: object) -> None:
    with pytest.raises(EnvelopeBroken):
        envelope.opened(broken, "1")  # type: ignore[arg-type]
