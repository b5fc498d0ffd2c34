"""A list's file: under which record, of which regency, as of which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area, Jurisdiction
from timpora.exchange import words
from timpora.exchange.dry_run import PDF
from timpora.exchange.lists.faults import FILE, LIMITS
from timpora.exchange.models import Batch, Sharing
from timpora.exchange.models.sent import Sent
from timpora.team.models import Mandate
from timpora.widgets import Answers, Spreadsheet

TOO_LARGE = FILE["too_large"]
WHOLE = (("whole", _("The whole list")), ("more", _("Additions to the list sent before")))


class _Regencies(forms.ModelChoiceField):
    def label_from_instance(self, obj: Area) -> str:
        return obj.full_name


class _Sharings(forms.ModelChoiceField):
    def label_from_instance(self, obj: Sharing) -> str:
        return f"{words.kind(obj.kind)} · {obj.paper_number}"


class UploadForm(forms.Form):
    """One file of one list."""

    sharing = _Sharings(label=_("List"), queryset=Sharing.objects.none(), empty_label=_("Choose a list"))
    area = _Regencies(
        label=_("It speaks of"), queryset=Area.objects.none(), empty_label=_("Choose a regency")
    )
    as_of = forms.DateField(
        label=_("State of the list on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day the list was true, not the day it is sent."),
    )  # fmt: skip
    extent = forms.ChoiceField(
        label=_("What it holds"), choices=WHOLE, widget=Answers(tall=True), required=False
    )
    file = forms.FileField(
        label=_("File"), required=False,
        widget=Spreadsheet(LIMITS.size, _(TOO_LARGE), ".xlsx,.xls,.ods,.csv,.txt,.pdf"),
        help_text=_("XLSX, XLS, ODS or CSV, as your office keeps it. Titles above the headings do no harm."),
    )  # fmt: skip

    text = forms.CharField(
        label=_("Or the text of one e-ITAS"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=_("Pasted from the permit. It adds one row; its PDF may be sent as a file as well."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sharings = Sharing.objects.open_to(by)
        self.fields["sharing"].queryset = sharings  # type: ignore[attr-defined]
        served = Jurisdiction.objects.live().filter(office__in=sharings.values("office"))
        regencies = Area.objects.live().under(by.codes).filter(pk__in=served.values("area"))
        self.fields["area"].queryset = regencies  # type: ignore[attr-defined]
        if not self.is_bound and sharings.count() == 1:
            self.fields["sharing"].initial = sharings.get()
        if not self.is_bound and regencies.count() == 1:
            self.fields["area"].initial = regencies.get()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("text")
        if bool(file) == bool(pasted):
            if "file" not in self.errors:
                self.add_error("file", _("Choose a file, or paste the text of one e-ITAS."))
            return given
        self.content = file.read() if file else str(pasted).encode()
        if file and file.size > LIMITS.size:
            self.add_error("file", _(TOO_LARGE))
        self.single = bool(pasted) or self.content.startswith(PDF)
        if not self.single and not given.get("extent"):
            self.add_error("extent", _("Say whether this is the whole list."))
        return given

    def receive(self, by: Mandate) -> Batch:
        """The list. Raises Refusal."""
        given, file = self.cleaned_data, self.cleaned_data["file"]
        sent = Sent(
            sharing=given["sharing"],
            area=given["area"],
            as_of=given["as_of"],
            whole=given["extent"] == "whole" and not self.single,
            file_name=file.name if file else "e-ITAS",
            data=self.content,
            single=self.single,
        )
        batch: Batch = Batch.objects.receive(by=by, sent=sent)
        return batch
