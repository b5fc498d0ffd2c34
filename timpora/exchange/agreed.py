"""The agreed list: the persons of an agency's own rows and where each stands, with the fields it may have.

The tiers fetch the verified residents of their area instead. Nobody is in it whom the reader's own rows or
area do not name: of those only the number is told (rules.md section 3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from timpora.areas.codes import under
from timpora.exchange import laid_out, visibility, words
from timpora.exchange.models import Batch, Gap, Match, Row, Sharing
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.registry.fields import ALL, open_to
from timpora.registry.models import Person, Residence
from timpora.reports.shown import value_of
from timpora.sheets import Cell, Column
from timpora.team.models import Mandate
from timpora.team.roles import Role

UNNAMED = ("nationality_text", "document_kind", "document_issuer", "given", "family")
FORMS = ("xlsx", "csv")
PART = 2_000  # persons whose statements are in memory at a time


@dataclass(frozen=True)
class Entry:
    """One person: what stands of them, whether they live here, in how many lists, with how many gaps."""

    values: dict[str, str]
    standing: str
    lists: int
    gaps: int


class Agreed:
    """The agreed list as one mandate may have it."""

    def __init__(self, mandate: Mandate) -> None:
        self.mandate = mandate
        self.contributes = mandate.role == Role.CONTRIBUTOR
        in_force = Batch.objects.filter(under("area", mandate.codes)).in_force()
        batches = Batch.objects.filter(pk__in=in_force).select_related("sharing")
        self._batches = {batch.pk: batch for batch in batches}
        self.fields = self._fields()

    def _fields(self) -> tuple[str, ...]:
        """An agency's own records name them; a tier's sight opens them."""
        if not self.contributes:
            return tuple(name for name in open_to(self.mandate.sight) if name not in UNNAMED)
        records = Sharing.objects.visible_to(self.mandate).filter(giver=self.mandate.post.agency_id)
        named = {name for record in records.in_force(self.mandate.post.today) for name in record.fields}
        return tuple(name for name in ALL if name in named and name not in UNNAMED)

    @property
    def own(self) -> list[int]:
        """The agency's own lists in force."""
        return [pk for pk, batch in self._batches.items() if batch.agency_id == self.mandate.post.agency_id]

    def entries(self) -> list[Entry]:
        """Every person of it once, by name."""
        persons = self._mine if self.contributes else set(self._homes)
        numbers = sorted(persons)
        parts = (numbers[start : start + PART] for start in range(0, len(numbers), PART))
        entries = [entry for part in parts for entry in self._entries(part)]
        return sorted(entries, key=lambda entry: entry.values.get("names", ""))

    def _entries(self, persons: list[int]) -> Iterator[Entry]:
        people = Person.objects.with_statements().in_bulk(persons)
        open_gaps = Gap.objects.open().filter(who__in=[f"person:{number}" for number in persons])
        gaps = Counter(open_gaps.values_list("who", flat=True))
        for number, person in people.items():
            rows = self._rows.get(number, [])
            values = self._own_values(rows) if self.contributes else self._of(person, self._homes[number])
            lists = {laid_out.key_of(self._batches[row.batch_id]) for row in rows}
            standing = _standing(number in self._homes)
            yield Entry(values, standing, len(lists), gaps[f"person:{number}"])

    def others(self) -> int:
        """How many verified residents of the area the reader's own rows do not name; 0 for the tiers."""
        return len(set(self._homes) - self._mine) if self.contributes else 0

    @cached_property
    def _mine(self) -> set[int]:
        """The persons of the agency's own rows."""
        own = set(self.own)
        return {number for number, rows in self._rows.items() if any(row.batch_id in own for row in rows)}

    @cached_property
    def _rows(self) -> dict[int, list[Row]]:
        """The rows in force by person, oldest first."""
        found: dict[int, list[Row]] = defaultdict(list)
        rows = Row.objects.filter(batch__in=list(self._batches), matches__in=Match.objects.believed())
        for row in rows.select_related("statement").order_by("batch__as_of", "pk"):
            if row.statement is not None and row.statement.person_id is not None:
                found[row.statement.person_id].append(row)
        return found

    @cached_property
    def _homes(self) -> dict[int, Residence]:
        homes = Residence.objects.current().under(*self.mandate.codes).select_related("area__parent__parent")
        return {home.person_id: home for home in homes if home.person_id is not None}

    def _own_values(self, rows: list[Row]) -> dict[str, str]:
        """What the agency's own rows say; what they leave open another's says where both records name it."""
        told: dict[str, str] = {}
        for own in (False, True):
            for row in rows:
                batch = self._batches[row.batch_id]
                if (row.batch_id in self.own) == own:
                    shared = set(batch.sharing.fields) & set(self.fields)
                    told |= visibility.shown(row.values, role=self.mandate.role, own=own, shared=shared)
        return {name: told[name] for name in self.fields if told.get(name)}

    def _of(self, person: Person, home: Residence) -> dict[str, str]:
        values = {name: value.value for name, value in person.concluded.items()} | {
            "address": ", ".join(filter(None, (home.address, home.area.path)))
        }
        seen = visibility.shown(values, role=self.mandate.role, own=False)
        return {name: seen[name] for name in self.fields if seen.get(name)}

    def columns(self) -> list[Column]:
        named = [Column(name, words.field(name), width=24) for name in self.fields]
        return [
            *named,
            Column("standing", _("Stands as"), width=24),
            Column("lists", _("Lists that name them"), width=12),
            Column("gaps", _("To be clarified"), width=12),
        ]

    def rows(self, mark: str) -> Iterator[dict[str, Cell]]:
        """The lines of the file; the first and the last say who fetched it and when."""
        first = self.fields[0] if self.fields else "standing"
        yield {first: mark}
        for entry in self.entries():
            said = {n: v if n.endswith("_number") else value_of(n, v) for n, v in entry.values.items()}
            yield {**said, "standing": entry.standing, "lists": entry.lists, "gaps": entry.gaps}
        if self.contributes:
            yield {
                first: _("Further verified residents whom your list does not name: %(n)s")
                % {"n": self.others()}
            }
        yield {first: mark}


def fetch(mandate: Mandate, *, purpose: str, form: str) -> tuple[Agreed, str]:
    """The list and the mark its file carries, noted in the ledger. Raises Refusal without a purpose, and for
    an agency without a record in force.
    """
    if not purpose.strip():
        raise Refusal(_("Say what the list is needed for."), field="purpose", code="purpose_missing")
    if form not in FORMS:
        raise Refusal(_("Choose XLSX or CSV."), field="form", code="form_unknown")
    found = Agreed(mandate)
    if not found.fields:
        raise Refusal(_("There is no record in force for your agency."), code="no_sharing")
    area = mandate.post.area_id or ""
    with book.writing():
        book.record("list.downloaded", by=mandate, area=area, subject=f"post:{mandate.post_id}",
                    fields=(form,), detail={"purpose": purpose.strip()})  # fmt: skip
    moment = date_format(timezone.localtime(timezone=mandate.post.zone), "j F Y, H:i")
    said = {"post": mandate.post, "moment": moment, "purpose": purpose.strip()}
    return found, _(
        "Timpora: fetched by %(post)s on %(moment)s for: %(purpose)s. Not to be passed on."
    ) % said


def _standing(resident: bool) -> str:
    return _("verified resident") if resident else pgettext("person", "known by list")
