"""Who is seated on a post: somebody new, or a member who is known already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team import user_names
from timpora.team.forms.account import PhoneField
from timpora.team.models import Mandate, Post, User
from timpora.widgets import Answers

_DAY = {"type": "date"}


class PersonForm(forms.Form):
    """Name, number and address of somebody new, or the user name of a member."""

    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("As on the letter of appointment.")
    )
    phone = PhoneField(label=_("Mobile number"), required=False, help_text=_("It may stay empty."))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("It may stay empty. Where the office sends e-mail, the invitation goes there at once."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    known = forms.CharField(
        label=_("Or the user name of a member you know"),
        max_length=60,
        required=False,
        help_text=_("For somebody who already serves in your area and takes this post as well."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("known"):
            self.add_error("name", _("Type the name of the person, or the user name of a member."))
        return cleaned

    def person(self, by: Mandate, post: Post) -> User:
        """The member meant, or a new one who still needs a slip. Raises Refusal beside `known` or `phone`."""
        given = self.cleaned_data
        if given["known"]:
            found: User | None = (
                User.objects.known_to(by).filter(username=given["known"].strip().lower()).first()
            )
            if found is None:
                raise Refusal(
                    _("No member of your area has this user name."), field="known", code="user_unknown"
                )
            return found
        made: User = User.objects.enrol(
            by=by, username=user_names.free(post), name=given["name"], phone=given["phone"] or None,
            email=given["email"],
        )  # fmt: skip
        return made


class AppointmentForm(PersonForm):
    """A person for a post, as its holder or as a deputy with dates."""

    kind = forms.ChoiceField(label=_("As"), choices=Mandate.Kind.choices, widget=Answers(tall=True))
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs=_DAY), help_text=_("Empty: from today.")
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text=_("A deputy needs a last day."),
    )

    def appoint(self, by: Mandate, post: Post) -> Mandate:
        """The mandate. Raises Refusal."""
        given = {name: self.cleaned_data[name] for name in ("kind", "since", "until")}
        with book.writing():
            mandate: Mandate = Mandate.objects.grant(by=by, user=self.person(by, post), post=post, **given)
        return mandate


class HandoverForm(PersonForm):
    """The person a post passes to, at once."""

    def hand_over(self, by: Mandate, held: Mandate) -> Mandate:
        """The new mandate; the old one has ended. Raises Refusal."""
        with book.writing():
            return held.hand_over(by=by, to=self.person(by, held.post))
