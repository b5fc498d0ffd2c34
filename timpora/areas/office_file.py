"""Offices as data: a JSON list of objects, as `data/offices.json` has them.

Keys are the fields of Office ("letterhead" may be a list of lines), "province" a code, "jurisdiction" a list
of codes of kabupaten and kota, and optionally "since", the day (YYYY-MM-DD) from which the office answers for
them.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from timpora.areas.models import Office
from timpora.ledger import book

OURS = Path(__file__).parent / "data" / "offices.json"


class BrokenFile(Exception):
    """The file cannot be read as offices; the message says why."""


def read(file: str | Path) -> list[dict[str, Any]]:
    """The offices of a file. Raises BrokenFile."""
    try:
        offices = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BrokenFile(_("%(file)s can't be read: %(fault)s") % {"file": file, "fault": fault}) from fault
    if not isinstance(offices, list) or not all(isinstance(row, dict) and row.get("code") for row in offices):
        raise BrokenFile(_("%(file)s holds no list of offices with codes.") % {"file": file})
    return offices


def load(file: str | Path = OURS, *, only: str = "", by: book.Actor = book.SYSTEM) -> list[str]:
    """Opens or changes the file's offices, in one transaction; gives a line for each thing done.

    `only` is the code of the one office wanted. A kabupaten or kota that an office has beside the file stays:
    ending a jurisdiction is a decision of its own. Raises BrokenFile, Refusal.
    """
    lines: list[str] = []
    with book.writing():
        for row in read(file):
            lines += _load(row, by) if only in ("", row["code"]) else []
    return lines


def _load(row: dict[str, Any], by: book.Actor) -> list[str]:
    fields = dict(row)
    code, since = fields.pop("code"), fields.pop("since", None)
    regencies = fields.pop("jurisdiction", [])
    fields["province_id"] = fields.pop("province", None)
    if isinstance(fields.get("letterhead"), list):
        fields["letterhead"] = "\n".join(fields["letterhead"])
    office = Office.objects.filter(code=code).first()
    if office is None:
        office, lines = Office.objects.open(by=by, code=code, **fields), [f"{code}: " + _("opened")]
    else:
        lines = _change(office, fields, by)
    for regency in regencies:
        if regency not in office.codes:
            office.assign(by=by, area=regency, since=date.fromisoformat(since) if since else None)
            lines.append(f"{code}: {regency}")
    return lines


def _change(office: Office, fields: dict[str, Any], by: book.Actor) -> list[str]:
    differing = {name: value for name, value in fields.items() if getattr(office, name, None) != value}
    if differing:
        office.change(by=by, **differing)
    return [f"{office.code}: {name}" for name in sorted(differing)]
