"""The forms of the checklist's pages."""

from __future__ import annotations

from copy import copy
from smtplib import SMTPException
from textwrap import wrap
from typing import Any

from django import forms
from django.core.mail import send_mail
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.areas import clocks, letterhead
from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.areas.letterhead import WIDTH
from timpora.areas.models import Area, Jurisdiction, Office
from timpora.desk.setup.checklist import DEADLINES, TIERS
from timpora.desk.setup.situation import Situation
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.team.forms.refused import add_refusal, attempted
from timpora.team.forms.team import TeamForm
from timpora.team.models import Mandate
from timpora.widgets import Answers

ZONES = [
    (clocks.WIB, gettext_lazy("WIB – western, UTC+7")),
    (clocks.WITA, gettext_lazy("WITA – central, UTC+8")),
    (clocks.WIT, gettext_lazy("WIT – eastern, UTC+9")),
]


class OpenForm(forms.Form):
    """A new office: enough to begin with; the checklist asks for the rest."""

    name = forms.CharField(
        label=gettext_lazy("Name of the office"), max_length=160,
        help_text=gettext_lazy("In full, as it stands on letters."),
    )  # fmt: skip
    office_class = forms.CharField(
        label=gettext_lazy("Class"), max_length=40, help_text=gettext_lazy("Such as “Kelas I Non TPI”.")
    )
    province = AreaField(label=gettext_lazy("Province"), levels=(Level.PROVINCE,))
    city = forms.CharField(
        label=gettext_lazy("Place on letters"),
        max_length=80,
        help_text=gettext_lazy("The town before the date."),
    )
    code = forms.SlugField(
        label=gettext_lazy("Short code"), max_length=40, required=False,
        help_text=gettext_lazy(
            "Such as “kanim-pati”; it never changes. Left empty it is made from the place."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].narrow(by.codes)  # type: ignore[attr-defined]

    def open(self, by: Mandate) -> Office:
        """The office, with a letterhead and a time zone to start from. Raises Refusal."""
        given = dict(self.cleaned_data)
        province = given["province"]
        given["code"] = given["code"] or f"kanim-{slugify(given['city'])}"
        return Office.objects.open(
            by=by,
            **given,
            letterhead=proposed_letterhead(given["name"], province),
            timezone=province.timezone,
        )


def proposed_letterhead(name: str, province: Area) -> str:
    """The lines above an immigration office in its ministry; data, to be corrected on the preview."""
    lines = (
        "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia",
        "Direktorat Jenderal Imigrasi",
        f"Kantor Wilayah Direktorat Jenderal Imigrasi {province.name}",
        *wrap(name, WIDTH),
    )
    return "\n".join(lines)


class SettingsForm(forms.ModelForm):
    """Some settings of an office, to be changed or agreed to; `seen` is the version the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Office) -> None:
        # The page goes on showing the office as it is; a form fills its own copy with what was typed.
        super().__init__(data, instance=copy(instance))
        self.office, self.initial["seen"] = instance, instance.version

    @property
    def names(self) -> tuple[str, ...]:
        """The settings it is about."""
        return tuple(name for name in self.fields if name != "seen")

    def settle(self, by: Mandate) -> bool:
        """True when the settings stand as given; otherwise the refusal stands beside its field.

        Raises Conflict when the office has been changed since the page was filled.
        """
        situation = Situation(Office.objects.get(pk=self.office.pk))
        changed = {name: self.cleaned_data[name] for name in self.names if name in self.changed_data}
        try:
            situation.settle(self.names, by=by, seen=self.cleaned_data["seen"], **changed)
        except Conflict:
            raise
        except Refusal as refusal:
            add_refusal(self, refusal)
        return not self.errors


class OfficeForm(SettingsForm):
    province = AreaField(label=gettext_lazy("Province"), levels=(Level.PROVINCE,))

    class Meta:
        model = Office
        fields = ("name", "office_class", "province", "city", "address", "phone")

    def __init__(self, data: Any = None, *, instance: Office) -> None:
        super().__init__(data, instance=instance)
        self.initial["province"] = instance.province


class LetterheadForm(SettingsForm):
    class Meta:
        model = Office
        fields = ("letterhead",)
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 5})}

    def clean_letterhead(self) -> str:
        """One line each, without what a browser adds at their ends; refused before the preview is drawn."""
        try:
            return letterhead.fitted(self.cleaned_data["letterhead"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    @property
    def lines(self) -> list[str]:
        """The lines to preview: what was typed, else what stands."""
        return Office(letterhead=str(self["letterhead"].value() or "")).letterhead_lines


class ClockForm(SettingsForm):
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=ZONES, widget=Answers(tall=True),
        help_text=gettext_lazy("Closes the month; Keppres 41/1987."),
    )  # fmt: skip

    class Meta:
        model = Office
        fields = ("timezone",)


class TiersForm(SettingsForm):
    verifying_tiers = forms.ChoiceField(
        label=gettext_lazy("Who confirms a report"), widget=Answers(tall=True),
        help_text=gettext_lazy("Practice: the kecamatan alone. The last one settles the report."),
    )  # fmt: skip

    class Meta:
        model = Office
        fields = ("verifying_tiers",)

    def __init__(self, data: Any = None, *, instance: Office) -> None:
        super().__init__(data, instance=instance)
        self.initial["verifying_tiers"] = now = ",".join(instance.tiers)
        choices = TIERS if now in TIERS else {**TIERS, now: now}
        self.fields["verifying_tiers"].choices = choices.items()  # type: ignore[attr-defined]


class DeadlinesForm(SettingsForm):
    class Meta:
        model = Office
        fields = DEADLINES


SETTINGS: dict[str, type[SettingsForm]] = {
    "office": OfficeForm,
    "letterhead": LetterheadForm,
    "clock": ClockForm,
    "tiers": TiersForm,
    "deadlines": DeadlinesForm,
}


class JurisdictionForm(forms.Form):
    """Kabupaten and kota for an office: one found by search, or several ticked in its own province."""

    area = AreaField(
        label=gettext_lazy("Kabupaten or kota"), levels=(Level.REGENCY,), required=False,
        help_text=gettext_lazy("Type some letters of its name, or its code, such as “33.18”."),
    )  # fmt: skip
    free = forms.MultipleChoiceField(
        label=gettext_lazy("Without an office in this province"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        regencies = Area.objects.live().filter(parent=office.province_id, level=Level.REGENCY)
        free = regencies.exclude(pk__in=Jurisdiction.objects.live().values("area"))
        self.fields["free"].choices = [(area.pk, area.name) for area in free.order_by("code")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one, from either field."""
        given = super().clean() or {}
        if not self.errors and not given.get("area") and not given.get("free"):
            self.add_error("area", _("Name a kabupaten or kota, or tick some of the list."))
        return given

    def assign(self, by: Mandate) -> bool:
        """True when the office answers for all of them; otherwise for none, and the refusal says why."""
        found = self.cleaned_data["area"]
        codes = dict.fromkeys([*([found.code] if found else []), *self.cleaned_data["free"]])
        attempted(self, self._assign, codes=list(codes), by=by)
        return not self.errors

    def _assign(self, codes: list[str], by: Mandate) -> None:
        with book.writing():
            for code in codes:
                self.office.assign(by=by, area=code)


class FirstTeamForm(TeamForm):
    """A team of the office's area, its name proposed."""

    def __init__(self, *args: Any, by: Mandate, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["area"].narrow(office.codes)  # type: ignore[attr-defined]
        if len(office.codes) == 1:
            area = Area.objects.get(pk=office.codes[0])
            self.initial = {"area": area, "name": f"Tim Pora {area.name}", **self.initial}

    def enter(self, by: Mandate) -> bool:
        """True when the team stands; otherwise the refusal stands beside its field."""
        attempted(self, self.found, by=by)
        return not self.errors


class MailForm(forms.Form):
    """Where a test goes; the address is kept nowhere."""

    address = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)

    def send(self, by: Mandate) -> bool:
        """True when the server took the test; otherwise the form says what it answered."""
        try:
            send_mail(
                _("A test from Timpora"),
                _("This e-mail shows that Timpora reaches you. There is nothing to do."),
                None,
                [self.cleaned_data["address"]],
            )
        except (SMTPException, OSError) as fault:
            said = _(
                "The e-mail server did not take it (%(fault)s). Check EMAIL_HOST and what belongs to it."
            )
            self.add_error("address", said % {"fault": type(fault).__name__})
            return False
        with book.writing():
            book.record("mail.tested", by=by, subject="mail")
        return True
