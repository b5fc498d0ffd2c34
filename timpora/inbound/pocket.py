"""What a village officer takes along to where no network is: the own village, as the role may see it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from timpora.areas.models import Area
from timpora.inbound.models import Item
from timpora.recaps import states
from timpora.recaps.month import Month
from timpora.recaps.residents import residents_on
from timpora.recaps.standing import Standing, standings
from timpora.registry import nations
from timpora.registry.models import Person
from timpora.registry.version import seen, version
from timpora.reports.forms.photo import kept_for
from timpora.reports.models.photo import switched_on
from timpora.team.models import Mandate

MOST = 300  # residents; the rest of a village of dormitories is searched where there is a network
RECEIPTS = 50


def contents(mandate: Mandate) -> dict[str, Any]:
    """The village as JSON: residents with their states, months to answer, receipts of late. No number, no
    birth date.
    """
    village: Area = mandate.post.area  # type: ignore[assignment]
    persons = Person.objects.residents_of(mandate).with_home().order_by("names", "pk")
    office = switched_on(mandate)
    lines = states.residents(persons[:MOST], mandate)
    return {
        "at": timezone.now().isoformat(),
        "day": date_format(mandate.post.today, "j F Y"),
        "village": {"code": village.pk, "name": village.full_name},
        "mandate": mandate.pk,
        "people": persons.count(),
        "photo_days": office.photo_days if office else 0,
        "photo_kept": kept_for(office.photo_days) if office else "",
        "residents": [_resident(line) for line in lines],
        "months": [_month(each, mandate) for each in _months(village, mandate)],
        "sent": [_sent(item) for item in Item.objects.of(mandate.user)[:RECEIPTS]],
    }


def _resident(line: states.Resident) -> dict[str, Any]:
    shown = seen(line.person)
    return {
        "id": line.person.pk,
        "version": version(line.person),
        "seen": shown,
        "country": nations.name(shown["nationality"], get_language() or "id"),
        "since": date_format(line.person.home.started_on, "j F Y") if line.person.home else "",
        "states": [[state.kind, str(state.words)] for state in line.states],
    }


def _months(village: Area, mandate: Mandate) -> list[Standing]:
    """This month and the last, where anybody is asked."""
    this = Month.of(mandate.post.today)
    found = standings([village], [this.before, this])[village.pk]
    return [standing for standing in found.values() if standing.asked]


def _month(standing: Standing, mandate: Mandate) -> dict[str, Any]:
    month, today = standing.month, mandate.post.today
    day = min(month.last, today)
    return {
        "month": str(month),
        "name": date_format(month.first, "F Y"),
        "due": date_format(standing.due_on, "j F"),
        "content": str(standing.content),
        "over": today >= month.last,
        "residents": [person.pk for person in residents_on(standing.area, day)],
    }


def _sent(item: Item) -> dict[str, str]:
    return {
        "number": str(item.number), "kind": item.kind, "receipt": item.receipt,
        "at": item.received_at.isoformat(), "path": item.path,
    }  # fmt: skip
