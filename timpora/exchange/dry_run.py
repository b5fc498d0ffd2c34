"""What each row of a list would become, told before anything is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from timpora.exchange import guests
from timpora.exchange.lists import eitas
from timpora.exchange.lists.faults import Fault, Note
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import Draft, read, read_long
from timpora.exchange.meaning import Planned, Said, said, statement
from timpora.exchange.places import Places
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models.decision import proposed
from timpora.reports import open_documents
from timpora.sheets.grids import Unreadable
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.exchange.lists.lines import Line
    from timpora.exchange.models.batch import Batch


PDF = b"%PDF-"
PORTION = 500  # lines that are forecast and kept together


@dataclass(frozen=True)
class Plan:
    """The lines of a file to be forecast, and what is to be said of it as a whole once they have been."""

    batch: Batch
    lines: Iterable[Line]
    notes: Callable[[], list[Note]]
    mapping: Mapping[str, str]

    def portions(self) -> Iterator[list[Planned]]:
        """Every line with its outcome, some at a time."""
        forecast, lines = self._forecast(), iter(self.lines)
        while part := list(islice(lines, PORTION)):
            yield forecast.of(part)

    def _forecast(self) -> Forecast | guests.Forecast:
        places = Places(self.batch.area_id)
        if not self.batch.is_of_guests:
            return Forecast(self.batch, places)
        headings = {field: heading for heading, field in self.mapping.items() if field}
        return guests.Forecast(self.batch, places, headings)


def plan(batch: Batch, mapping: dict[str, str], sheet: str, by: Mandate) -> Plan:
    """The lines of the sealed file. Raises Refusal for a file that cannot be read so."""
    draft = _read(batch, mapping, sheet, by.post.today)
    blocking = [_(fault.message) for fault in draft.faults if fault.blocks]
    if blocking or not draft.lines:
        raise _unread(blocking[0] if blocking else "")
    return Plan(batch, draft.lines, lambda: draft.notes, draft.mapping)


def plan_long(batch: Batch, source: Source, mapping: dict[str, str], sheet: str, by: Mandate) -> Plan:
    """The lines of a file on the server, row by row. Raises Refusal for a file that cannot be read so."""
    opened = read_long(source.path, KINDS[batch.kind], mapping, sheet or None, today=by.post.today)
    if isinstance(opened, Fault):
        raise _unread(_(opened.message))
    try:
        for rows in opened.look():
            source.looked(rows)
    except Unreadable as fault:
        raise _unread(_(Fault(fault.code).message)) from fault
    return Plan(batch, _readable(opened.lines()), opened.notes, mapping)


@dataclass(frozen=True)
class Source:
    """A file on the server, and who is told how far it was looked through and read."""

    path: Path
    looked: Callable[[int], None]
    read: Callable[[int], None]


def _readable(lines: Iterator[Line]) -> Iterator[Line]:
    try:
        yield from lines
    except Unreadable as fault:
        raise _unread(_(Fault(fault.code).message)) from fault


def _unread(sentence: str) -> Refusal:
    return Refusal(sentence or _("The file holds no rows."), field="file", code="no_rows")


def _read(batch: Batch, mapping: dict[str, str], sheet: str, today: date) -> Draft:
    data = batch.upload.data
    if not batch.single:
        return read(data, KINDS[batch.kind], mapping, sheet or None, today=today)
    if data.startswith(PDF):
        return eitas.of_pdf(data, today=today)
    return eitas.of_text(data.decode(errors="replace"), today=today)


class Forecast:
    """As `taking` would decide it today: of one file, who names one document and bears one name is one
    person; who shares only one of the two is asked about.
    """

    def __init__(self, batch: Batch, places: Places) -> None:
        self.batch, self._places = batch, places
        self._seen: set[int] = set()  # by hash: all that is kept of the lines before
        self._people: set[int] = set()
        self._documents: dict[int, int] = {}  # each with who named it first
        self._waiting: set[int] = set()  # those of which it is open whose they are

    def of(self, read: Iterable[Line]) -> list[Planned]:
        """What some more lines would become."""
        lines = [said(line, self.batch.sharing.fields, self._places) for line in read]
        digests = {line.number: line.digest for line in lines if not line.faults}
        known = {hash(digest) for digest in said_before(self.batch, digests.values())}
        planned = []
        for line in lines:
            if line.faults:
                planned.append(Planned(line, "faulty", ""))
                continue
            digest = digests[line.number]
            again = hash(digest) in known or hash(digest) in self._seen
            planned.append(Planned(line, "unchanged" if again else self._whom(line), digest))
            self._seen.add(hash(digest))
        return planned

    def _whom(self, line: Said) -> str:
        batch = self.batch
        draft = statement(line.values, agency_id=batch.agency_id, area_id=line.area, as_of=batch.as_of)
        document = hash(draft.document_key) if draft.document_key else 0
        who = hash((draft.name_key, line.values.get("birth_date"), line.values.get("nationality")))
        bearer, known = self._documents.get(document), who in self._people
        self._people.add(who)
        if document:
            self._documents.setdefault(document, who)
        certainties = {proposal.certainty for proposal in proposed(draft)}
        waits = document in self._waiting or (not certainties and bool(open_documents.open_ones(draft)))
        if "certain" in certainties or (bearer == who and not certainties and not waits):
            return "same"
        if certainties or waits or known or bearer is not None:
            self._waiting |= {document} - {0}
            return "doubtful"
        return "new"


def said_before(batch: Batch, digests: Iterable[str]) -> set[str]:
    """Which of these digests an earlier list of the same agency, kind and regency said."""
    from_before = type(batch).objects.like(batch).committed()
    rows = batch.rows.model.objects.filter(batch__in=from_before.values("pk"), statement__isnull=False)
    return set(rows.filter(digest__in=list(digests)).values_list("digest", flat=True))


def left_out(portions: Iterable[list[Planned]]) -> Counter[str]:
    """The fields that the record does not name, with the number of rows that said them."""
    return Counter(name for portion in portions for each in portion for name in each.said.dropped)


def clear(batch: Batch) -> int:
    """Nothing is left of an earlier forecast: 0 is the last row that is kept."""
    batch.rows.drop()
    batch.upload.parts.all().delete()
    return 0


def keep(batch: Batch, portion: list[Planned], last: int) -> int:
    """Keeps a portion of the forecast as the list's rows, and its lines sealed beside them; its last row.

    `last` is the last row kept before. Raises Conflict where another reading of the list came between.
    """
    if (batch.rows.aggregate(last=Max("number"))["last"] or 0) != last:
        raise Conflict(_("Somebody else has this list read at this moment."), code="read_twice")
    row = batch.rows.model
    row.objects.bulk_create(
        row(
            batch=batch, number=each.said.number, outcome=each.outcome, area_id=each.said.area,
            digest=each.digest, faults=[[wrong.field, wrong.code] for wrong in each.said.faults],
            notes=list(each.said.notes), issued_on=each.said.issued_on,
        )
        for each in portion
    )  # fmt: skip
    batch.upload.add([each.said.stored() for each in portion])
    return portion[-1].said.number
