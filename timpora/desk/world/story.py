"""What has happened in the demo: everything through the same verbs as in a real office."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from timpora.areas import loading, office_file
from timpora.areas.codes import Level, at
from timpora.areas.models import Area, Office
from timpora.desk.world import lodgings, people, records, seats, talk
from timpora.desk.world.elsewhere import ELSEWHERE, elsewhere
from timpora.desk.world.people import Resident
from timpora.desk.world.seats import Seats
from timpora.recaps.models import Answer, Return
from timpora.recaps.models.monthly_return import residents_on
from timpora.recaps.month import Month
from timpora.registry import named, parents
from timpora.registry.models import Person
from timpora.registry.models.tally import fold
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate

# Reports that wait: who sent them (an account, or a village's officer), where, when, and what they say.
WAITING = Path(__file__).with_name("waiting.csv")
ABOUT_THE_SENDING = ("sender", "village", "event_on", "kind")


def tell(today: date | None = None) -> None:
    """Makes the world on an empty database, a few hundred reports long; areas may be loaded already."""
    if not Area.objects.exists():
        loading.load()
    if not Office.objects.exists():
        office_file.load(str(office_file.OURS))
    office = Office.objects.get(code="kanim-semarang")
    day = today or office.today
    filled = seats.fill(office, day)
    villages = {
        regency: [code for code in filled.villages if at(Level.REGENCY, code) == regency]
        for regency in ELSEWHERE
    }
    for resident in (*people.of_kudus(day), *elsewhere(villages, day)):
        _settle(resident, filled)
    _returns(filled, day)
    _what_waits(filled, day)
    records.agree(filled, day)
    talk.begin(filled)
    lodgings.fill(filled, day)
    while fold():
        pass
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _settle(resident: Resident, filled: Seats) -> None:
    sent = _send(filled.villages[resident.village], resident.values, on=resident.arrived_on, kind="arrived")
    sent.confirm(by=filled.districts[at(Level.DISTRICT, resident.village) or ""])
    sent.refresh_from_db()
    if sent.is_doubtful:  # two of the same name and birth date: they are two people
        sent.decide_identity(by=_decider(sent, filled), person=None)


def _decider(report: Report, filled: Seats) -> Mandate:
    by_tier = {
        3: filled.districts.get(at(Level.DISTRICT, report.area_id) or ""),
        2: filled.regencies.get(at(Level.REGENCY, report.area_id) or ""),
        1: filled.accounts["imigrasi"],
    }
    return by_tier[report.tier] or filled.accounts["imigrasi"]


def _send(
    by: Mandate, values: dict[str, Any], *, on: date, kind: str = "present", area: str | None = None
) -> Report:
    place = Area.objects.get(code=area or by.post.area_id)
    given = _as_the_form_has_it({name: value for name, value in values.items() if value}, by, place)
    # The sender's id follows from the content, so that two demos are alike.
    sent_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{place.pk} {on} {kind} {values['names']}")
    intake = Intake(kind=kind, area=place, event_on=on, values=given, sent_id=sent_id)
    sent: Report = Report.objects.submit(by=by, intake=intake, again=True)
    return sent


def _as_the_form_has_it(given: dict[str, Any], by: Mandate, place: Area) -> dict[str, Any]:
    """A place of work by its whole name, a parent who is registered in `place` with the register number."""
    if "work_area" in given:
        given["work_area"] = named.area(Area.objects.with_line().get(code=given["work_area"]))
    if "parent" in given:
        given["parent"] = parents.value_of(given["parent"], by=by, area=place.pk, child=given["names"])
    return given


def _returns(filled: Seats, day: date) -> None:
    """Last month's returns: most with data or nil, some villages silent."""
    month = Month.of(day).before
    for number, (code, mandate) in enumerate(sorted(filled.villages.items())):
        area = Area.objects.get(code=code)
        residents = residents_on(area, month.last)
        if number % 9 == 4:
            continue  # silent
        if not residents:
            Return.objects.sign_nil(by=mandate, area=area, month=month)
        else:
            answers = {person.pk: Answer.Word.STILL_HERE.value for person in residents}
            Return.objects.answer(by=mandate, area=area, month=month, answers=answers)


def _what_waits(filled: Seats, day: date) -> None:
    """Something at each tier: reports to confirm, one claim, one doubtful identity.

    What the kecamatan or the kabupaten typed for a village waits one tier above it.
    """
    for row in people.read(WAITING, day):
        by = filled.accounts.get(row["sender"]) or filled.villages[row["sender"]]
        values = {name: row[name] for name in row if name not in ABOUT_THE_SENDING}
        _send(by, values, on=row["event_on"], kind=row["kind"], area=row["village"])
    _claim(filled, day)
    _doubt(filled, day)


def _claim(filled: Seats, day: date) -> None:
    """Jati Wetan reports a resident of Bakalankrapyak as present: one person, two villages, nobody moves."""
    resident = Person.objects.get(names__startswith="Maria da Costa")
    values = {
        "names": resident.names,
        "sex": "F",
        "birth_date": resident.birth_date,
        "nationality": "TLS",
        "document_kind": "passport",
        "document_issuer": "TLS",
        "document_number": resident.documents.get().number,
        "address": "kos Ibu Ratmi, RT 03/RW 01",
    }
    sent = _send(filled.villages["33.19.03.2003"], values, on=day - timedelta(days=3))
    sent.confirm(by=filled.districts["33.19.03"])


def _doubt(filled: Seats, day: date) -> None:
    """Ngembalrejo reports a namesake of somebody in Wergu Kulon: the kabupaten decides."""
    values = {
        "names": "Zhang Xiaoling",
        "sex": "F",
        "birth_date": "1995",
        "nationality": "CHN",
        "address": "kos putri Ngembal, RT 05/RW 03",
        "purpose": "kuliah",
    }
    sent = _send(filled.villages["33.19.07.2002"], values, on=day - timedelta(days=5))
    sent.confirm(by=filled.districts["33.19.07"])
