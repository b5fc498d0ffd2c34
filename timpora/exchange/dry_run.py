"""What each row of a list would become, told before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from timpora.exchange.lists import eitas
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import Draft, read
from timpora.exchange.meaning import Said, said, statement
from timpora.exchange.places import Places
from timpora.ledger.refusal import Refusal
from timpora.registry.models.decision import proposed
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch


PDF = b"%PDF-"


@dataclass(frozen=True)
class Planned:
    """One line and what it would become (a Row.Outcome)."""

    said: Said
    outcome: str
    digest: str


@dataclass(frozen=True)
class Plan:
    """Every line with what it would become, and what is to be said of the file as a whole."""

    rows: list[Planned]
    notes: list[dict[str, Any]]


def plan(batch: Batch, mapping: dict[str, str], sheet: str, by: Mandate) -> Plan:
    """Every line of the file with its outcome. Raises Refusal for a file that cannot be read so."""
    draft = _read(batch, mapping, sheet, by.post.today)
    blocking = [_(fault.message) for fault in draft.faults if fault.blocks]
    if blocking or not draft.lines:
        raise Refusal(blocking[0] if blocking else _("The file holds no rows."), field="file", code="no_rows")
    places, fields = Places(batch.area_id), batch.sharing.fields
    rows = _forecast(batch, (said(line, fields, places) for line in draft.lines))
    return Plan(rows, [{"code": n.code, "heading": n.heading, "count": n.count} for n in draft.notes])


def _read(batch: Batch, mapping: dict[str, str], sheet: str, today: date) -> Draft:
    data = batch.upload.data
    if not batch.single:
        return read(data, KINDS[batch.kind], mapping, sheet or None, today=today)
    if data.startswith(PDF):
        return eitas.of_pdf(data, today=today)
    return eitas.of_text(data.decode(errors="replace"), today=today)


def _forecast(batch: Batch, lines: Iterable[Said]) -> list[Planned]:
    """As `taking` would decide it today; rows of one file that name one document are one person."""
    known = earlier_digests(batch)
    documents: set[str] = set()
    planned = []
    for line in lines:
        if line.faults:
            planned.append(Planned(line, "faulty", ""))
            continue
        digest = line.digest
        outcome = "unchanged" if digest in known else _whom(batch, line, documents)
        known.add(digest)
        planned.append(Planned(line, outcome, digest))
    return planned


def _whom(batch: Batch, line: Said, documents: set[str]) -> str:
    draft = statement(line.values, agency_id=batch.agency_id, area_id=line.area, as_of=batch.as_of)
    seen = draft.document_key in documents
    documents |= {draft.document_key} - {""}
    certainties = {proposal.certainty for proposal in proposed(draft)}
    if "certain" in certainties or (seen and not certainties):
        return "same"
    return "doubtful" if certainties else "new"


def earlier_digests(batch: Batch) -> set[str]:
    """The digests of what earlier lists of the same agency, kind and regency said."""
    from_before = type(batch).objects.like(batch).committed()
    rows = batch.rows.model.objects.filter(batch__in=from_before.values("pk"), statement__isnull=False)
    return set(rows.values_list("digest", flat=True))


def keep(batch: Batch, plan: Plan) -> None:
    """Keeps the forecast as the list's rows, in place of an earlier one, and the lines sealed beside it."""
    batch.rows.all().delete()
    row = batch.rows.model
    row.objects.bulk_create(
        (
            row(
                batch=batch, number=each.said.number, outcome=each.outcome, area_id=each.said.area,
                digest=each.digest, faults=[[wrong.field, wrong.code] for wrong in each.said.faults],
                notes=list(each.said.notes), issued_on=each.said.issued_on,
            )
            for each in plan.rows
        ),
        batch_size=500,
    )  # fmt: skip
    batch.upload.keep([each.said.stored() for each in plan.rows], plan.notes)
