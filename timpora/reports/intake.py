"""What a report must say before it is taken in, and how its words become a statement."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from timpora import vault
from timpora.areas.models import Area
from timpora.ledger.refusal import Refusal
from timpora.registry import named, papers, parents, permits
from timpora.registry.fields import ALL, SEALED
from timpora.registry.models import IdentityDocument, Person, Statement
from timpora.registry.names import key as name_key
from timpora.registry.nations import INDONESIA
from timpora.registry.plain import is_seen
from timpora.team.models import Mandate

OLDEST = date(1900, 1, 1)
ENDING = ("moved", "left", "not_found")


def comparable(name: str, value: str) -> str:
    """A value, its number in clear, as two contents are compared: a number however it is spaced, a parent by
    name alone, for who was registered since is no other parent.
    """
    if name in SEALED:
        return vault.normalised(value)
    return named.words(value) if name == "parent" else value


def outside() -> frozenset[str]:
    """The kinds of stay permit whose holders are not registered here: UU 6/2011 Pasal 73."""
    return frozenset(kind.code for kind in permits.kinds() if kind.outside)


@dataclass(frozen=True)
class Intake:
    """One report as it was sent: what happened to whom, where, when."""

    kind: str
    area: Area
    event_on: date
    values: dict[str, Any] = field(default_factory=dict)
    person: Person | None = None
    left: str = ""
    destination: Area | None = None
    sent_id: UUID = field(default_factory=uuid4)
    photo: bytes = field(default=b"", repr=False)  # a small JPEG (developing.py)

    def check(self, by: Mandate) -> None:
        """Raises Refusal for what no report may say; the sentence names the field it stands beside."""
        if self.area.retired_on:
            raise Refusal(
                _("This area no longer exists. Choose its successor."), field="area", code="area_retired"
            )
        self._check_text()
        self._check_day(by)
        self._check_who()
        self._check_more(by)
        unknown = set(self.values) - set(ALL)
        if unknown:
            raise ValueError(f"no such fields: {sorted(unknown)}")

    def _check_day(self, by: Mandate) -> None:
        if self.event_on > by.post.today:
            raise Refusal(_("This day has not come yet."), field="event_on", code="future")
        if self.event_on < OLDEST:
            raise Refusal(_("This date is too long ago."), field="event_on", code="too_old")
        if papers.is_before_birth(self.event_on, self._birth_date):
            raise Refusal(_("This day lies before the date of birth."), field="event_on", code="before_birth")
        home = self.person.home if self.person and self.kind in ENDING else None
        if home and self.event_on < home.started_on:
            raise Refusal(
                _("This day lies before the day the person began to live here."),
                field="event_on", code="end_before_start",
            )  # fmt: skip

    def _check_text(self) -> None:
        for name, value in self.values.items():
            if not is_seen(str(value)):
                raise Refusal(
                    _("This holds signs that nobody sees. Please type it anew."), field=name, code="unseen"
                )

    def _check_who(self) -> None:
        if self.values.get("permit_kind") in outside():
            raise Refusal(
                _("Diplomats are not registered here (Law 6/2011 Article 73). Nothing was stored."),
                field="permit_kind", code="diplomat",
            )  # fmt: skip
        if self.values.get("nationality") == INDONESIA:
            raise Refusal(
                _("Indonesians are not registered here; a child of two nationalities counts as Indonesian"
                  " until this is cleared."),
                field="nationality", code="indonesian",
            )  # fmt: skip
        if self.person is None and not (self.values.get("names") and self.values.get("nationality")):
            raise Refusal(_("Name and nationality are needed."), field="names", code="who_missing")
        for name in SEALED:
            if self.values.get(name) and not any(sign.isalnum() for sign in self.values[name]):
                raise Refusal(_("A number has letters or digits."), field=name, code="no_number")
        if self.values.get("document_number") and not self.values.get("document_kind"):
            raise Refusal(
                _("Choose which document this number is of."), field="document_kind", code="kind_missing"
            )

    def _check_more(self, by: Mandate) -> None:
        for name, sentence in papers.faults(self.values).items():
            raise Refusal(sentence, field=name, code="papers")
        if parent := self.values.get("parent"):
            child = self.values.get("names") or (self.person.names if self.person else "")
            parents.check(parent, by=by, child=child, person=self.person)

    def _issued(self, values: dict[str, Any]) -> dict[str, Any]:
        """A passport of which nothing is said is one of the person's own state, as in agencies' lists."""
        state = values.get("nationality") or (self.person.nationality if self.person else "")
        if values["document_kind"] != IdentityDocument.Kind.PASSPORT or not state:
            return values
        return {"document_issuer": state} | values

    @property
    def _birth_date(self) -> str:
        return str(self.values.get("birth_date") or (self.person.birth_date if self.person else ""))

    @property
    def digest(self) -> str:
        """A keyed digest of the content, to tell a report sent twice from another under its id."""
        said = {name: comparable(name, value) for name, value in self.values.items()}
        content = {
            "kind": self.kind, "area": self.area.pk, "on": str(self.event_on), "values": said,
            "person": self.person.pk if self.person else None, "left": self.left,
            "to": self.destination.pk if self.destination else None,
        }  # fmt: skip
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return vault.current().key_for("content", "", sha256(text.encode()).hexdigest())

    def statement(self, by: Mandate) -> Statement:
        """The unsaved statement: numbers sealed, keys for finding who it speaks of beside them."""
        values = {name: value for name, value in self.values.items() if value not in ("", None)}
        document_key = ""
        safe = vault.current()
        if number := values.get("document_number"):
            values = self._issued(values)
            document_key = safe.key_for(values["document_kind"], values.get("document_issuer", ""), number)
            values["document_number"] = safe.seal(number, "document")
        if number := values.get("permit_number"):
            values["permit_number"] = safe.seal(number, "permit")
        return Statement(
            source=Statement.Source.REPORT, source_id=f"report:{self.sent_id}", agency_id=by.post.agency_id,
            area=self.area, as_of=self.event_on, person=None, values=values, document_key=document_key,
            name_key=name_key(values.get("names", "")),
        )  # fmt: skip
