"""What comes round by the calendar and nobody does: written in the ledger once, so that reactions follow."""

from __future__ import annotations

from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.team.models import Team


def run() -> int:
    """How many teams were announced now as ending; each decree period once, however often this is called."""
    announced = 0
    for team in Team.objects.ending():
        subject, until = f"team:{team.pk}", str(team.until)
        if Entry.objects.about(subject).filter(action="team.ending", fields=until).exists():
            continue
        with book.writing():
            book.record("team.ending", by=book.SYSTEM, area=team.area_id, subject=subject, fields=(until,))
        announced += 1
    return announced
