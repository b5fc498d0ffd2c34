"""What becomes of a phone's item: the verb a page would have called, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.forms import Form
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timpora.areas.codes import Level
from timpora.areas.models import Area
from timpora.inbound.models import Device, Item
from timpora.inbound.parcel import Parcel
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.forms import AnswersForm
from timpora.recaps.models import NilRefused, Return
from timpora.recaps.models.monthly_return import residents_on
from timpora.recaps.month import Month
from timpora.registry import nations, version
from timpora.registry.fields import LABELS
from timpora.registry.models import Person
from timpora.reports import versions
from timpora.reports.forms import ReportForm, ResidentForm
from timpora.reports.forms.photo import LEFT_OUT
from timpora.reports.forms.resident import FIELDS
from timpora.reports.models import AlreadyReported, Photo, Report
from timpora.team.models import Mandate

SINCE = "since"
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Outcome:
    """`state` is accepted, refused, conflict or, once more, waiting; `fields` are sentences beside fields,
    `rows` what differs: field, label, the phone's, the present.
    """

    state: str
    sentence: str = ""
    receipt: str = ""
    path: str = ""
    code: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    version: str = ""


class Unfit(Exception):
    """The form refuses what was written."""

    def __init__(self, form: Form) -> None:
        self.form = form


class Overtaken(Exception):
    """The record has changed since the phone took it along; `rows` says in what, `version` is today's."""

    def __init__(self, person: Person | None, rows: Iterable[Row] = ()) -> None:
        self.rows = list(rows)
        self.version = version.version(person) if person else ""


def turn(mandate: Mandate, device: Device, parcel: Parcel) -> Outcome:
    """What became of an item: stored only if it is accepted, and once however often it came."""
    known = _accepted(mandate, parcel)
    if known is None:
        outcome = _taken_in(mandate, device, parcel)
        # A second tab, or the phone once more, may have been quicker by a moment.
        known = None if outcome.state == "accepted" else _accepted(mandate, parcel)
        if known is None:
            return outcome
    if known.content == parcel.content:
        left_out = _left_out(mandate, parcel)
        return Outcome("accepted", left_out, receipt=known.receipt, path=known.path)
    return Outcome(
        "conflict", _("This was sent and accepted before it was changed. What was sent stands."),
        receipt=known.receipt, path=known.path, code="sent_before", rows=_first_content(mandate, parcel),
    )  # fmt: skip


def _accepted(mandate: Mandate, parcel: Parcel) -> Item | None:
    found: Item | None = Item.objects.filter(user=mandate.user_id, number=parcel.number).first()
    return found


def _taken_in(mandate: Mandate, device: Device, parcel: Parcel) -> Outcome:
    try:
        with book.writing():
            receipt, path = VERBS[parcel.kind](mandate, parcel)
            Item.objects.create(
                number=parcel.number, kind=parcel.kind, user_id=mandate.user_id, device=device,
                content=parcel.content, receipt=receipt, path=path, made_at=parcel.made_at,
            )  # fmt: skip
    except IntegrityError:
        return Outcome("waiting", code="at_once")  # two at the same moment: the phone sends it again
    except Unfit as unfit:
        return _unfit(unfit.form)
    except Overtaken as since:
        sentence = _("This record has changed since your phone took it along.")
        return Outcome("conflict", sentence, code="overtaken", rows=since.rows, version=since.version)
    except NilRefused as refusal:
        said = [str(refusal), *(str(each) for each in refusal.first)]
        return Outcome("refused", " ".join(said), code=refusal.code)
    except AlreadyReported as refusal:
        sentence = f"{refusal} {_('Receipt')}: {refusal.report.receipt}."
        return Outcome("refused", sentence, code=refusal.code, fields={"names": [str(refusal)]})
    except Refusal as refusal:
        beside = {refusal.field: [str(refusal)]} if refusal.field else {}
        state = "conflict" if isinstance(refusal, Conflict) else "refused"
        return Outcome(state, str(refusal), code=refusal.code, fields=beside)
    return Outcome("accepted", _left_out(mandate, parcel), receipt=receipt, path=path)


def _left_out(mandate: Mandate, parcel: Parcel) -> str:
    """What is said beside the yes to a report whose photo the office takes no longer; "" for any other."""
    sent = {"report__sender": mandate.user_id, "report__sent_id": parcel.number}
    lost = "photo" in parcel.fields and not Photo.objects.filter(**sent).exists()
    return str(LEFT_OUT) if lost else ""


def _unfit(form: Form) -> Outcome:
    fields = {name: [str(each) for each in said] for name, said in form.errors.items() if name != "__all__"}
    whole = [str(each) for each in form.non_field_errors()]
    sentence = " ".join(whole) or _("Something needs to be put right before this can be taken in.")
    return Outcome("refused", sentence, code="unfit", fields=fields)


