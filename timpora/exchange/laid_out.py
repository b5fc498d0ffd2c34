"""The lists of a comparison as persons and what is said of them: agencies' lists and verified residents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from timpora.among import Among
from timpora.areas.codes import Level, level
from timpora.areas.models import Area
from timpora.exchange.models.row import Row
from timpora.exchange.reasons import RESIDENCES, Side
from timpora.registry import sealed
from timpora.registry.conclusion import conclude
from timpora.registry.models import Residence, Statement
from timpora.registry.names import fold

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch

LEFT = "left"  # the note of a row that says so
COMPARED = ("permit_kind", "permit_until", "document_until")
# Forms of a company that come and go between two writings of its name.
COMPANY = frozenset({"pt", "cv", "tbk", "persero", "ud", "yayasan", "indonesia"})


@dataclass
class Laid:
    """One list: who stands in it (`said`, by "person:12" or, undecided, "row:34"), what it says of each, the
    rows that say so, and whom it says to have left.
    """

    key: str
    kind: str
    agency: str | None
    short: str
    as_of: date
    first: bool = False  # no earlier list of this kind: since when it says something is not known
    rows: int = 0
    faulty: int = 0
    said: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    issued: dict[str, date] = field(default_factory=dict)
    of_rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    left: set[str] = field(default_factory=set)

    def side(self, who: str) -> Side:
        """This list as evidence about somebody."""
        values = self.values.get(who, {})
        since = self.issued.get(who) if self.first else self.since.get(who)
        return Side(
            kind=self.kind, as_of=self.as_of, said_since=since,
            permit_until=_day(values.get("permit_until", "")),
            employers=len(self.said.get(who, {}).get("employer", ())),
        )  # fmt: skip

    def add(self, who: str, statement: Statement, area: str, *, since: date) -> None:
        """One more statement of this list about somebody; the newest comes last."""
        said = self.said.setdefault(who, {})
        for name, value in compared(statement.values, statement.document_key, area).items():
            said[name] = said.get(name, frozenset()) | {value} if name == "employer" else frozenset({value})
        self.values.setdefault(who, {}).update({k: v for k, v in statement.values.items() if v})
        self.since[who] = max(since, self.since.get(who, since))

    @property
    def undecided(self) -> int:
        return sum(who.startswith("row:") for who in self.said)


def compared(values: Mapping[str, Any], document_key: str, area: str) -> dict[str, str]:
    """Field → the value as it is compared with another list's: numbers and companies however written, and the
    village in place of the words of an address, where it is known.
    """
    found = {name: str(values[name]) for name in COMPARED if values.get(name)}
    if values.get("permit_number"):
        found["permit_number"] = sealed.comparable("permit_number", values["permit_number"])
    if document_key:
        found["document_number"] = document_key
    if values.get("employer"):
        found["employer"] = company(values["employer"])
    if level(area) == Level.VILLAGE:
        found["area"] = area
    return found


def company(name: str) -> str:
    """A company's name without the words for its form: "PT. Muria Jaya, Tbk" → "jaya muria"."""
    words = fold(name).split()
    return " ".join(sorted([word for word in words if word not in COMPANY] or words))


def of_batches(batches: list[Batch]) -> Laid:
    """The list that some batches of one agency and kind make together; the newest says as of which day."""
    newest = max(batches, key=lambda batch: (batch.as_of, batch.pk))
    earlier = type(newest).objects.like(newest).committed().exclude(pk__in=[batch.pk for batch in batches])
    laid = Laid(
        key=key_of(newest), kind=newest.kind, agency=newest.agency_id, short=newest.agency.short,
        as_of=newest.as_of, first=not earlier.filter(as_of__lt=newest.as_of).exists(),
    )  # fmt: skip
    rows = Row.objects.filter(batch__in=[batch.pk for batch in batches], taken_at__isnull=False)
    for row in rows.select_related("statement", "batch").order_by("batch__as_of", "batch", "number"):
        laid.rows += 1
        if row.statement is None:
            laid.faulty += 1
        else:
            _lay(laid, row, row.statement)
    return laid


def _lay(laid: Laid, row: Row, statement: Statement) -> None:
    who = f"person:{statement.person_id}" if statement.person_id else f"row:{statement.pk}"
    if LEFT in row.notes:
        laid.left.add(who)
        return
    laid.add(who, statement, row.area_id, since=statement.as_of)
    laid.of_rows[who].append(row.pk)
    if row.issued_on:
        laid.issued[who] = max(row.issued_on, laid.issued.get(who, row.issued_on))


def of_residents(area: Area, day: date) -> Laid:
    """Whoever lived in the area on a day by a verified report, and what villages and officers say of them."""
    laid = Laid(key=RESIDENCES, kind=RESIDENCES, agency=None, short="", as_of=day)
    homes = Residence.objects.believed().on(day).under(area.pk).filter(person__isnull=False)
    living = {home.person_id: home for home in homes if home.person_id is not None}
    laid.rows = len(living)
    for number, statements in _spoken(living).items():
        home, who = living[number], f"person:{number}"
        laid.said[who] = {}
        for statement in statements:
            laid.add(who, statement, home.area_id, since=home.started_on)
        laid.values[who] = {name: v.value for name, v in conclude(statements).items()} if statements else {}
        laid.said[who]["area"] = frozenset({home.area_id})
        laid.since[who] = home.started_on
    return laid


def _spoken(persons: Iterable[int]) -> dict[int, list[Statement]]:
    """What was said of each but by lists: a list must not be compared with itself."""
    found: dict[int, list[Statement]] = {number: [] for number in persons}
    said = Statement.objects.filter(Among("person", found)).exclude(source=Statement.Source.ROW)
    for statement in said.in_order():
        found[statement.person_id or 0].append(statement)
    return found


def key_of(batch: Batch) -> str:
    """How a list is named across its newer versions: agency and kind."""
    return f"{batch.agency_id}.{batch.kind}"


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
