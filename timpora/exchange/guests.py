"""Lists of guests (APOA): a row is a stay in a lodging that is registered here. It makes no person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from django.utils.translation import gettext as _

from timpora.areas.codes import under, within
from timpora.exchange import meaning
from timpora.exchange.lists.columns import STAY
from timpora.exchange.meaning import Planned, Wrong
from timpora.ledger.refusal import Refusal
from timpora.registry.models import IdentityDocument
from timpora.registry.names import fold
from timpora.stays.arrival import FIELDS, Arrival
from timpora.stays.models import Lodging
from timpora.stays.told import SENTENCES, Guests, Told

if TYPE_CHECKING:
    from timpora.exchange.lists.lines import Line
    from timpora.exchange.models.batch import Batch
    from timpora.exchange.models.row import Row
    from timpora.exchange.places import Places

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

NO_LODGING = "no_lodging"
# By code, for of a row that was taken in only the code is kept; what other lists may say stands in `meaning`.
REMEDIES = {
    **SENTENCES,
    NO_LODGING: N_("No lodging of this name is registered in this area. Register it first, then send the file"
                   " again."),
    "two_lodgings": N_("Several lodgings bear this name. Write the village (desa) in a column of its own."),
    "lodging_missing": N_("Write the name of the lodging."),
    "lodging_closed": N_("This lodging is closed; no guest is entered for it any more."),
    "no_day": N_("Write the whole day, such as 25/11/2026."),
    "end_before_start": SENTENCES["left_before_arrival"],
    "too_far": N_("Nobody books for more than a year. Look at the year again."),
    "before_birth": N_("This day lies before the date of birth."),
    "future": N_("This day has not come yet."),
    "too_old": N_("This day lies more than a year back."),
    "number_missing": N_("A guest is told apart by the number of the passport. Write it as it stands there."),
    "unparsable": N_("Write the date as 3 May 1990, 03/05/1990, May 1990 or only 1990."),
}  # fmt: skip
COLUMN = {"until": "departed_on", "left_on": "departed_on"}  # of a stay, by the column that says it
CODE = {"no_number": "number_missing"}  # in other lists a number may be missing
# What concerns a row beside what a stay keeps; of a paper's last day nobody is asked.
CONCERNS = (*FIELDS, *STAY, "given", "family", "permit_kind", "")
BECAME = {"in": "guest", "out": "left", "known": "unchanged", "faulty": "faulty"}


class Forecast:
    """As `take` would decide it today."""

    def __init__(self, batch: Batch, places: Places, headings: Mapping[str, str]) -> None:
        self._batch, self._places, self._headings = batch, places, headings
        self._houses, self._guests = Houses(batch.area_id), Guests(batch.mandate)

    def of(self, lines: Iterable[Line]) -> list[Planned]:
        """What some more lines would become."""
        return [self._planned(line) for line in lines]

    def _planned(self, line: Line) -> Planned:
        said = meaning.said(line, self._batch.sharing.fields, self._places)
        known = {field: line.values.get(field, "") for field in STAY}
        values = {name: said.values[name] for name in FIELDS if name in said.values} | known
        area = self._places.of(known["lodging_village"], known["lodging_district"])
        told, faults = meant(values, area, self._houses, self._batch.as_of)
        wrongs = [wrong for wrong in said.faults if wrong.field in CONCERNS]
        verdict = self._guests.judge(told) if told and not (wrongs or faults) else None
        faults += verdict.faults if verdict else ()
        read = {wrong.field for wrong in wrongs}
        wrongs += [self._wrong(line, fault) for fault in faults if _column(fault) not in read]
        said = replace(
            said, values={name: value for name, value in values.items() if value}, notes=(),
            area=told.lodging.area_id if told else area, faults=tuple(wrongs),
        )  # fmt: skip
        return Planned(said, BECAME[verdict.outcome] if verdict else "faulty", "")

    def _wrong(self, line: Line, fault: Refusal) -> Wrong:
        field, code = _column(fault), _code(fault)
        heading = self._headings.get(field, "")
        return Wrong(field, heading, line.raw.get(heading, "")[:200], code, REMEDIES.get(code, ""))


def take(batch: Batch, rows: list[Row], lines: Mapping[int, Mapping[str, str]]) -> None:
    """Takes some rows in; what each became waits in it to be kept. Its caller holds the list.

    A row that was sound in the dry run and is not any more becomes a faulty one.
    """
    houses, guests = Houses(batch.area_id), Guests(batch.mandate)
    found = [(row, *meant(lines[row.number], row.area_id, houses, batch.as_of)) for row in rows]
    _hold(told.lodging for _row, told, faults in found if told and not faults)
    for row, told, faults in found:
        outcome = "faulty"
        if told and not faults:
            verdict, row.stay_id = guests.take(told)
            outcome, faults = verdict.outcome, list(verdict.faults)
        row.outcome = BECAME[outcome]
        if faults:
            row.faults = [[_column(fault), _code(fault)] for fault in faults]
            type(row).objects.filter(pk=row.pk).update(faults=row.faults)


def _hold(lodgings: Iterable[Lodging]) -> None:
    """Keeps hosts from entering guests there meanwhile; always in one order, so that no two lists wait for
    each other.
    """
    for lodging in sorted({lodging.pk: lodging for lodging in lodgings}.values(), key=lambda each: each.pk):
        lodging.lock()


def meant(
    values: Mapping[str, str], area: str, houses: Houses, as_of: date
) -> tuple[Told | None, list[Refusal]]:
    """The guest of a row, and what keeps them from being taken in as far as the row alone tells."""
    lodging, faults = None, []
    try:
        lodging = houses.of(values.get("lodging", ""), area)
    except Refusal as refusal:
        faults.append(refusal)
    days, wrong = _days(values)
    faults += wrong
    came, ends = days.get("arrived_on"), days.get("departed_on")
    # A day up to the one the list speaks of has been; a later one is only expected.
    over = ends is not None and ends <= as_of
    said = {name: values[name] for name in FIELDS if values.get(name)}
    said.setdefault("document_kind", IdentityDocument.Kind.PASSPORT.value)
    arrival = Arrival(came or as_of, None if over else ends, said)
    if lodging is None or faults:
        own = {fault.field for fault in faults}
        more = [fault for fault in arrival.faults(as_of) if _column(fault) not in own]
        return None, faults + more
    # Of the same stay always the same number, whenever its end was learnt.
    number = uuid5(NAMESPACE_OID, f"{lodging.code} {Arrival(arrival.arrived_on, None, said).digest}")
    return Told(lodging, replace(arrival, sent_id=number), ends if over else None), []


def _days(values: Mapping[str, str]) -> tuple[dict[str, date], list[Refusal]]:
    """The whole days of a row; the check-in is needed."""
    days, faults = {}, []
    for name in ("arrived_on", "departed_on"):
        text = values.get(name, "")
        try:
            if text or name == "arrived_on":
                days[name] = date.fromisoformat(text)
        except ValueError:
            faults.append(_refused("no_day", name))
    return days, faults


def _column(fault: Refusal) -> str:
    return COLUMN.get(fault.field or "", fault.field or "")


def _code(fault: Refusal) -> str:
    return CODE.get(fault.code, fault.code)


class Houses:
    """The lodgings of one regency by their names, in whatever order of words. One query for a whole list."""

    def __init__(self, regency: str) -> None:
        self._named: dict[str, list[Lodging]] = defaultdict(list)
        for lodging in Lodging.objects.with_places().filter(under("area", [regency])):
            self._named[_key(lodging.name)].append(lodging)

    def of(self, name: str, area: str) -> Lodging:
        """The open lodging of this name in an area. Raises Refusal."""
        if not name:
            raise _refused("lodging_missing")
        named = [each for each in self._named.get(_key(name), []) if within(each.area_id, area)]
        open_ = [each for each in named if each.closed_at is None]
        if len(open_) == 1:
            return open_[0]
        raise _refused("two_lodgings" if open_ else "lodging_closed" if named else NO_LODGING)


def _refused(code: str, field: str = "lodging") -> Refusal:
    return Refusal(_(REMEDIES[code]), field=field, code=code)


def _key(name: str) -> str:
    return " ".join(sorted(fold(name).split()))
