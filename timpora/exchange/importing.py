"""What `timpora import` is told: who brings the list under which record, and what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from timpora.exchange import words
from timpora.exchange.lists.faults import LONG, Fault
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.lines import SHARED
from timpora.exchange.lists.reading import Inspection, inspect
from timpora.exchange.models import Batch, ColumnMap, Sharing
from timpora.ledger.refusal import Refusal
from timpora.sheets.blocks import head
from timpora.sheets.columns import folded
from timpora.sheets.grids import Unreadable
from timpora.team.models import Mandate


@dataclass(frozen=True)
class Chosen:
    """Each heading with its field ("" = left out), the sheet, and what somebody should look at."""

    mapping: dict[str, str]
    sheet: str
    warnings: tuple[str, ...]


def giver(name: str, number: int | None, area: str) -> tuple[Mandate, Sharing]:
    """The mandate of a user under which a list of an area may be given, and the record. Raises Refusal."""
    serving = Mandate.objects.live().filter(user__username=name).order_by("pk")
    mandates = sorted(serving, key=lambda mandate: mandate.reaches(area))  # the one that does counts last
    if not mandates:
        raise Refusal(_("Nobody of this user name serves on a post today: %(name)s") % {"name": name})
    open_to = {sharing: by for by in mandates for sharing in Sharing.objects.open_to(by)}
    chosen = [sharing for sharing in open_to if number in (None, sharing.pk)]
    if len(chosen) == 1:
        return open_to[chosen[0]], chosen[0]
    if not open_to:
        raise Refusal(_("There is no record in force under which this officer's agency may give a list."))
    known = ", ".join(f"{each.pk} ({words.kind(each.kind)}, {each.paper_number})" for each in open_to)
    raise Refusal(_("Name the record with --sharing: %(known)s") % {"known": known})


def columns(path: Path, batch: Batch, sheet: str, named: Sequence[str]) -> Chosen:
    """What the headings mean: as named, as remembered, as recognised. Raises Refusal."""
    remembered = ColumnMap.objects.remembered(batch.agency_id, batch.kind)
    try:
        found = inspect(head(path, LONG), KINDS[batch.kind], remembered, sheet or None, limits=LONG)
    except Unreadable as unreadable:
        raise _blocked(Fault(unreadable.code)) from unreadable
    for fault in found.faults:
        if fault.blocks:
            raise _blocked(fault)
    meant = dict(_named(found, batch, named))
    given = set(meant.values()) - {*SHARED, ""}  # a column that was recognised as such yields
    mapping = {h.label: "" if h.field in given else h.field for h in found.headings} | meant
    warnings = tuple(_(fault.message) for fault in found.faults)
    return Chosen(mapping, found.sheet, warnings)


def _blocked(fault: Fault) -> Refusal:
    return Refusal(_(fault.message), field="file", code=fault.code)


def _named(found: Inspection, batch: Batch, named: Sequence[str]) -> list[tuple[str, str]]:
    """(heading as the file has it, field) of each FIELD=HEADING."""
    labels = {folded(heading.label): heading.label for heading in found.headings}
    fields = {column.name for column in KINDS[batch.kind].columns} | {""}
    pairs = []
    for word in named:
        field, sign, heading = word.partition("=")
        if not sign:
            raise Refusal(_("Write each as FIELD=HEADING: %(word)s") % {"word": word})
        if field not in fields:
            known = ", ".join(sorted(fields - {""}))
            raise Refusal(
                _("This list has no field “%(field)s”; it has %(known)s") % {"field": field, "known": known}
            )
        if folded(heading) not in labels:
            known = ", ".join(labels.values())
            raise Refusal(
                _("There is no heading “%(heading)s” in the file; it has %(known)s")
                % {"heading": heading, "known": known}
            )
        pairs.append((labels[folded(heading)], field))
    return pairs
