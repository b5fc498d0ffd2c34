"""A house where people live: a check-in is the report that somebody arrived, a check-out that they left."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Conflict, Refusal
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate


def arrive(intake: Intake, *, by: Mandate) -> Report:
    """The report of an arrival. Raises Refusal."""
    sent: Report = Report.objects.submit(by=by, intake=intake, again=True)
    return sent


def leave(report: Report, *, by: Mandate, on: date) -> None:
    """Whoever was verified to live here is reported as gone; what nobody has confirmed yet is taken back.

    A report that was sent back or refused, and somebody who lives elsewhere by now, need no further word.
    """
    report.refresh_from_db()
    if report.can_be_withdrawn(by):
        report.withdraw(by=by)
        return
    person = report.person
    if report.state != Report.State.VERIFIED or person is None or person.home is None:
        return
    if person.home.area_id == report.area_id and on >= person.home.started_on:
        gone = Intake(kind="left", left="unknown", area=report.area, event_on=on, person=person)
        Report.objects.submit(by=by, intake=gone)


def take_back(report: Report, *, by: Mandate) -> None:
    """What was reported by mistake is withdrawn. Raises Refusal once a tier has confirmed it."""
    report.refresh_from_db()
    if report.state in (Report.State.SENT_BACK, Report.State.WITHDRAWN, Report.State.REFUSED):
        return
    try:
        report.withdraw(by=by)
    except Conflict as fault:
        raise Refusal(
            _("The kecamatan has confirmed this entry. Ask your village officer to report what has changed."),
            code="confirmed",
        ) from fault
