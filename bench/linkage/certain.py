"""`python -m bench.linkage.certain`: how often a proposal that was called certain is wrong.

Every row of one invented list is proposed to the other as a report would be, against whoever shares a key or
the document. What was measured comes with Timpora (registry/linkage/data/certain.json), for its pages.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from bench.linkage.lists import invented
from timpora.registry.linkage import Profile, propose
from timpora.registry.linkage.certainty import CERTAIN, MEASURED
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys, sought
from timpora.registry.partial_date import PartialDate

SEEDS, COUNT = (7, 8, 9), 40_000
DISTRICTS = 9  # of a regency


class Counted(NamedTuple):
    """Proposals that were called certain, how many named another person, and both of those where the two rows
    shared no document.
    """

    links: int
    wrong: int
    undocumented: int
    wrong_undocumented: int


def counted(seed: int, count: int = COUNT) -> Counted:
    """What the rows of one list are certainly taken for among those of another."""
    left, right, same = invented(count, seed)
    register = [profile(record, number) for number, record in enumerate(right)]
    found, holders = _index(right)
    links = wrong = undocumented = wrong_undocumented = 0
    for row, record in enumerate(left):
        claim = profile(record, None)
        near = {number for key in sought(columns(record)) for number in found.get(key, ())}
        near |= set(holders.get(record.document, ())) if record.document else set()
        for proposal in propose(claim, (register[number] for number in near), count):
            if proposal.certainty == "certain":
                mistaken = (row, proposal.candidate.person_id) not in same
                shared = bool(claim.document_keys & proposal.candidate.document_keys)
                links, wrong = links + 1, wrong + mistaken
                undocumented += not shared
                wrong_undocumented += mistaken and not shared
    return Counted(links, wrong, undocumented, wrong_undocumented)


def profile(record: Record, number: int | None) -> Profile:
    """A row as the registry knows a person; "area 17" is a district of a regency."""
    regency, district = divmod(int(record.area.removeprefix("area ")), DISTRICTS)
    return Profile(
        number, (record.name,), frozenset({record.document} - {""}),
        PartialDate.parse(record.birth) if record.birth else None, record.nationality, record.sex,
        area=f"33.{regency + 1:02}.{district + 1:02}",
    )  # fmt: skip


def _index(records: Iterable[Record]) -> tuple[dict[int, list[int]], dict[str, list[int]]]:
    """Row numbers by key, and by document."""
    found, holders = defaultdict(list), defaultdict(list)
    for number, record in enumerate(records):
        for key in keys(columns(record)):
            found[key].append(number)
        holders[record.document].append(number)
    return found, holders


def bound(wrong: int, of: int) -> float:
    """The share of wrong ones lies below it with 95 % confidence (rule of three; else the normal one)."""
    return 3 / of if not wrong else (wrong + 1.96 * wrong**0.5 + 2) / of


def main() -> None:
    """Measures and keeps what was measured."""
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(counted, SEEDS))
    for seed, part in zip(SEEDS, parts, strict=True):
        print(seed, part)
    total = Counted(*map(sum, zip(*parts, strict=True)))
    limit = bound(total.wrong_undocumented, total.undocumented)
    said = {"bits": CERTAIN, **total._asdict(), "bound": float(f"{limit:.2g}"), "seeds": list(SEEDS)}
    MEASURED.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    print(said)


if __name__ == "__main__":
    main()
