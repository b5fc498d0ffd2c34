"""By when a gap should be cleared: working days by its kind, from data/gap_terms.json with their sources."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from timpora.registry import working_days

_FILE = Path(__file__).parent / "data" / "gap_terms.json"


@cache
def terms() -> dict[str, tuple[int, str]]:
    """Kind of gap → (working days, the source of the number). An office changes them in the file."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: (int(term["working_days"]), str(term["source"])) for kind, term in said.items()}


def due_on(kind: str, today: date) -> date:
    """The day by which a gap of this kind that is found today is due."""
    return working_days.add(today, terms()[kind][0])
