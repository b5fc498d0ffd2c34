"""`python -m bench.linkage`: how well people are matched (the section "Matching people" of docs/figures.md).

Needs requirements/bench.txt. Every threshold is 0.5, fixed before anything was seen.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pandas

from bench.linkage import dedupe, febrl, others
from bench.linkage.certain import bound
from bench.linkage.lists import FIELDS, invented
from bench.linkage.measure import Pairs, Scored, Worth, clustered, free, one_to_one, pairwise, recalls
from bench.linkage.oracle import oracle
from timpora.registry.linkage import assignment
from timpora.registry.linkage.certainty import CERTAIN, measured
from timpora.registry.linkage.columns import Record
from timpora.registry.linkage.grouping import groups
from timpora.registry.linkage.linking import Linker
from timpora.registry.linkage.model import probability
from timpora.registry.names import key

EVEN, LIKE = 0.5, 0.85  # of a likeness the usual threshold, for those that give no probability
SEEDS, COUNT, CERTAIN_COUNT = (7, 8, 9), 20_000, 33_000
LONG = (100_000, 1_000_000)


def main() -> None:
    """Prints it line by line."""
    for line in lines():
        print(line, flush=True)


def lines() -> Iterator[str]:
    """The section, line by line."""
    yield "Every threshold is 0.5, fixed before the lists were seen (0.85 for rapidfuzz, which gives a"
    yield "likeness); nothing was trained on the truth. F1 at that threshold, and the best F1 of any other."
    yield ""
    yield "### FEBRL"
    yield "| set | form | by | pairwise F1 | best | as used | F1 | best | s |"
    yield "| --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: |"
    for number in (1, 2, 3, 4):
        for hard in (True, False):
            yield from _febrl(number, hard)
    yield ""
    yield f"### Invented lists of eighteen name cultures, {COUNT:,} × {COUNT:,}"
    yield "One to one. The weakest culture by recall."
    yield ""
    yield "| seed | by | precision | recall | F1 | best F1 | weakest culture | s |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |"
    for seed in SEEDS:
        yield from _invented(seed)
    yield ""
    yield "### One long list, in which one row in ten speaks of somebody who stands there already"
    yield "Seed 5 of the same inventions; each way in a process of its own, from the file to the pairs:"
    yield "reading it and sorting the words of names are part of the time. Memory at most, of that process."
    yield ""
    yield "| rows | by | precision | recall | F1 | best F1 | s | MB |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for count in LONG:
        for row in dedupe.compared(count, seed=5):
            yield (
                f"| {count:,} | {row['way']} | {row['precision']:.4f} | {row['recall']:.4f} "
                f"| {row['f1']:.4f} | {row['best']:.4f} | {row['seconds']:.1f} | {row['megabytes']:,} |"
            )
    yield ""
    yield from _certain()


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives and how many seconds it took."""
    gc.collect()
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def timpora(*lists: Iterable[Record], least: float = -9) -> list[tuple[int, int, float]]:
    """Our pairs with their weights in bits, from `least` on."""
    linker = Linker(*lists, memory="1GB")
    linker.score(linker.train())
    return linker.weights(least)


def likely(pairs: Iterable[tuple[int, int, float]]) -> Scored:
    return [(left, right, probability(weight)) for left, right, weight in pairs]


def each_once(pairs: list[tuple[int, int, float]], rows: int, same: Pairs) -> tuple[Worth, Scored]:
    """What `timpora link --one-to-one` takes at an even chance, and its worth; best as for everybody."""
    taken = assignment.one_to_one(pairs, rows, rows, EVEN)
    chosen = [(pair.left, pair.right, pair.probability) for pair in taken]
    return replace(one_to_one(chosen, same, EVEN), best=one_to_one(pairs, same, -9).best), chosen


def grouped(pairs: list[tuple[int, int, float]], rows: int) -> Scored:
    """The pairs within the groups that `timpora dedupe --groups` makes at an even chance."""
    return [(*pair, 1.0) for group in groups(pairs, rows, EVEN) for pair in combinations(group, 2)]


