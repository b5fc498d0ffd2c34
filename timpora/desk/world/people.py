"""Who lives in the demo's Kudus: invented people whose names have the shapes that real lists struggle with.

Single names, patronymics, family names first and last, several scripts, initials, particles. Nobody is real.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from timpora.registry.fields import SPANS, UNTIL

# Forty-eight invented people, one a line.
KUDUS = Path(__file__).with_name("kudus.csv")
# Columns that hold days from today, so that nobody's papers grow old: -62 is two months ago.
AS_DAYS = ("event_on", *UNTIL, *SPANS.values())
GUARANTEED = ("bekerja", "ikut keluarga", "kuliah", "santri")


@dataclass(frozen=True)
class Resident:
    """One invented resident: where, since when, and what a report says of them.

    As a village officer types it: a place of work by its code, a parent by the name.
    """

    village: str
    arrived_on: date
    values: dict[str, Any]


def of_kudus(today: date) -> list[Resident]:
    """The forty-eight of Kudus, six districts, none in Undaan, Mejobo and Jekulo; parents before children."""
    return [resident(row, number) for number, row in enumerate(read(KUDUS, today))]


def read(path: Path, today: date) -> list[dict[str, Any]]:
    """The rows of a list of invented people, their days counted from today; what is empty is left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return [dated(row, today) for row in csv.DictReader(file, delimiter="|")]


def dated(row: dict[str, str], today: date) -> dict[str, Any]:
    """What a row says: a day as ISO writes it, the day of the event as a date."""
    said: dict[str, Any] = {name: value for name, value in row.items() if value}
    for name in said.keys() & set(AS_DAYS):
        said[name] = str(today + timedelta(days=int(said[name])))
    return said | {"event_on": date.fromisoformat(said["event_on"])}


def resident(row: dict[str, Any], number: int) -> Resident:
    """Somebody with the papers and the guarantor that go with what the row says; `number` is theirs alone."""
    said = {name: value for name, value in row.items() if name not in ("village", "event_on")}
    return Resident(row["village"], row["event_on"], said | _papers(said, number) | _guarantor(said))


def _papers(said: dict[str, Any], number: int) -> dict[str, str]:
    if said["permit_kind"] == "REFUGEE":
        return {"document_kind": "unhcr", "document_number": f"UN-{number:07d}"}
    if said["nationality"] == "XXA":  # stateless: no passport
        return {}
    # Invented numbers: the prefixes belong to no country's series and to no office's.
    papers = {
        "document_kind": "passport",
        "document_issuer": said["nationality"],
        "document_number": f"XQ{7_300_000 + number * 977}",
    }
    if said["permit_kind"] in ("ITAS", "ITAP"):
        papers["permit_number"] = f"9X{7_100_000 + number * 613}"
    return papers


def _guarantor(said: dict[str, Any]) -> dict[str, str]:
    if said["permit_kind"] == "REFUGEE":
        return {"guarantor_status": "not_required"}
    if said["purpose"] not in GUARANTEED:
        return {"guarantor_status": "unknown"}
    return {"guarantor_status": "present", "guarantor": said.get("employer") or said.get("parent", "")}
