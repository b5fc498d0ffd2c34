"""What a verified report brings about in the registry, kind by kind, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils import timezone

from timpora.ledger import book
from timpora.registry.models import Claim, Decision, Person, Residence, Statement
from timpora.registry.models.residence_queryset import UNDONE, built_upon
from timpora.reports import open_documents

if TYPE_CHECKING:
    from timpora.reports.models.queryset import ReportQuerySet
    from timpora.reports.models.report import Report
    from timpora.team.models import Mandate


def settle(report: Report, person: Person, *, by: Mandate) -> None:
    """Attaches the report's statement to the person, draws the conclusion anew, and moves the residence."""
    Statement.objects.filter(pk=report.statement_id).update(person=person)
    person.settle()
    open_documents.follow(person, report.statement)
    EFFECTS[report.kind](report, person, by)
    _follow(person, report, by, report.cause)


def take_back(report: Report, *, by: Mandate) -> None:
    """Undoes `settle` exactly: residences, claims, statement; a person nobody else speaks of goes too."""
    assert report.person is not None
    person = Person.objects.select_for_update().get(pk=report.person.pk)
    if _rests_on(report, person):
        raise built_upon()
    Residence.objects.undo(report.cause)
    Claim.objects.reopen(by=by, cause=report.cause)
    _take_claims_back(report, person, by)
    _forget_decision(report)
    Statement.objects.filter(pk=report.statement_id).update(person=None)
    report._change(person=None if report.kind in report.NEW_KINDS else person)
    if not person.statements.exists():
        Residence.objects.keep_whose([person.pk])
        person.delete()
        return
    person.settle()
    _follow(person, report, by, f"{UNDONE}{report.cause}")
    if person.home:
        person.home.reassess(_last_reported(person, person.home.area_id))
    if report.kind == report.Kind.CORRECTION:
        _describe(person, report)


def _follow(person: Person, report: Report, by: Mandate, cause: str) -> None:
    """What is open about the person goes to whom it concerns where they are counted now."""
    Claim.objects.follow(by=by, person=person, cause=cause)
    type(report).objects.exclude(pk=report.pk).hold_anew(by=by, person=person)


def _forget_decision(report: Report) -> None:
    """Who it speaks of is open again: a tier's decision is kept as undone, a certain proposal made none."""
    live = Decision.objects.live().filter(statement=report.statement_id)
    live.filter(proposals__isnull=True).delete()
    live.update(undone_at=timezone.now())


def _take_claims_back(report: Report, person: Person, by: Mandate) -> None:
    """The claims it opened go with it; one that a further report of the village speaks for rests on that."""
    for claim in Claim.objects.filter(cause=report.cause).exclude(outcome=Claim.Outcome.WITHDRAWN):
        further = _later(report, person)
        if further:
            claim.rest_on(cause=further[0].cause, submitter=further[0].sender_id)
        else:
            claim.withdraw(by=by, cause=f"{UNDONE}{report.cause}")


def _present_in(person: Person, area: str) -> ReportQuerySet:
    """The verified reports that the person is in an area."""
    seen: ReportQuerySet = person.reports.filter(area=area)
    return seen.filter(state=seen.model.State.VERIFIED, kind__in=seen.model.NEW_KINDS)


def _later(report: Report, person: Person) -> list[Report]:
    """The reports that the person is in this report's area which were verified after it, in that order."""
    decided = Max("statement__decisions__at", filter=Q(statement__decisions__undone_at__isnull=True))
    confirmed = Max("reviews__at", filter=Q(reviews__final=True, reviews__undone_at__isnull=True))
    found = _present_in(person, report.area_id) | type(report).objects.filter(pk=report.pk)
    verified = [
        (max(filter(None, (each.decided, each.confirmed))), each)
        for each in found.annotate(decided=decided, confirmed=confirmed)
    ]
    own = next(at for at, each in verified if each.pk == report.pk)
    return [each for at, each in sorted(verified, key=itemgetter(0)) if at > own]


def _last_reported(person: Person, area: str) -> date | None:
    """The last day a verified report saw the person in an area. A visit that found nobody did not."""
    last: date | None = _present_in(person, area).aggregate(last=Max("event_on"))["last"]
    return last


def _rests_on(report: Report, person: Person) -> bool:
    """Whether a later report is evidence of the residence that this one began, or the second fruitless visit
    that ended it after this one.
    """
    if report.kind == report.Kind.NOT_FOUND:
        ended = person.residences.departures().filter(area=report.area_id, end=Residence.End.NOT_FOUND)
        return ended.filter(evidenced_on__lt=report.event_on, ended_on__gt=report.event_on).exists()
    begun = person.residences.current().filter(cause=report.cause, area=report.area_id)
    return begun.exists() and bool(_later(report, person))


def _present(report: Report, person: Person, by: Mandate) -> None:
    home = person.home
    if home is None:
        _begin(report, person)
    elif home.area_id == report.area_id:
        home.evidence(report.event_on)
    else:
        Claim.objects.raise_on(
            by=by, person=person, home=home, area=report.area, on=report.event_on, cause=report.cause,
            submitter=report.sender_id, address=report.values.get("address", ""),
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
    elif claim := Claim.objects.open().filter(person=person, claimed_in=report.destination_id).first():
        claim.move(by=by, cause=report.cause)  # that village's own verified report was there before
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
