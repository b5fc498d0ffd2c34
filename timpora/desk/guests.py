"""Guests are looked at again whenever the registry learns who somebody is, or takes it back."""

from __future__ import annotations

from timpora.exchange.models import Row
from timpora.ledger.models import Entry
from timpora.registry.models import Statement
from timpora.reports.models import Report
from timpora.stays.models import Stay


def of_report(entry: Entry) -> None:
    """A guest may be whoever was registered just now, or nobody any longer who was taken back."""
    report = Report.objects.filter(pk=_id(entry)).first()
    if report is not None:
        Stay.objects.like(Statement.objects.filter(pk=report.statement_id)).look_again()


def of_list(entry: Entry) -> None:
    """The same for whoever a list has brought into the registry."""
    rows = Row.objects.filter(batch=_id(entry), statement__isnull=False).values("statement")
    Stay.objects.like(Statement.objects.filter(pk__in=rows)).look_again()


def of_row(entry: Entry) -> None:
    rows = Row.objects.filter(pk=_id(entry), statement__isnull=False).values("statement")
    Stay.objects.like(Statement.objects.filter(pk__in=rows)).look_again()


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)
