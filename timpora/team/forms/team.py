"""A team with its decree, and the posts that sit in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.team.models import Mandate, Member, Post, Team

_DAY = {"type": "date"}


class DecreeForm(forms.Form):
    """What a decree says about a team; a new decree for the next period goes in here too."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Such as “Tim Pora Kabupaten Kudus”.")
    )
    decree = forms.CharField(label=_("Decree number"), max_length=120)
    decided_on = forms.DateField(
        label=_("Decree date"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=_("Thirty days before, everybody concerned is reminded."),
    )  # fmt: skip

    def change(self, by: Mandate, team: Team) -> tuple[str, ...]:
        """The fields that changed. Raises Refusal."""
        return team.change(by=by, **self.cleaned_data)


class TeamForm(DecreeForm):
    """A new team."""

    area = AreaField(
        label=_("Area"),
        levels=(Level.REGENCY, Level.DISTRICT),
        help_text=_("A kabupaten, kota or kecamatan."),
    )
    field_order = ("area",)

    def __init__(self, *args: Any, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].narrow(by.codes)  # type: ignore[attr-defined]

    def found(self, by: Mandate) -> Team:
        """The team. Raises Refusal."""
        team: Team = Team.objects.found(by=by, **self.cleaned_data)
        return team


class SeatForm(forms.Form):
    """A post that takes a seat in the team."""

    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), empty_label=_("Choose a post")
    )
    position = forms.ChoiceField(
        label=_("Position in the team"), choices=[("", _("Choose a position")), *Member.Position.choices]
    )

    def __init__(self, *args: Any, by: Mandate, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = team.members.values("post")
        posts = (
            Post.objects.visible_to(by)
            .with_places()
            .exclude(pk__in=seated)
            .order_by("area__level", "area", "title")
        )
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]

    def seat(self, by: Mandate, team: Team) -> Member:
        """The seat. Raises Refusal."""
        return team.seat(by=by, **self.cleaned_data)
