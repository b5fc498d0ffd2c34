"""The patterns page: every component once, with invented examples, to look at and to test."""

from types import SimpleNamespace as Example
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from timpora.reports.forms.photo import PhotoField
from timpora.widgets import Answers, DateParts, Suggest

SECTIONS = {
    "colours": _("Colours and type"),
    "number": _("Number first"),
    "table": _("Table with bars"),
    "badges": _("States"),
    "lists": _("Lists and queues"),
    "buttons": _("Buttons"),
    "fields": _("Form fields"),
    "form-errors": _("Errors in a form"),
    "notices": _("Notices and undo"),
    "empty": _("Empty states"),
    "steps": _("Steps"),
    "timeline": _("Timeline"),
    "facts": _("Facts with their source"),
    "compare": _("Two records side by side"),
    "who": _("Acting for a post"),
    "dialog": _("Dialog and pages of a list"),
    "paper": _("Paper"),
}
PEOPLE = {"Bae": 6, "Dawe": 4, "Gebog": 9, "Jati": 11, "Jekulo": 0, "Kaliwungu": 4, "Kota Kudus": 14}
WAITING = {"Gebog": 1, "Kaliwungu": 1, "Kota Kudus": 2}
VILLAGES = {
    "33.19.01.2001": "Bakalankrapyak",
    "33.19.01.2002": "Prambatan Kidul",
    "33.19.07.2001": "Dersalam",
}
PURPOSES = [("permit", _("To check a stay permit")), ("identity", _("To decide an identity"))]


class PatternForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Name as printed"), help_text=_("As it stands in the passport, also one word.")
    )
    born = forms.CharField(
        label=_("Birth date"), widget=DateParts, help_text=_("Leave empty what is not known.")
    )
    sex = forms.ChoiceField(
        label=_("Sex"), widget=Answers, choices=[("M", _("male")), ("F", _("female")), ("X", _("other (X)"))]
    )
    village = forms.CharField(label=_("Village"), widget=Suggest(url_name="desk:patterns_villages"))
    purpose = forms.ChoiceField(
        label=_("Purpose of stay"), choices=[("", _("Choose")), ("work", _("work")), ("family", _("family"))]
    )
    answer = forms.ChoiceField(
        label=_("Still here?"),
        widget=Answers(tall=True),
        choices=[("here", _("Still lives here")), ("moved", _("Moved")), ("left", _("Left Indonesia"))],
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    list = forms.FileField(label=_("List of members"), required=False, help_text=_("XLSX, at most 5 MB."))
    photo = PhotoField()
    sure = forms.BooleanField(label=_("I have seen this person or spoken with the host"))


def examples() -> dict[str, Any]:
    """What the sections show; every person and number is invented."""
    posts = [
        Example(pk=1, kind="holder", post=Example(title=_("Village secretary"), place="Desa Bakalankrapyak")),
        Example(
            pk=2, kind="holder", post=Example(title=_("Kecamatan secretary"), place="Kecamatan Kaliwungu")
        ),
    ]
    wrong = {
        "name": "",
        "born_day": "30",
        "born_month": "2",
        "born_year": "2031",
        "village": "Bakalan",
        "answer": "here",
    }
    refused = PatternForm(wrong, auto_id="wrong_%s")
    refused.add_error("born", _("This day has not come yet."))
    return {
        "sections": SECTIONS.items(),
        "rows": [(name, people, WAITING.get(name)) for name, people in PEOPLE.items()],
        "form": PatternForm(),
        "refused": refused,
        "purposes": PURPOSES,
        "acting": Example(user="Siti Rahmawati", mandate=posts[0], mandates=posts),
        "page": Paginator(range(60), 20).page(2),
    }


def patterns(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/patterns.html", examples())


def villages(request: HttpRequest) -> HttpResponse:
    """The options below the example's village field, for what was typed so far."""
    typed = request.GET.get("q", "").strip().lower()
    found = [(code, name) for code, name in VILLAGES.items() if typed and typed in name.lower()]
    return render(request, "desk/patterns/_villages.html", {"villages": found})
