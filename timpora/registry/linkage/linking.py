"""Two lists, or one with itself: every pair worth a look with its weight and why. DuckDB does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import duckdb
import pyarrow

from timpora.registry.linkage import blocking, frequencies
from timpora.registry.linkage.answers import answered
from timpora.registry.linkage.columns import Record
from timpora.registry.linkage.comparisons import COMPARISONS, NAME
from timpora.registry.linkage.loading import load
from timpora.registry.linkage.model import Chance, Model, shipped
from timpora.registry.linkage.training import teaches, train
from timpora.registry.linkage.weights import Part, ceiling, weight_sql

PER_ROW, AT_LEAST = 4, 400_000  # pairs that are compared: so many for each row, or so many for each list
LEAST = -8.0  # bits: below it a pair is one in 250 and is not kept
ROUNDS = 6  # in which the prior settles


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of rows with its weight in bits and what each field said."""

    left: int
    right: int
    weight: float
    parts: tuple[Part, ...]


class Linker:
    """Lists of records, loaded once; `train` (or a given model), then `score`, then read the table `scored`.

    `lists` holds one list (pairs within it) or two (pairs across). `memory` like "2GB" bounds DuckDB:
    what does not fit waits on disk.
    """

    def __init__(self, *lists: Iterable[Record], memory: str = "") -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set preserve_insertion_order = false")
        # Pairs are narrow and many, records wide and few: left to itself DuckDB reads the records one after
        # another and looks up pairs, on one processor. So the side written first is read, by all of them.
        self.connection.execute("set disabled_optimizers = 'build_side_probe_side'")
        # Made by DuckDB when something does not fit, and taken away by it in the end.
        self.connection.execute("set temp_directory = ?", [str(Path(gettempdir()) / f"timpora-{uuid4()}")])
        if memory:
            self.connection.execute("set memory_limit = ?", [memory])
        self.tables = tuple(f"list_{number}" for number, _ in enumerate(lists))
        for name, records in zip(self.tables, lists, strict=True):
            load(self.connection, name, records)
        self.counted = False  # whether the lists hold how common their own values are

    @property
    def left(self) -> str:
        return self.tables[0]

    @property
    def right(self) -> str:
        return self.tables[-1]

    def train(self) -> Model:
        """A model of these lists; its prior is still a guess until `score` has settled it.

        Lists too short to learn from get the model that comes with Timpora, and so do lists that teach what
        cannot be: that another name or birth date speaks for one person.
        """
        if not teaches(self.connection, self.left, self.right):
            return shipped()
        self._count_values()
        model = train(self.connection, self.left, self.right)
        return model if model.is_sound else shipped()

    def _count_values(self) -> None:
        if not self.counted:
            frequencies.add(self.connection, self.tables)
            self.counted = True

    def score(self, model: Model) -> Model:
        """Fills the table `scored` (l, r, weight, <comparison>_level …) and returns the model as it was used.

        The prior and the weight of possible twins are taken from these lists.
        """
        if model.shares:
            frequencies.take(self.connection, self.tables, model)
        else:
            self._count_values()
        rows = [self._number(f"select count(*) from {name}") for name in self.tables]  # nosec B608
        budget = max(AT_LEAST * len(rows), PER_ROW * int(sum(rows)))
        blocking.block(self.connection, self.left, self.right, budget)
        self._answer(model)
        everything = rows[0] * (rows[0] - 1) / 2 if len(rows) == 1 else rows[0] * rows[1]
        model = self._settled(model, max(1, everything))
        self.connection.execute(
            f"create or replace table scored as select *, {self._total(model)} as weight from answer"  # nosec B608
        )
        self.model = model
        return model

    def weights(self, least: float) -> list[tuple[int, int, float]]:
        """Rows and weight of the pairs of at least this weight, the surest first: all that choosing needs."""
        query = f"select l, r, weight from scored where weight >= {least!r} order by weight desc, l, r"  # nosec B608
        found: list[tuple[int, int, float]] = self.connection.execute(query).fetchall()
        return found

    def pairs(self, least: float, chosen: Sequence[tuple[int, int]] | None = None) -> Iterator[Scored]:
        """The pairs of at least this weight, the surest first, each with what every field said of it; of
        those `chosen` where they are given.
        """
        asked = [c for c in COMPARISONS if c.name in self.model.chances]
        columns = ", ".join(f"{c.name}_level, {weight_sql(c, self.model)}" for c in asked)
        among = ""
        if chosen is not None:
            lefts, rights = zip(*chosen, strict=True) if chosen else ((), ())
            self.connection.register("chosen", pyarrow.table({"l": lefts, "r": rights}))
            self.connection.execute("create or replace table chosen_pair as select * from chosen")
            self.connection.unregister("chosen")
            among = "join chosen_pair using (l, r)"
        query = f"select l, r, weight, {columns} from scored {among} where weight >= {least!r}"  # nosec B608
        found = self.connection.cursor().execute(f"{query} order by weight desc, l, r")
        while rows := found.fetchmany(10_000):
            for left, right, weight, *said in rows:
                parts = tuple(
                    Part(c.name, level, c.words(level), value)
                    for c, level, value in zip(asked, said[::2], said[1::2], strict=True)
                )
                yield Scored(left, right, weight, parts)

    def _answer(self, model: Model) -> None:
        """The table `answer`: pairs with their levels; names are compared where they can still decide."""
        rest = [c for c in COMPARISONS if c.name in model.chances and c is not NAME]
        self.connection.execute(
            f"create or replace temp table cheap as {answered('pair', self.left, self.right, rest)}"
        )
        if NAME.name not in model.chances:
            self.connection.execute("create or replace temp table answer as from cheap")
            return
        hopeful = " + ".join(weight_sql(c, model) for c in rest) or "0"
        least = LEAST - model.prior_weight - ceiling(NAME, model)
        levels = ", ".join(f"c.{each.name}_level" for each in rest)
        pairs = f"(select l, r{', ' + levels if levels else ''} from cheap c where {hopeful} >= {least!r})"  # nosec B608
        self.connection.execute(
            f"create or replace temp table answer as {answered(pairs, self.left, self.right, [NAME])}"
        )

    def _total(self, model: Model) -> str:
        return f"{model.prior_weight!r}::double + {_evidence(model)}"

    def _settled(self, model: Model, everything: float) -> Model:
        """The model with the prior these lists give, and with the weight that possible twins deserve."""
        first = model
        related = "(name_level = 'relative')::integer" if NAME.name in model.chances else "0"
        self.connection.execute(
            "create or replace temp table even as "
            f"select {_evidence(model)} as weight, {related} as related "
            "from answer"  # nosec B608
        )
        seen = self._number("select sum(related) from even")
        for _ in range(ROUNDS):
            moved = _relative_weight(model) - _relative_weight(first)
            weight = f"weight + {model.prior_weight!r} + related * {moved!r}"
            matches = self._number(f"select sum(1 / (1 + pow(2, -greatest(-300, {weight})))) from even")  # nosec B608
            model = replace(model, prior=min(0.5, max(1e-12, matches / everything)))
            model = _with_relatives(model, seen, matches, everything)
        return model

    def _number(self, query: str) -> float:
        ((number,),) = self.connection.execute(query).fetchall()
        return float(number or 0)


def _evidence(model: Model) -> str:
    """The weight of all fields without the prior, as SQL over their answers."""
    return " + ".join(weight_sql(c, model) for c in COMPARISONS if c.name in model.chances) or "0.0"


def _relative_weight(model: Model) -> float:
    return model.chances["name"]["relative"].weight if "name" in model.chances else 0.0


def _with_relatives(model: Model, seen: float, matches: float, everything: float) -> Model:
    """Twins share a family name, a birth date and an address, and a model of independent fields takes them
    for one person. How many of the `seen` pairs there are beyond what one person explains is what they weigh.
    """
    if not {"name", "area"} <= set(model.chances):
        return model
    names = model.chances["name"]
    same = names["relative"].same
    other = max(seen - matches * same, 0.05 * seen, 1) / everything
    shared = [name for name in ("birth", "area", "nationality") if name in model.chances]
    beside = sum(model.chances[name]["same"].weight for name in shared)
    told: Mapping[str, Chance] = {**names, "relative": Chance(same, other * 2**beside)}
    return replace(model, chances={**model.chances, "name": told})
