"""Each reason a gap may have is proposed from its evidence, and from nothing less."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from timpora.exchange.reasons import GONE, GROUNDS, REASONS, RESIDENCES, SKTT_DAYS, Evidence, Side, propose

DAY = date(2026, 11, 20)
WORKER = {"permit_kind": "ITAS", "permit_index": "E23", "employer": "PT Muria", "birth_date": "1985-08-17"}


def gap(one: str = "permits", other: str = "workers", kind: str = "only_in", **said: Any) -> Evidence:
    sides = {name: said.pop(name, {}) for name in ("of_one", "of_other")}
    return Evidence(
        kind=kind, one=Side(one, **{"as_of": DAY, **sides["of_one"]}),
        other=Side(other, **{"as_of": DAY, **sides["of_other"]}),
        on=DAY, **{"values": WORKER, **said},
    )  # fmt: skip


LONG_AGO = {"of_other": {"as_of": DAY - timedelta(days=31)}}
CASES: list[tuple[str, Evidence, Evidence]] = [
    # (reason, evidence for it, the same with the one ground taken away)
    ("definition", gap(values={"permit_kind": "ITAP"}), gap()),
    ("definition", gap(other="students"), gap(other="students", values=WORKER | {"permit_index": "E30A"})),
    ("definition", gap(other="domicile", values={"permit_kind": "ITK"}), gap(other="domicile")),
    ("list_dates", gap(**LONG_AGO), gap(of_other={"as_of": DAY - timedelta(days=30)})),
    ("list_dates", gap(of_one={"said_since": DAY}, of_other={"as_of": DAY - timedelta(days=1)}),
     gap(of_one={"said_since": DAY})),
    ("sktt_pending", gap(other="domicile", issued_on=DAY - timedelta(days=SKTT_DAYS)),
     gap(other="domicile", issued_on=DAY - timedelta(days=SKTT_DAYS + 1))),
    ("outside", gap("workers", RESIDENCES, lives_outside=True), gap("workers", RESIDENCES)),
    ("outside", gap("workers", "permits", named_outside=True), gap("workers", "permits")),
    ("definition", gap(other="domicile", values={"permit_kind": "ITAP"}), gap(other="domicile")),
    ("definition", gap(RESIDENCES, "permits", values={"nationality": "XXA"}), gap(RESIDENCES, "permits")),
    ("outside", gap("workers", "domicile", kind="address", lives_outside=True),
     gap("permits", "domicile", kind="address", lives_outside=True)),
    ("several_places", gap(kind="employer", of_other={"employers": 2}),
     gap(kind="employer", of_other={"employers": 1})),
    ("short_visit", gap(other="domicile", values={"permit_kind": "ITK", "permit_index": "b1"}),
     gap(other="domicile", values={"permit_kind": "ITAS", "permit_index": "E33"})),
    ("departed", gap(has_left=True), gap()),
    ("renewed_passport", gap(kind="permit", fields=("document_number",)),
     gap(kind="permit", fields=("permit_number",))),
    ("renewed_passport", gap(proposed={"name": "same", "document": "differs"}), gap()),
    ("spelling", gap(proposed={"name": "near", "document": "differs"}), gap()),
    ("duplicate", gap(proposed={"name": "same"}), gap()),
    ("not_closed", gap(of_one={"permit_until": DAY - timedelta(days=1)}), gap(of_one={"permit_until": DAY})),
    ("dual_child", gap("domicile", "permits", values={"birth_date": "2015"}),
     gap("domicile", "permits", values={"birth_date": "2008"})),
    ("unknown", gap(), gap(has_left=True)),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "evidence", "without"), CASES)
def test_a_reason_is_proposed_on_its_evidence_and_on_nothing_less(
    reason: str, evidence: Evidence, without: Evidence
) -> None:
    code, grounds = propose(evidence)
    assert code == reason
    assert grounds and all(ground in GROUNDS for ground, _n in grounds)
    assert propose(without)[0] != reason


def test_every_reason_but_the_one_for_what_is_gone_has_its_case() -> None:
    assert {reason for reason, _for, _without in CASES} == set(REASONS) - {GONE}


def test_the_certificate_follows_the_permit_by_up_to_fourteen_days_and_the_days_are_told() -> None:
    for days in range(-3, 20):
        code, ((ground, number),) = propose(gap(other="domicile", issued_on=DAY - timedelta(days=days)))
        assert (code == "sktt_pending") == (days <= SKTT_DAYS)
        if code == "sktt_pending":
            assert (ground, number) == (("issued", days) if days >= 0 else ("issued_after", -days))


def test_no_word_accuses() -> None:
    said = " ".join([*GROUNDS.values(), *(r.name + r.meaning for r in REASONS.values())]).lower()
    for word in ("illegal", "violat", "offence", "suspect", "false", "guilty"):
        assert word not in said
