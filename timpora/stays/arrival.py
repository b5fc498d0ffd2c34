"""One guest as they were entered: what must be so before it is taken in, and how it becomes a statement.

Kept to what PP 31/2013 Pasal 188 is read to ask of a lodging: who, travelling on which document, from when to
when. A field that is not listed here is refused, not dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from timpora import vault
from timpora.ledger.refusal import Refusal
from timpora.registry import nations
from timpora.registry.models import IdentityDocument, Person, Statement
from timpora.registry.names import key as name_key
from timpora.registry.nations import INDONESIA
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.registry.plain import is_seen
from timpora.reports.intake import Intake, comparable
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.stays.models.lodging import Lodging

# A child that travels in a parent's passport has no number of its own (as the Czech Ubyport writes it).
INPASS = "inpass"
FIELDS = (
    "names", "sex", "nationality", "birth_place", "birth_date", "document_kind", "document_issuer",
    "document_number", "parent",
)  # fmt: skip
LENGTHS = {"names": 200, "birth_place": 80, "document_number": 40, "parent": 200}
KINDS = (IdentityDocument.Kind.PASSPORT, IdentityDocument.Kind.UNHCR, IdentityDocument.Kind.OTHER, INPASS)
BACK = timedelta(days=366)  # how long ago a guest who is entered today may have come (practice)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Arrival:
    """A guest who came on a day, is expected to stay until another, and says who they are."""

    arrived_on: date
    until: date | None = None
    values: dict[str, str] = field(default_factory=dict)
    sent_id: UUID = field(default_factory=uuid4)

    def check(self, today: date) -> None:
        """Raises the first of its faults."""
        for fault in self.faults(today):
            raise fault

    def faults(self, today: date) -> Iterator[Refusal]:
        """What no guest can be, each beside its field: the whole of it, so that it is put right at once."""
        if unknown := set(self.values) - set(FIELDS):
            raise ValueError(f"no such fields: {sorted(unknown)}")
        yield from self._faulty_text()
        yield from self._faulty_name()
        yield from self._faulty_birth()
        yield from self._faulty_document()
        yield from self._faulty_days(today)

    def _faulty_text(self) -> Iterator[Refusal]:
        for name, value in self.values.items():
            if "\0" in value or not is_seen(value):
                yield Refusal(
                    _("This holds signs that nobody sees. Please type it anew."), field=name, code="unseen"
                )
            elif len(value) > LENGTHS.get(name, 40):
                yield Refusal(_("This is too long. Please shorten it."), field=name, code="too_long")

    def _faulty_name(self) -> Iterator[Refusal]:
        said = self.values
        if not any(sign.isalpha() for sign in said.get("names", "")):
            yield Refusal(_("Write the name as it stands in the passport."), field="names", code="no_name")
        nation = nations.get(said.get("nationality", ""))
        if nation is None or nation.kind == "organization":
            yield Refusal(
                _("Write the country as it stands in the passport, or its three letters (CHN)."),
                field="nationality", code="nationality_unknown",
            )  # fmt: skip
        elif nation.code == INDONESIA:
            yield Refusal(
                _("Only foreign guests are entered here. This one is Indonesian; nothing was kept."),
                field="nationality", code="indonesian",
            )  # fmt: skip
        if said.get("sex") not in Person.Sex.values:
            yield Refusal(_("Write L or P (or M or F)."), field="sex", code="sex_unknown")

    def _faulty_birth(self) -> Iterator[Refusal]:
        try:
            born = PartialDate.parse(self.values.get("birth_date", ""))
        except PartialDateError as fault:
            yield Refusal(_(fault.message), field="birth_date", code=fault.code)
            return
        if self.arrived_on < born.earliest:
            yield Refusal(
                _("This day lies before the date of birth."), field="arrived_on", code="before_birth"
            )

    def _faulty_document(self) -> Iterator[Refusal]:
        said = self.values
        kind, number = said.get("document_kind"), said.get("document_number", "")
        issuer = said.get("document_issuer")
        if kind not in KINDS:
            yield Refusal(
                _("Choose which document the guest travels on."), field="document_kind", code="kind_missing"
            )
        if issuer and nations.get(issuer) is None:
            yield Refusal(
                _("Write the country as it stands in the passport, or its three letters (CHN)."),
                field="document_issuer", code="issuer_unknown",
            )  # fmt: skip
        if kind == INPASS and not said.get("parent"):
            yield Refusal(
                _("Name the parent in whose passport the child is entered."), field="parent",
                code="parent_missing",
            )  # fmt: skip
        if kind == INPASS and number:
            yield Refusal(
                _("A child in a parent's passport has no number of its own. Leave it empty."),
                field="document_number", code="parents_number",
            )  # fmt: skip
        if kind != INPASS and not any(sign.isalnum() for sign in number):
            yield Refusal(
                _("A number has letters or digits. Write it as it stands in the document."),
                field="document_number", code="no_number",
            )  # fmt: skip

    def _faulty_days(self, today: date) -> Iterator[Refusal]:
        if self.arrived_on > today:
            yield Refusal(_("This day has not come yet."), field="arrived_on", code="future")
        if self.arrived_on < today - BACK:
            yield Refusal(_("This day lies more than a year back."), field="arrived_on", code="too_old")
        if self.until and self.until < self.arrived_on:
            yield Refusal(_("This day lies before the arrival."), field="until", code="end_before_start")
        if self.until and self.until > self.arrived_on + LONGEST:
            yield Refusal(
                _("Nobody books for more than a year. Look at the year again."), field="until", code="too_far"
            )

    @property
    def digest(self) -> str:
        """A keyed digest of the content, to tell a guest sent twice from another under the same number."""
        said = {name: comparable(name, value) for name, value in sorted(self.values.items()) if value}
        text = json.dumps([str(self.arrived_on), str(self.until or ""), said], ensure_ascii=False)
        return vault.current().key_for("stay", "", sha256(text.encode()).hexdigest())

    def statement(self, by: Mandate, lodging: Lodging) -> Statement:
        """The unsaved statement: the number sealed, with the keys for finding who it speaks of."""
        values, document_key = self._said(), ""
        if number := values.get("document_number"):
            safe = vault.current()
            document_key = safe.key_for(values["document_kind"], values.get("document_issuer", ""), number)
            values["document_number"] = safe.seal(number, "document")
        return Statement(
            source=Statement.Source.STAY, source_id=f"stay:{self.sent_id}", agency_id=by.post.agency_id,
            area_id=lodging.area_id, as_of=self.arrived_on, person=None, values=values,
            document_key=document_key, name_key=name_key(values["names"]),
        )  # fmt: skip

    def intake(self, lodging: Lodging) -> Intake:
        """The same as the report of somebody who has moved into a house where people live."""
        values = self._said()
        values.pop("birth_place", None)  # said by lodgings alone
        values["address"] = lodging.full_address[:250]
        return Intake(
            kind="arrived", area=lodging.area, event_on=self.arrived_on, values=values, sent_id=self.sent_id
        )

    def _said(self) -> dict[str, Any]:
        """What is kept: no empty value, a passport's own state, and of a child in a parent's the parent."""
        values = {name: value for name, value in self.values.items() if value}
        if values["document_kind"] == INPASS:
            del values["document_kind"]
            values.pop("document_issuer", None)
        else:
            values.setdefault("document_issuer", values["nationality"])
            values.pop("parent", None)
        return values
