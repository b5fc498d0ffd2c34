"""What became of the lists an agency gave: its thanks, in four figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from timpora.exchange.models import Batch, Comparison, Gap, GapClosure, Match, Row
from timpora.registry.models import Residence
from timpora.team.models import Mandate


@dataclass(frozen=True)
class Feedback:
    """Rows given; those whose person a village or another agency knows, too; gaps closed because of them;
    when they were last compared.
    """

    given: int
    matched: int
    closed: int
    used_at: datetime | None


def feedback(mandate: Mandate) -> Feedback | None:
    """What came of the agency's own lists in the mandate's area; None before the first was taken in."""
    mine = Batch.objects.visible_to(mandate).filter(agency=mandate.post.agency_id).committed()
    rows = Row.objects.filter(batch__in=mine.values("pk"), statement__isnull=False)
    if not mine.exists():
        return None
    matches = Match.objects.believed().filter(row__in=rows.values("pk"))
    lives = Residence.objects.current().filter(person=OuterRef("person_number"))
    others = Match.objects.believed().exclude(row__batch__agency=mandate.post.agency_id)
    known = Exists(lives) | Exists(others.filter(person_number=OuterRef("person_number")))
    touched = Gap.rows.through.objects.filter(row__in=rows.values("pk")).values("gap")
    last = Comparison.objects.filter(batches__in=mine.values("pk")).order_by("-at").first()
    return Feedback(
        given=rows.count(), matched=matches.filter(known).values("row").distinct().count(),
        closed=GapClosure.objects.standing().filter(gap__in=touched).count(),
        used_at=last.at if last else None,
    )  # fmt: skip
