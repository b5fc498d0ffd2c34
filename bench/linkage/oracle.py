"""What nobody has: weights from the truth itself, to see how much better knowing the error rates would be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyarrow

from bench.linkage.measure import Pairs
from timpora.registry.linkage.answers import answered
from timpora.registry.linkage.columns import Record
from timpora.registry.linkage.comparisons import ABSENT, COMPARISONS
from timpora.registry.linkage.linking import Linker

RAREST = 2e-4


def oracle(left: Iterable[Record], right: Iterable[Record], same: Pairs) -> list[tuple[int, int, float]]:
    """Pairs with weights in bits, where how often one person agrees is counted on those who are one."""
    linker = Linker(left, right)
    model = linker.train()
    lefts, rights = zip(*sorted(same), strict=True)
    linker.connection.register("same", pyarrow.table({"l": lefts, "r": rights}))
    linker.connection.execute("create temp table truth as from same")
    chances = {}
    for comparison in (each for each in COMPARISONS if each.name in model.chances):
        asked = answered("truth", linker.left, linker.right, [comparison])
        counted = dict(
            linker.connection.execute(
                f"select {comparison.name}_level, count(*) from ({asked}) "
                f"where {comparison.name}_level <> '{ABSENT}' group by 1"
            ).fetchall()
        )
        total = sum(counted.values())
        chances[comparison.name] = {
            code: replace(chance, same=max(RAREST, counted.get(code, 0) / total))
            for code, chance in model.chances[comparison.name].items()
        }
    linker.score(replace(model, chances=chances))
    return linker.weights(-9)
