"""What the cells of one row mean: agency, role, place, person, period; or why they mean nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from timpora.areas.codes import is_code, within_any
from timpora.areas.forms import AreaField
from timpora.areas.models import Area, Office
from timpora.ledger.refusal import Refusal
from timpora.sheets import Row
from timpora.sheets.columns import folded
from timpora.team import authority, user_names
from timpora.team.models import Agency, Mandate, period
from timpora.team.models.agency import listed
from timpora.team.phones import e164
from timpora.team.roles import Role
from timpora.team.roster.columns import KINDS, ROLES

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
PostKey = tuple[str, str, str, str, str]


@dataclass
class Meaning:
    """One row understood. `faults` are (column, sentence); with any of them the rest may be incomplete."""

    number: int
    name: str = ""
    username: str = ""
    phone: str = ""
    email: str = ""
    agency: Agency | None = None
    role: str = ""
    area: Area | None = None
    office: Office | None = None
    title: str = ""
    kind: str = Mandate.Kind.HOLDER
    since: date | None = None
    until: date | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def post_key(self) -> PostKey:
        """What makes two rows speak of one post."""
        return post_key(self.agency.pk if self.agency else "", self.role, self.area.pk if self.area else None,
                        self.office.pk if self.office else None, self.title)  # fmt: skip

    @property
    def place(self) -> str:
        return str(self.area.full_name if self.area else self.office.name if self.office else "")


def post_key(agency: str, role: str, area: str | None, office: str | None, title: str) -> PostKey:
    return agency, role, area or "", office or "", " ".join(title.casefold().split())


class Reader:
    """Understands the rows of one file for one mandate; what it looked up once it does not ask again."""

    def __init__(self, by: Mandate, rows: list[Row]) -> None:
        self.by = by
        self.agencies = _agencies()
        self.offices = {
            folded(text): office for office in self._offices() for text in (office.pk, office.name)
        }
        scope = () if by.is_operator else by.codes
        self.field, self.scope = AreaField(under=scope, required=False), scope
        codes = {row.values["area"] for row in rows if is_code(row.values["area"])}
        self.areas: dict[str, Area | str] = dict(Area.objects.live().in_bulk(codes))

    def _offices(self) -> list[Office]:
        if self.by.is_operator and self.by.post.office is None:
            return list(Office.objects.all())
        return [self.by.post.office] if self.by.post.office else []

    def read(self, row: Row) -> Meaning:
        """The meaning of a row, with every fault at once."""
        meant, cells = Meaning(row.number), row.values
        self._person(meant, cells)
        self._place(meant, cells["area"])
        self._post(meant, cells)
        self._period(meant, cells)
        return meant

    def _person(self, meant: Meaning, cells: dict[str, str]) -> None:
        meant.name = " ".join(cells["name"].split())
        if not meant.name:
            meant.faults.append(("name", _("The name is missing.")))
        elif len(meant.name) > 120:
            meant.faults.append(("name", _("The name is longer than 120 letters.")))
        meant.username = cells["username"].lower()
        if meant.username and not user_names.is_name(meant.username):
            sentence = _("A user name has three to sixty small letters, digits, dots or dashes.")
            meant.faults.append(("username", sentence))
        if cells["phone"]:
            meant.phone = e164(cells["phone"]) or ""
            if not meant.phone:
                meant.faults.append(
                    ("phone", _("This is not a telephone number. Write it like 0812 3456 7890."))
                )
        meant.email = cells["email"]
        if meant.email and not _is_address(meant.email):
            meant.faults.append(("email", _("This is not an e-mail address.")))

    def _place(self, meant: Meaning, text: str) -> None:
        if not text:
            meant.office = self.by.post.office
            if meant.office is None:
                meant.faults.append(("area", _("The area is missing.")))
            return
        if folded(text) in self.offices:
            meant.office = self.offices[folded(text)]
            return
        found = self._area(text)
        if isinstance(found, Area):
            meant.area = found
        else:
            meant.faults.append(("area", found))

    def _area(self, text: str) -> Area | str:
        """The area, or the sentence that says why there is none; beyond the mandate none exists."""
        known = self.areas.get(text)
        if isinstance(known, Area) and self.scope and not within_any(known.pk, self.scope):
            known = None
        if known is None:
            try:
                known = self.field.to_python(text)
            except ValidationError as fault:
                known = " ".join(fault.messages)
            self.areas[text] = known
        return known

    def _post(self, meant: Meaning, cells: dict[str, str]) -> None:
        meant.title = " ".join(cells["title"].split())
        if not meant.title:
            meant.faults.append(("title", _("The post is missing.")))
        elif len(meant.title) > 120:
            meant.faults.append(("title", _("The post is longer than 120 letters.")))
        text = folded(cells["agency"])
        meant.agency = self.agencies.get(text) or self.agencies.get(text.partition(" ")[0])
        if meant.agency is None:
            names = ", ".join(sorted({agency.short for agency in self.agencies.values()}))
            meant.faults.append(
                ("agency", _("No agency is called so. Known are: %(names)s.") % {"names": names})
            )
        self._role(meant, cells["role"])

    def _role(self, meant: Meaning, text: str) -> None:
        meant.role = _roles().get(folded(text), "") if text else _usual_role(meant)
        place = {
            "area": meant.area.pk if meant.area else None,
            "office": meant.office.pk if meant.office else None,
        }
        if not meant.role:
            if text or meant.agency:
                meant.faults.append(
                    ("role", _("Say which role the post has, with a word of the template's list."))
                )
        elif not any(place.values()):
            return
        elif not authority.fits(meant.role, **place):
            meant.faults.append(("role", _("A post of this role does not stand at such a place.")))
        elif not authority.may_manage(self.by, role=meant.role, **place):
            meant.faults.append(("role", _("Your post does not appoint to this role at this place.")))

    def _period(self, meant: Meaning, cells: dict[str, str]) -> None:
        meant.kind = _kinds().get(folded(cells["kind"]), "") if cells["kind"] else Mandate.Kind.HOLDER
        if not meant.kind:
            meant.faults.append(("kind", _("Write definitif, Plt or Plh.")))
        for column in ("since", "until"):
            day = _day(cells[column]) if cells[column] else None
            setattr(meant, column, day)
            if cells[column] and day is None:
                meant.faults.append((column, _("This is not a date. Write it like 2026-01-31.")))
        if cells["until"] and meant.until is None:
            return
        today = timezone.localdate()
        try:
            deputy = meant.kind in (Mandate.Kind.PLT, Mandate.Kind.PLH)
            period.check(meant.since or today, meant.until, deputy=deputy)
        except Refusal as refusal:
            meant.faults.append((refusal.field or "until", str(refusal)))
        else:
            if meant.until and meant.until < today:
                meant.faults.append(("until", _("The last day has passed.")))


def _agencies() -> dict[str, Agency]:
    """Every name an agency goes by, folded."""
    also: dict[str, list[str]] = {row["code"]: row["also"] for row in listed()}
    return {
        folded(text): agency
        for agency in Agency.objects.of_members()
        for text in (agency.pk, agency.short, agency.name, *also.get(agency.pk, ()))
    }


@cache
def _roles() -> dict[str, str]:
    return {folded(text): value for value, label in ROLES for text in (value, label)}


@cache
def _kinds() -> dict[str, str]:
    words = [(value, text) for value, label in KINDS for text in (value, label)]
    return {
        folded(text): value for value, text in [*words, ("holder", "pejabat definitif"), ("holder", "tetap")]
    }


def _usual_role(meant: Meaning) -> str:
    """The role that goes without saying: the only one of an agency's, or an office's officer."""
    if meant.agency is None:
        return ""
    known: dict[str, Any] = {row["code"]: row["roles"] for row in listed()}
    roles = known.get(meant.agency.pk, [Role.CONTRIBUTOR])
    if meant.office and Role.IMMIGRATION in roles:
        return Role.IMMIGRATION
    return roles[0] if len(roles) == 1 else ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _day(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    return None