def _febrl(number: int, hard: bool) -> Iterator[str]:
    tables, same = febrl.load(number)
    lists = [febrl.records(table, hard=hard) for table in tables]
    used, judged = ("one to one", one_to_one) if number == 4 else ("clustered", clustered)
    ways: list[tuple[str, Callable[[], Scored], float]] = [
        ("Timpora", lambda: timpora(*lists), EVEN),
        ("Splink", lambda: others.splink_febrl(tables, hard=hard), EVEN),
        ("recordlinkage", lambda: others.recordlinkage_febrl(tables, hard=hard), EVEN),
        ("rapidfuzz", lambda: others.rapidfuzz_febrl(tables, hard=hard), LIKE),
    ]
    for name, work, threshold in ways:
        scored, seconds = timed(work)
        weighed, scored = scored, likely(scored) if name == "Timpora" else scored
        each, whole = pairwise(scored, same, threshold), judged(scored, same, threshold)
        if name == "Timpora" and number == 4:
            whole, _taken = each_once(weighed, len(lists[0]), same)
        elif name == "Timpora":
            whole = pairwise(grouped(weighed, len(lists[0])), same, EVEN)
        form = "hard" if hard else "all"
        best = f"{whole.best:.4f}" if number == 4 else "–"
        yield (
            f"| {number} | {form} | {name} | {each.f1:.4f} | {each.best:.4f} | {used} | {whole.f1:.4f} "
            f"| {best} | {seconds:.1f} |"
        )


def _invented(seed: int) -> Iterator[str]:
    left, right, cultures = invented(COUNT, seed)
    same = set(cultures)
    frames = [frame(records) for records in (left, right)]
    ways: list[tuple[str, Callable[[], Scored]]] = [
        ("Timpora", lambda: timpora(left, right)),
        ("Timpora with weights from the truth", lambda: oracle(left, right, same)),
        ("Splink, sorted words", lambda: others.splink_invented(frames)),
    ]
    for name, work in ways:
        scored, seconds = timed(work)
        if name.startswith("Timpora"):
            worth, scored = each_once(scored, COUNT, same)
        else:
            worth, scored = one_to_one(scored, same, EVEN), free(scored)
        found = recalls([(a, b) for a, b, p in scored if p >= EVEN], cultures)
        weakest = min(found, key=lambda culture: found[culture])
        yield (
            f"| {seed} | {name} | {worth.precision:.4f} | {worth.recall:.4f} | {worth.f1:.4f} "
            f"| {worth.best:.4f} | {weakest} {found[weakest]:.3f} | {seconds:.1f} |"
        )


def frame(records: list[Record]) -> Any:
    """What Splink is given of the same people: words sorted, years apart."""
    made = pandas.DataFrame(
        [{field: getattr(record, field) or None for field in FIELDS} for record in records]
    )
    made["name"] = [key(record.name) or None for record in records]
    made["year"] = made.birth.str[:4]
    made["birth"] = made.birth.where(made.birth.str.len() == 10, None)
    made.insert(0, "row", range(len(made)))
    return made


def _certain() -> Iterator[str]:
    links = wrong = 0
    for seed in SEEDS:
        left, right, cultures = invented(CERTAIN_COUNT, seed)
        linker = Linker(left, right)
        linker.score(linker.train())
        for pair in assignment.one_to_one(linker.weights(CERTAIN), len(left), len(right), EVEN):
            links += 1
            wrong += (pair.left, pair.right) not in cultures
    yield f"Certain (from {CERTAIN:g} bits, three seeds of {CERTAIN_COUNT:,} rows): {links:,} links,"
    yield f"{wrong} wrong; upper 95 % bound {bound(wrong, links):.1e}. As a report or a row is proposed"
    said = measured()
    yield f"(`python -m bench.linkage.certain`): {said.links:,} certain, {said.wrong} wrong; of those without"
    yield f"a common document {said.undocumented:,}, {said.wrong_undocumented} wrong, bound {said.bound:.1e}."


if __name__ == "__main__":
    main()
