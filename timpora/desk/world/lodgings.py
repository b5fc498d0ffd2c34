"""The demo's two lodgings and their guests: visitors, one of them a resident of Kudus on a trip."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from timpora.areas.models import Area
from timpora.desk.world.accounts import PASSWORD
from timpora.desk.world.seats import Seats
from timpora.ledger.book import SYSTEM
from timpora.registry.models import Person
from timpora.stays.arrival import Arrival
from timpora.stays.models import Lodging, Sending
from timpora.team.models import Mandate, User

# user name, secret, name, kind, village, address, host
HOUSES = (
    ("hotel", PASSWORD, "Hotel Menara Jati", "hotel", "33.19.02.1004", "Jl. Sunan (contoh) 12", "Ibu Ratih"),
    ("homestay", None, "Homestay Bu Lastri", "homestay", "33.19.01.2001", "RT 04/RW 02", "Ibu Lastri"),
)
# user name, nights so far, nights expected, name, sex, birth date, place of birth, nationality, number
GUESTS = (
    ("hotel", 1, 3, "TANAKA HARUTO", "M", "1979-03-11", "Sendai", "JPN", "XH9900101"),
    ("hotel", 1, 3, "TANAKA YUI", "F", "1982", "Sendai", "JPN", "XH9900102"),
    ("hotel", 4, 2, "BERGSTRÖM ELIN", "F", "1991-07", "Uppsala", "SWE", "XH9900103"),
    ("homestay", 2, 7, "OKONKWO CHIDI", "M", "1988-12-24", "Enugu", "NGA", "XH9900104"),
    ("homestay", 44, 60, "VERMEULEN PIETER", "M", "1967-01-30", "Breda", "NLD", "XH9900105"),
)
ON_A_TRIP = "Lin Yi-Chun"


def fill(filled: Seats, day: date) -> None:
    """Opens the houses, seats their hosts and checks their guests in."""
    hosts = {house[0]: _open(filled, *house) for house in HOUSES}
    for user_name, nights, more, name, sex, born, place, nation, number in GUESTS:
        values = {
            "names": name, "sex": sex, "birth_date": born, "birth_place": place, "nationality": nation,
            "document_kind": "passport", "document_number": number,
        }  # fmt: skip
        _check_in(hosts[user_name], values, day - timedelta(days=nights), day + timedelta(days=more - nights))
    _check_in(hosts["hotel"], _resident(), day - timedelta(days=1), day + timedelta(days=1))


def _open(
    filled: Seats,
    user_name: str,
    secret: str | None,
    name: str,
    kind: str,
    area: str,
    address: str,
    host: str,
) -> Mandate:
    house = Lodging.objects.open(
        by=filled.accounts["kabupaten"],
        name=name,
        kind=kind,
        area=Area.objects.get(code=area),
        address=address,
    )
    user = User.objects.create_user(user_name, name=host, secret=secret)
    mandate: Mandate = Mandate.objects.grant(by=SYSTEM, user=user, post=house.post, since=filled.since)
    filled.accounts[user_name] = mandate
    return mandate


def _check_in(by: Mandate, values: dict[str, str], on: date, until: date) -> None:
    # The sender's id follows from the content, so that two demos are alike.
    sent_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{by.post.title} {on} {values['names']}")
    Sending.objects.receive([Arrival(on, max(on, until), values, sent_id)], by=by)


def _resident() -> dict[str, str]:
    """A resident of the register, as the passport says."""
    person = Person.objects.filter(names__startswith=ON_A_TRIP).order_by("pk")[0]
    return {
        "names": person.names, "sex": person.sex, "birth_date": person.birth_date,
        "nationality": person.nationality, "document_kind": "passport",
        "document_issuer": person.documents.get().issuer, "document_number": person.documents.get().number,
    }  # fmt: skip
