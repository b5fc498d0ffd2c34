"""The forms of the page that opens without network: those of the site, without a word about anybody."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language

from timpora.recaps.models import Answer
from timpora.registry import nations
from timpora.registry.models import Person
from timpora.reports.forms import ReportForm, ResidentForm
from timpora.reports.forms.fields import NationField
from timpora.reports.forms.photo import PhotoField
from timpora.reports.forms.resident import FIELDS
from timpora.reports.views.resident import QUESTIONS
from timpora.team.models import Mandate
from timpora.widgets import Suggest


def report(mandate: Mandate) -> ReportForm:
    """The form for somebody new. The names of residents, offered as parents elsewhere, stay out of it."""
    form = ReportForm(mandate=mandate, label_suffix="", auto_id="report_%s")
    form.fields["photo"] = PhotoField()  # shown where the list says so: the page is the same for all
    form.unfold()
    _without_server(form)
    return form


def resident(mandate: Mandate) -> list[tuple[str, str, ResidentForm]]:
    """A form for each thing that may have happened to a resident: kind, question, form."""
    found = []
    for kind, question in QUESTIONS:
        form = ResidentForm(
            kind=kind, person=Person(), mandate=mandate, label_suffix="", auto_id=f"{kind}_%s"
        )
        form.fields["photo"] = PhotoField()
        _without_server(form)
        found.append((str(kind), str(question), form))
    assert {kind for kind, _question, _form in found} == set(FIELDS)
    return found


def answers() -> list[tuple[str, str]]:
    """The words with which a village answers for a resident in its monthly return."""
    return [(word.value, str(capfirst(word.label))) for word in Answer.Word]


def nation_names() -> list[str]:
    """Every country as the field for a nationality reads it back."""
    return [f"{name} ({code})" for code, name in nations.choices(get_language() or "id")]


def _without_server(form: forms.Form) -> None:
    """No field asks the server for suggestions, and none names a resident."""
    for name, field in form.fields.items():
        if isinstance(field.widget, Suggest):
            listed = {"list": "pocket-nations"} if isinstance(field, NationField) else {}
            field.widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false", **listed})
        if name == "parent":
            field.widget.options = list
