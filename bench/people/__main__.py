"""`python -m bench.people COUNT LEFT.csv RIGHT.csv TRUTH.csv [--seed N]`: two lists, and who is who.

Four in five of the people on the left are on the right, too; the rest are on one list only.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from random import Random

from bench.people.invent import Person, people
from bench.people.written import HEADINGS, written

ON_BOTH = 0.8
Row = tuple[str, ...]
TRUTH = ("left_id", "right_id", "culture")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.people", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("files", nargs=3, metavar="FILE")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    left, right, truth = two_lists(asked.count, seed=asked.seed)
    tables = ([HEADINGS, *left], [HEADINGS, *right], [TRUTH, *truth])
    for file, table in zip(asked.files, tables, strict=True):
        with open(file, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(table)
    print(f"{len(left)} and {len(right)} rows, {len(truth)} people on both")


def two_lists(count: int, *, seed: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows of the left list, rows of the right one, and left id, right id and culture of who is on both."""
    chance = Random(seed)
    shared = round(count * ON_BOTH)
    everybody = people(2 * count - shared, seed=seed)
    chance.shuffle(everybody)
    left, at_left = _listed("L", everybody[:count], chance)
    right, at_right = _listed("R", everybody[count - shared :], chance)
    both = everybody[count - shared : count]
    truth: list[Row] = [(at_left[each.number], at_right[each.number], each.culture) for each in both]
    return left, right, truth


def _listed(mark: str, listed: Iterable[Person], chance: Random) -> tuple[list[Row], dict[int, str]]:
    shuffled = list(listed)
    chance.shuffle(shuffled)
    ids = {person.number: f"{mark}{place}" for place, person in enumerate(shuffled)}
    return [(ids[person.number], *written(person, chance)) for person in shuffled], ids


if __name__ == "__main__":
    main()
