"""What a hotel's own system says of its guests: each item read, then tested or taken in by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.stays.arrival import FIELDS, Arrival
from timpora.stays.models import Lodging, Sending, Stay
from timpora.team.models import Mandate

DAYS = ("arrived_on", "until", "left_on")
MEMBERS = ("sent_id", *DAYS, *FIELDS)
Answer = dict[str, Any]


def tested(items: list[Any], *, by: Mandate) -> tuple[list[Answer], None]:
    """What each would become; nothing is kept."""
    read = [_read(item) for item in items]
    sound = [guest[0] for guest in read if not isinstance(guest, Refusal)]
    verdicts = iter(Stay.objects.test(sound, by=by))
    answers = []
    for item, guest in zip(items, read, strict=True):
        faults = (guest,) if isinstance(guest, Refusal) else next(verdicts).faults
        answers.append(
            _refused(item, *faults) if faults else {"sent_id": item["sent_id"], "status": "accepted"}
        )
    return answers, None


def taken(items: list[Any], *, by: Mandate) -> tuple[list[Answer], int | None]:
    """Each guest in by itself, so that one that is refused holds up nobody; and the sending's number."""
    lodging = Lodging.objects.of(by)
    with book.writing():
        lodging.lock()
        sending = Sending.objects.create(lodging=lodging, mandate_id=by.pk)
        answers = [_taken(item, lodging, sending.pk, by) for item in items]
        kept = sending.all_stays.exists()
        if not kept:
            sending.delete()
    return answers, sending.pk if kept else None


def _taken(item: Any, lodging: Lodging, sending: int, by: Mandate) -> Answer:
    guest = _read(item)
    if isinstance(guest, Refusal):
        return _refused(item, guest)
    arrival, left_on = guest
    faults = [] if Stay.objects.filter(lodging=lodging, sent_id=arrival.sent_id).exists() else list(
        arrival.faults(lodging.today)
    )  # fmt: skip
    if faults:
        return _refused(item, *faults)
    try:
        with book.writing():
            stay = Stay.objects.check_in(by=by, arrival=arrival, sending=sending, lodging=lodging)
            if left_on is not None:
                stay.check_out(by=by, on=left_on)
    except Refusal as refusal:
        return _refused(item, refusal)
    return {"sent_id": str(arrival.sent_id), "status": "accepted", "number": stay.receipt}


def _refused(item: Any, *faults: Refusal) -> Answer:
    said = item.get("sent_id") if isinstance(item, Mapping) else None
    return {
        "sent_id": said if isinstance(said, str) else None,
        "status": "conflict" if isinstance(faults[0], Conflict) else "refused",
        "faults": [{"field": f.field, "code": f.code, "sentence": str(f)} for f in faults],
    }


def _read(item: Any) -> tuple[Arrival, date | None] | Refusal:
    """The guest of an item with the day they left, or what keeps it from being read."""
    if fault := _misshapen(item):
        return fault
    try:
        sent_id = UUID(item.get("sent_id") or "")
    except ValueError:
        return Refusal(_("Each guest has a number of your own, a UUID."), field="sent_id", code="no_uuid")
    days: dict[str, date | None] = {}
    for name in DAYS:
        try:
            days[name] = date.fromisoformat(item[name]) if item.get(name) else None
        except ValueError:
            return Refusal(_("Write the day as 2026-11-25."), field=name, code="no_day")
    arrived = days["arrived_on"]
    if arrived is None:
        return Refusal(_("Say on which day the guest came."), field="arrived_on", code="no_day")
    values = {name: _plain(name, item[name]) for name in FIELDS if item.get(name)}
    return Arrival(arrived, days["until"], values, sent_id), days["left_on"]


def _misshapen(item: Any) -> Refusal | None:
    """What is no object of the members that are known, all of them text."""
    if not isinstance(item, dict):
        return Refusal(_("A guest is an object."), code="not_an_object")
    for name, value in item.items():
        if name not in MEMBERS:
            sentence = _("This member is not known: %(name)s.") % {"name": name[:40]}
            return Refusal(sentence, field=name[:40], code="unknown_member")
        if value is not None and not isinstance(value, str):
            return Refusal(_("Write this value as text."), field=name, code="not_text")
    return None


def _plain(name: str, value: str) -> str:
    """A birth date as it is kept, "199005" too; everything else as it was sent."""
    if name != "birth_date":
        return value
    try:
        return str(PartialDate.parse(value))
    except PartialDateError:
        return value
