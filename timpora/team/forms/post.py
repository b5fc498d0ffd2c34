"""A new post: which agency sits where, as what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.forms import AreaField
from timpora.ledger.refusal import Refusal
from timpora.team import authority
from timpora.team.models import Agency, Mandate, Post
from timpora.team.roles import MEMBERS, Role


class PostForm(forms.Form):
    """Agency, role, title and place of a post."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.of_members(), empty_label=_("Choose an agency")
    )
    role = forms.ChoiceField(label=_("Role in Timpora"), help_text=_("It decides what the post sees."))
    title = forms.CharField(
        label=_("Post"), max_length=120, help_text=_("Such as “Sekretaris Desa” or “Kanit Intelkam”.")
    )
    area = AreaField(
        label=_("Area"), required=False, help_text=_("Name or code. Empty: at the immigration office itself.")
    )

    def __init__(self, *args: Any, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        managed = authority.MANAGES[by.role]
        # A lodging's post is opened with the lodging, on a page of its own.
        allowed = [(value, label) for value, label in Role.choices if value in managed and value in MEMBERS]
        self.fields["role"].choices = [("", _("Choose a role")), *allowed]  # type: ignore[attr-defined]
        scope = () if by.is_operator else by.codes
        self.fields["area"].narrow(scope)  # type: ignore[attr-defined]
        if by.post.office_id is None:
            self.fields["area"].required, self.fields["area"].help_text = True, _("Name or code.")

    def open(self) -> Post:
        """The post, still vacant. Raises Refusal when it may not stand there or exists already."""
        given, by = self.cleaned_data, self.by
        area, office = given["area"], None if given["area"] else by.post.office
        place = {"area": area.pk if area else None, "office": office.pk if office else None}
        if not authority.fits(given["role"], **place):
            raise Refusal(
                _("A post of this role does not stand at such a place."), field="area", code="misplaced"
            )
        if not authority.may_manage(by, role=given["role"], **place):
            raise Refusal(_("This place lies outside your mandate."), field="area", code="outside")
        post: Post = Post.objects.open(
            by=by, agency=given["agency"], role=given["role"], title=given["title"], area=area, office=office
        )
        return post
