"""What may be left out of a report: papers, stay, work, guarantor, family, said where it is known."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger.refusal import Refusal
from timpora.registry import named, papers, parents, permits
from timpora.registry.models import Guarantor, IdentityDocument
from timpora.reports.forms.fields import Listed, NationField, day, line, workplace
from timpora.reports.forms.photo import PhotoInput, kept_for
from timpora.reports.models.photo import switched_on
from timpora.team.models import Mandate

# How the questions stand together. Family and given names: primary and secondary identifier, ICAO 9303-3.
GROUPS = (
    (_("Passport or other document"),
     ("document_kind", "document_issuer", "document_number", "document_until", "family", "given")),
    (_("Permission to stay"),
     ("permit_kind", "permit_index", "permit_number", "permit_until", "visa_until", "purpose")),
    (_("Work"), ("employer", "job", "work_area", "rptka_from", "rptka_until")),
    (_("Guarantor"), ("guarantor_status", "guarantor")),
    (_("Family"), ("parent",)),
)  # fmt: skip
MORE = tuple(name for _legend, names in GROUPS for name in names)


def permit_kinds() -> list[tuple[str, str]]:
    """(code, name) of each kind of stay permit in the reader's language, an empty choice first."""
    language = get_language() or "id"
    printed = {kind.code: f" ({kind.code})" for kind in permits.kinds() if kind.code.startswith("IT")}
    return [
        ("", "–"),
        *((kind.code, kind.name(language) + printed.get(kind.code, "")) for kind in permits.kinds()),
    ]


class Questions(forms.Form):
    """The questions of GROUPS; `Folded` takes them from here when they are needed."""

    document_kind = forms.ChoiceField(
        label=_("Document"), required=False, choices=[("", "–"), *IdentityDocument.Kind.choices]
    )
    document_issuer = NationField(label=_("Issued by"), required=False, help_text=_("The country, as above."))
    document_number = line(40, label=_("Document number"), help_text=_("Kept sealed; shown masked."))
    document_until = day(label=_("Document valid until"))
    family = line(120, label=_("Family name"), help_text=_("If it is printed apart from the other names."))
    given = line(120, label=_("Given names"), help_text=_("All names besides the family name."))
    permit_kind = forms.ChoiceField(label=_("Stay permit"), required=False, choices=permit_kinds)
    permit_index = line(20, label=_("Permit index"), help_text=_("As printed, such as E23 or C312."))
    permit_number = line(40, label=_("Permit number"), help_text=_("Kept sealed; shown masked."))
    permit_until = day(label=_("Stay permitted until"))
    visa_until = day(
        label=_("Visa valid until"), help_text=_("The last day to enter with it, not the end of the stay.")
    )
    purpose = line(80, label=_("Purpose of the stay"))
    employer = line(120, label=_("Employer"))
    job = line(120, label=_("Job"))
    work_area = workplace(
        label=_("Place of work"), help_text=_("A desa, kecamatan or kabupaten anywhere in Indonesia.")
    )
    rptka_from = day(label=_("RPTKA from"), help_text=_("The employer's plan for foreign workers."))
    rptka_until = day(label=_("RPTKA until"))
    guarantor_status = forms.ChoiceField(
        label=_("Guarantor status"), required=False, choices=[("", "–"), *Guarantor.Status.choices]
    )
    guarantor = line(120, label=_("Name of the guarantor"))
    parent = line(
        220, label=_("Parent, for a child on a parent's permit"), widget=Listed(),
        help_text=_("A resident of yours by name or register number, anybody else by name."),
    )  # fmt: skip


class Folded(forms.Form):
    """A form with the questions above, built only where they are shown or answered.

    Most reports say none of them; building and reading them costs more than all the rest of the form.
    """

    mandate: Mandate

    def ask_for_photo(self) -> None:
        """Leaves the photo out where the office has not switched photos on; else says how long it is kept."""
        office = switched_on(self.mandate)
        if office is None:
            del self.fields["photo"]
        else:
            self.fields["photo"].help_text = kept_for(office.photo_days)

    @property
    def photo_was_left_out(self) -> bool:
        """Whether a photo came although none is asked for."""
        came = PhotoInput().value_from_datadict(self.data, self.files, "photo")
        return "photo" not in self.fields and came is not None

    def give_photo_back(self, data: Any, files: Any) -> None:
        """The photo that came with a form not sent yet stands in this one; what is none goes."""
        if field := self.fields.get("photo"):
            with suppress(forms.ValidationError):
                field.clean(field.widget.value_from_datadict(data, files, "photo"))

    def unfold(self) -> None:
        """The questions, from now on fields of this form like any other."""
        for name, field in Questions.base_fields.items():
            if name not in self.fields:
                self.fields[name] = deepcopy(field)
                if name == "parent":
                    self.fields[name].widget.options = partial(parents.known, self.mandate)

    def unfold_if_answered(self) -> None:
        if any(self.data.get(self.add_prefix(name)) for name in MORE):
            self.unfold()

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under their legends."""
        self.unfold()
        return [(str(legend), [self[name] for name in names]) for legend, names in GROUPS]

    @property
    def more_is_used(self) -> bool:
        """Whether one of them has a value or a fault, so that it must not be folded away."""
        asked = [self[name] for name in MORE if name in self.fields]
        return any(field.value() or field.errors for field in asked)

    def check_more(self, given: dict[str, Any], *, area: Area | None, child: str) -> None:
        """Notes what can't be so beside its field, and turns `given` into values as a statement has them."""
        if given.get("document_number") and not given.get("document_kind"):
            self.add_error("document_kind", _("Choose which document this number is of."))
        for field, sentence in papers.faults(given).items():
            self.add_error(field, sentence)
        if given.get("guarantor") and not given.get("guarantor_status"):
            given["guarantor_status"] = Guarantor.Status.PRESENT  # whoever is named is there
        if given.get("work_area"):
            given["work_area"] = named.area(given["work_area"])
        if given.get("parent") and area is not None:
            try:
                given["parent"] = parents.value_of(
                    given["parent"], by=self.mandate, area=area.pk, child=child
                )
            except Refusal as refusal:
                self.add_error("parent", str(refusal))