def _report(mandate: Mandate, parcel: Parcel) -> tuple[str, str]:
    said = parcel.fields.copy()
    said["sent_id"] = str(parcel.number)
    if said.get("kind") == Report.Kind.PRESENT and not said.get("event_on"):
        # "Seen here today" is the day it was written on, not the day the phone found a network.
        said["event_on"] = timezone.localdate(parcel.made_at, mandate.post.zone).isoformat()
    form = ReportForm(said, mandate=mandate, label_suffix="")
    if not form.is_valid():
        raise Unfit(form)
    report = Report.objects.submit(by=mandate, intake=form.intake(), again="again" in said)
    return report.receipt, f"/reports/{report.pk}/"


def _resident(mandate: Mandate, parcel: Parcel) -> tuple[str, str]:
    said, kind = parcel.fields.copy(), parcel.about.get("kind", "")
    person = Person.objects.residents_of(mandate).with_home().filter(pk=_id(parcel, "person")).first()
    if person is None:
        # Moved on, left or corrected away meanwhile: of whoever lives elsewhere a village learns no more.
        raise Overtaken(None, _gone(parcel))
    if kind not in FIELDS:
        raise Refusal(_("Choose what happened."), code="kind_missing")
    said["sent_id"] = str(parcel.number)
    form = ResidentForm(said, kind=kind, person=person, mandate=mandate, label_suffix="")
    if not form.is_valid():
        raise Unfit(form)
    if parcel.about.get("version") != version.version(person):
        raise Overtaken(person, _differences(parcel, person))
    report = Report.objects.submit(by=mandate, intake=form.intake())
    return report.receipt, f"/reports/{report.pk}/"


def _return(mandate: Mandate, parcel: Parcel) -> tuple[str, str]:
    area, month = _month(parcel)
    residents = residents_on(area, min(month.last, mandate.post.today)) if mandate.reaches(area.pk) else []
    form = AnswersForm(parcel.fields, residents=residents)
    if not form.is_valid():
        raise Unfit(form)
    given = Return.objects.of(area, month)
    said = dict(given.answers.values_list("person", "word")) if given else {}
    # The page may have signed it before its answer was lost on the way.
    if given and given.mandate_id == mandate.pk and said == form.answers:
        return given.receipt, f"/returns/{area.pk}/{month}/"
    signed = Return.objects.answer(by=mandate, area=area, month=month, answers=form.answers)
    return signed.receipt, f"/returns/{area.pk}/{month}/"


def _nil(mandate: Mandate, parcel: Parcel) -> tuple[str, str]:
    area, month = _month(parcel)
    given = Return.objects.of(area, month)
    if given and given.mandate_id == mandate.pk and given.content == Return.Content.NIL:
        return given.receipt, f"/returns/{area.pk}/{month}/"
    signed = Return.objects.sign_nil(by=mandate, area=area, month=month)
    return signed.receipt, f"/returns/{area.pk}/{month}/"


VERBS: dict[str, Callable[[Mandate, Parcel], tuple[str, str]]] = {
    Item.Kind.REPORT: _report,
    Item.Kind.RESIDENT: _resident,
    Item.Kind.RETURN: _return,
    Item.Kind.NIL: _nil,
}


def _month(parcel: Parcel) -> tuple[Area, Month]:
    villages = Area.objects.with_line().filter(level=Level.VILLAGE)
    area = villages.filter(code=parcel.about.get("village", "")).first()
    try:
        month = Month.parse(parcel.about.get("month", ""))
    except ValueError:
        month = None
    if area is None or month is None:
        raise Refusal(_("This month or village is not known here."), code="unknown_month")
    return area, month


def _id(parcel: Parcel, name: str) -> int:
    text = parcel.about.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _label(name: str) -> str:
    return _("Living here since") if name == SINCE else str(capfirst(LABELS[name]))


def _words(name: str, value: str) -> str:
    return nations.name(value, get_language() or "id") if name == "nationality" and value else value


def _differences(parcel: Parcel, person: Person) -> list[Row]:
    """What was changed since: what the phone says of it, or showed, beside what stands now."""
    rows = []
    for name, was, now in version.changed(parcel.seen, person):
        yours = str(parcel.fields.get(name) or was)
        rows.append((name, _label(name), _words(name, yours), _words(name, now)))
    return rows


def _gone(parcel: Parcel) -> list[Row]:
    names = parcel.seen.get("names", "")
    return [("names", _label("names"), names, _("is not counted in your village any more"))]


def _first_content(mandate: Mandate, parcel: Parcel) -> list[Row]:
    """What differs between a report and what came under its number first, as far as its sender may see it."""
    sent = Report.objects.filter(sender=mandate.user_id, sent_id=parcel.number).with_people().first()
    if sent is None or parcel.kind != Item.Kind.REPORT:
        return []
    said: Any = parcel.fields.copy()
    said["sent_id"] = str(parcel.number)
    form = ReportForm(said, mandate=mandate, label_suffix="")
    if not form.is_valid():
        return []
    rows = versions.rows(form.intake(), sent, mandate.sight)
    return [("", label, yours, first) for label, yours, first in rows]
