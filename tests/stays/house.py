"""Lodgings of the cast and guests as their hosts enter them: all of them invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import BAKALAN, Cast, user
from timpora.areas.models import Area
from timpora.ledger.book import SYSTEM
from timpora.stays.arrival import Arrival
from timpora.stays.models import Lodging, Sending, Stay
from timpora.team.models import Mandate

TODAY = date(2026, 11, 25)  # of the fixture `noon`
PASSPORT = "XQ7654321"


def lodging(world: Cast, kind: str = "hotel", *, area: str = BAKALAN, name: str = "Hotel Uji") -> Lodging:
    opened: Lodging = Lodging.objects.open(
        by=world.chair, name=name, kind=kind, area=Area.objects.get(pk=area), address="Jl. Contoh 1"
    )
    return opened


def host(world: Cast, kind: str = "hotel", *, area: str = BAKALAN, name: str = "Hotel Uji") -> Mandate:
    """The live mandate of whoever answers for a new lodging."""
    house = lodging(world, kind, area=area, name=name)
    seated: Mandate = Mandate.objects.grant(
        by=SYSTEM, user=user(f"host-{house.pk}"), post=house.post, since=date(2026, 1, 1)
    )
    return seated


def arrival(*, on: date = TODAY, until: date | None = None, sent_id: Any = None, **values: str) -> Arrival:
    """A guest as a passport has them, "Brannagh Wixolt" of Ireland unless told otherwise."""
    said = {
        "names": "Brannagh Wixolt", "sex": "F", "nationality": "IRL", "birth_date": "1971-04-09",
        "document_kind": "passport", "document_number": PASSPORT,
    } | values  # fmt: skip
    return Arrival(on, until, {name: value for name, value in said.items() if value}, sent_id or uuid4())


def check_in(by: Mandate, **said: Any) -> Stay:
    sending = Sending.objects.receive([arrival(**said)], by=by)
    stay: Stay = Stay.objects.believed().with_all().get(sending=sending.pk)
    return stay


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def posted(
    *guests: dict[str, str], arrived_on: date | str = TODAY, until: str = "", **more: str
) -> dict[str, str]:
    """What the browser sends for a group."""
    said = {"guests": str(len(guests)), "arrived_on": str(arrived_on), "until": until, **more}
    for place, guest in enumerate(guests):
        year, month, day = (*guest.get("birth_date", "1971").split("-"), "", "")[:3]
        parts = {"birth_date_day": day, "birth_date_month": month, "birth_date_year": year}
        values = {
            "sent_id": str(uuid4()), "names": "Brannagh Wixolt", "sex": "F", "nationality": "Irlandia",
            "document_kind": "passport", "document_number": PASSPORT,
        }  # fmt: skip
        values |= {name: value for name, value in guest.items() if name != "birth_date"}
        said |= {f"g{place}-{name}": value for name, value in (values | parts).items()}
    return said
