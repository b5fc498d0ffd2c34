"""Rows of a list that speak of nobody: totals, signatures, titles between the people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from timpora.sheets.columns import folded
from timpora.sheets.reading import clean

from .values import LENGTHS

_CLOSING = re.compile(
    r"^(jumlah|total|sub ?total|nip\b|mengetahui|kepala dinas|ttd|tanda tangan|sumber|catatan)"
)
_COMPANY = re.compile(r"(?:[A-Z\d]{1,3}[.)]\s+)?((?:PT|CV|UD|PD|Yayasan|Koperasi|Firma)\b.*)", re.IGNORECASE)


def is_no_person(
    row: Sequence[str], raw: Mapping[str, str], titles: Mapping[str, str], named: bool, after: bool
) -> bool:
    """Whether a row is a total, a signature, a title within the table or the headings once more."""
    texts = [cell for cell in row if cell.strip()]
    thin = len(raw) < 3 or not named  # "Total Bangun Persada" may employ somebody
    if thin and texts and _CLOSING.match(folded(texts[0])):
        return True
    if raw and all(text == titles[label] for label, text in raw.items()):
        return True
    return not named and (len(texts) < 2 or not raw or (after and len(raw) < 3))


def company(row: Sequence[str]) -> str:
    """The company of a title between the rows, as lists by employer have: "A. PT Contoh"."""
    texts = [text for cell in row if (text := clean(cell))]
    found = _COMPANY.match(texts[0]) if len(texts) == 1 else None
    return found[1].strip()[: LENGTHS["employer"]] if found else ""
