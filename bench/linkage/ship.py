"""`python -m bench.linkage.ship`: writes the model that comes with Timpora, trained on invented lists."""

from __future__ import annotations

from dataclasses import replace

from bench.linkage.lists import invented
from timpora.registry.linkage import frequencies
from timpora.registry.linkage.linking import Linker
from timpora.registry.linkage.model import SHIPPED

COUNT, SEED = 40_000, 1
LEAST = 0.001  # of one nationality: names rarer than this count as rare


def main() -> None:
    """Writes timpora/registry/linkage/data/model.json; the same lists give the same file."""
    left, right, _same = invented(COUNT, SEED)
    linker = Linker(left, right)
    model = linker.score(linker.train())
    shares, rare = frequencies.shares(linker.connection, linker.tables, LEAST)
    chances = {
        name: {
            code: replace(chance, same=float(f"{chance.same:.4g}"), other=float(f"{chance.other:.4g}"))
            for code, chance in levels.items()
        }
        for name, levels in model.chances.items()
    }
    equal = {column: float(f"{value:.4g}") for column, value in model.equal.items()}
    report = {**model.report, "lists": f"bench.people, {COUNT} rows each, seed {SEED}"}
    shipped = replace(
        model, prior=float(f"{model.prior:.4g}"), chances=chances, equal=equal, shares=shares, rare=rare,
        report=report,
    )  # fmt: skip
    shipped.save(SHIPPED)
    print(f"{SHIPPED.name}: {SHIPPED.stat().st_size} bytes")


if __name__ == "__main__":
    main()
