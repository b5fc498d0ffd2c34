"""The head of an office's letters, as lines that a print has room for."""

from __future__ import annotations

from timpora.areas.refusals import refuse

LINES, WIDTH = 6, 90
"""How many lines a letterhead has, and how many characters each, so that a print has room (practice)."""


def lines(text: str) -> list[str]:
    """The lines of a letterhead, top first."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def fitted(text: str) -> str:
    """The letterhead as its lines. Refuses what no print has room for."""
    found = lines(text)
    if len(found) > LINES:
        raise refuse("letterhead_lines", most=LINES)
    if max(map(len, found), default=0) > WIDTH:
        raise refuse("letterhead_wide", most=WIDTH)
    return "\n".join(found)
