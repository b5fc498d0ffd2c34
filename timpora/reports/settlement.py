"""What a verified report brings about in the registry, kind by kind, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.registry.models import Claim, Decision, Person, Residence, Statement

if TYPE_CHECKING:
    from timpora.reports.models.report import Report
    from timpora.team.models import Mandate


def settle(report: Report, person: Person, *, by: Mandate) -> None:
    """Attaches the report's statement to the person, draws the conclusion anew, and moves the residence."""
    Statement.objects.filter(pk=report.statement_id).update(person=person)
    person.settle()
    EFFECTS[report.kind](report, person, by)


def take_back(report: Report, *, by: Mandate) -> None:
    """Undoes `settle` exactly: residences, claims, statement; a person nobody else speaks of goes too."""
    person = report.person
    assert person is not None
    if _rests_on(report, person):
        raise Conflict(_("Something later rests on this. Undo the later one first."), code="built_upon")
    Residence.objects.undo(report.cause)
    for claim in Claim.objects.filter(closing_cause=report.cause):
        claim.reopen(by=by)
    for claim in Claim.objects.open().filter(cause=report.cause):
        claim.close(by=by, outcome=Claim.Outcome.WITHDRAWN, cause=f"undo:{report.cause}")
    Decision.objects.live().filter(statement=report.statement_id, proposals__isnull=True).delete()
    Statement.objects.filter(pk=report.statement_id).update(person=None)
    report._change(person=None if report.kind in report.NEW_KINDS else person)
    if not person.statements.exists():
        person.delete()
        return
    person.settle()
    if person.home:
        person.home.reassess()
    if report.kind == report.Kind.CORRECTION:
        _describe(person, report)


def _rests_on(report: Report, person: Person) -> bool:
    """Whether a later report is evidence of the residence that this one began."""
    if not person.residences.current().filter(cause=report.cause).exists():
        return False
    later = person.reports.filter(state=report.State.VERIFIED, kind__in=report.NEW_KINDS, area=report.area_id)
    return later.exclude(pk=report.pk).exists()


def _present(report: Report, person: Person, by: Mandate) -> None:
    home = person.home
    if home is None:
        _begin(report, person)
    elif home.area_id == report.area_id:
        home.evidence(report.event_on)
    else:
        Claim.objects.raise_on(
            by=by, person=person, home=home, area=report.area, on=report.event_on, cause=report.cause,
            address=report.values.get("address", ""),
        )  # fmt: skip


def _arrived(report: Report, person: Person, by: Mandate) -> None:
    home = person.home
    if home is None or home.area_id == report.area_id or report.event_on <= home.evidenced_on:
        _present(report, person, by)
        return
    home.finish(on=report.event_on, end=Residence.End.ARRIVED, cause=report.cause)
    _begin(report, person)
    Claim.objects.close_on_arrival(by=by, person=person, cause=report.cause)
    book.record("residence.moved_out", by=by, area=home.area_id, subject=f"person:{person.pk}")


def _moved(report: Report, person: Person, by: Mandate) -> None:
    home = person.home
    if home is None:
        return
    home.finish(on=report.event_on, end=Residence.End.MOVED, cause=report.cause)
    if report.destination_id == report.area_id:
        _begin(report, person)
    elif report.destination_id:
        # The other village counts the person by its own verified report only; it is asked, nothing more.
        book.record("residence.announced", by=by, area=report.destination_id, subject=f"person:{person.pk}")


def _left(report: Report, person: Person, by: Mandate) -> None:
    home = person.home
    if home is None:
        return
    if report.left == report.Left.ERROR:
        home.forget(cause=report.cause)
    else:
        home.finish(on=report.event_on, end=Residence.End.LEFT, cause=report.cause)


def _not_found(report: Report, person: Person, by: Mandate) -> None:
    """The second visit without finding anyone ends the residence; the first is only noted."""
    home = person.home
    if home is None:
        return
    visits = person.reports.filter(
        kind=report.Kind.NOT_FOUND, state=report.State.VERIFIED, event_on__gt=home.evidenced_on,
        event_on__lt=report.event_on,
    )  # fmt: skip
    if visits.exists():
        home.finish(on=report.event_on, end=Residence.End.NOT_FOUND, cause=report.cause)


def _corrected(report: Report, person: Person, by: Mandate) -> None:
    """A correction is its statement; nobody moves."""
    _describe(person, report)


def _describe(person: Person, report: Report) -> None:
    """Where a correction speaks of the address, the home shows the one that is concluded now."""
    if person.home and person.home.area_id == report.area_id and report.values.get("address"):
        concluded = person.concluded.get("address")
        person.home.describe(concluded.value if concluded else "")


def _begin(report: Report, person: Person) -> None:
    address = report.values.get("address", "")
    Residence.objects.begin(
        person=person, area=report.area, started_on=report.event_on, cause=report.cause, address=address
    )


EFFECTS: dict[str, Callable[[Report, Person, Mandate], None]] = {
    "present": _present,
    "arrived": _arrived,
    "moved": _moved,
    "left": _left,
    "not_found": _not_found,
    "correction": _corrected,
}
