"""Brings the areas in the database in line with the official list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import ForeignKey

from timpora.areas import codes, listing
from timpora.areas.models import Area, AreaChange, ChangeKind, CodeField, Jurisdiction, Office
from timpora.ledger import book

BATCH = 5000


@dataclass
class Outcome:
    """What a load did, as codes; `kept` and `listed_but_retired` are what it left for a person to decide."""

    added: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    with_data: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    listed_but_retired: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """True when the load changed anything."""
        return bool(self.added or self.renamed or self.retired)


def load(
    source: dict[str, str] | None = None, *, only: Iterable[str] = (), by: book.Actor = book.SYSTEM
) -> Outcome:
    """Adds, renames and retires areas until they agree with the list, in one transaction; says what it did.

    `source` maps codes to names (default: `listing.official()`), `only` narrows the load to these codes, what
    lies below them and above them. A second load of the same list changes nothing. No area is deleted; a
    retired one that the list names stays retired; what a person recorded by decree since stands against the
    list (`kept`).
    """
    wanted = tuple(only)
    names = listing.narrowed(source if source is not None else listing.official(), wanted)
    with book.writing():
        present = {area.code: area for area in Area.objects.under(wanted or (codes.NATION,))}
        present |= Area.objects.in_bulk([code for code in names if code not in present] if wanted else [])
        by_hand = _recorded_by_hand()
        outcome = Outcome()
        _add(names, present, outcome)
        _rename(names, present, by_hand, outcome)
        _retire(names, present, by_hand, outcome)
        _note(outcome, present, by)
    return outcome


def _recorded_by_hand() -> set[str]:
    """The codes a person renamed, made by a split, or restored: the list may be older than that decree."""
    rows = AreaChange.objects.by_hand().values_list("kind", "from_area_id", "to_area_id")
    return {to if kind == ChangeKind.SPLIT else area for kind, area, to in rows}


def _add(names: dict[str, str], present: dict[str, Area], outcome: Outcome) -> None:
    new = [Area.named(code, name) for code, name in names.items() if code not in present]
    new.sort(key=lambda area: area.level)
    Area.objects.bulk_create(new, batch_size=BATCH)
    outcome.added = [area.code for area in new]


def _rename(names: dict[str, str], present: dict[str, Area], by_hand: set[str], outcome: Outcome) -> None:
    changed: list[Area] = []
    for code, area in present.items():
        name = names.get(code, area.name)
        if area.retired and code in names:
            outcome.listed_but_retired.append(code)
        elif name != area.name and code in by_hand:
            outcome.kept.append(code)
        elif name != area.name:
            outcome.renamed.append((code, area.name, name))
            area.name, area.folded = name, Area.key_of(code, name)
            changed.append(area)
    Area.objects.bulk_update(changed, ["name", "folded"], batch_size=500)


def _retire(names: dict[str, str], present: dict[str, Area], by_hand: set[str], outcome: Outcome) -> None:
    gone = [area for code, area in present.items() if code not in names and not area.retired]
    outcome.kept += [area.code for area in gone if area.code in by_hand]
    ended = [area for area in gone if area.code not in by_hand]
    for area in ended:
        area.retired_on = area.today
    Area.objects.bulk_update(ended, ["retired_on"], batch_size=500)
    outcome.retired = [area.code for area in ended]
    outcome.with_data = sorted(with_data(outcome.retired))


def _note(outcome: Outcome, present: dict[str, Area], by: book.Actor) -> None:
    """One row for each change, one ledger entry for each and one for the load; none for no change."""
    if not outcome.changed:
        return
    rows = [_change(ChangeKind.RENAMED, present[code], by, old, new) for code, old, new in outcome.renamed]
    rows += [_change(ChangeKind.RETIRED, present[code], by) for code in outcome.retired]
    AreaChange.objects.bulk_create(rows, batch_size=500)
    counts = {"added": len(outcome.added), "renamed": len(outcome.renamed), "retired": len(outcome.retired)}
    book.record("areas.loaded", by=by, subject="areas", detail=counts)
    for row in rows:
        changed = ("name",) if row.new_name else ()
        book.record(
            f"area.{row.kind}",
            by=by,
            area=row.from_area_id,
            subject=f"area:{row.from_area_id}",
            fields=changed,
        )


def _change(kind: ChangeKind, area: Area, by: book.Actor, old: str = "", new: str = "") -> AreaChange:
    return AreaChange(
        kind=kind, from_area=area, old_name=old, new_name=new, decree=listing.DECREE,
        effective_on=area.today, noted_by=by.post_id, noted_by_load=True,
    )  # fmt: skip


def with_data(area_codes: Iterable[str]) -> set[str]:
    """Those of the codes that rows of other apps name, whichever apps are installed above this one."""
    sought, found = list(area_codes), set[str]()
    own = {Area, AreaChange, Jurisdiction, Office}
    for model in apps.get_models() if sought else ():
        for column in model._meta.concrete_fields:
            to_area = isinstance(column, ForeignKey) and column.related_model is Area
            if model not in own and (to_area or isinstance(column, CodeField)):
                rows = model._default_manager.filter(**{f"{column.attname}__in": sought})
                found.update(rows.values_list(column.attname, flat=True).distinct())
    return found
