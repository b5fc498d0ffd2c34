"""What is printed: a blank form for a village without a device, and the register of its residents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.registry import permits
from timpora.registry.models import Person, Residence
from timpora.reports import shown
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Post
from timpora.team.roles import WORKING, Sight, Tier

# What the register has of a resident's statements, for posts that read it.
IN_REGISTER = ("permit_until", "visa_until", "employer", "work_area", "rptka_until", "parent")
LEFT_BLANK = 8  # ruled lines below the residents, for the pen


class VillageForm(forms.Form):
    """Which village's register is wanted."""

    area = AreaField(label=_("Village"), levels=(Level.VILLAGE,))


def letterhead(post: Post, village: Area | None = None) -> list[str]:
    """The head of a village's paper, or of the office that prints."""
    if post.office and village is None:
        return list(post.office.letterhead_lines)
    area = village or post.area
    assert area is not None  # a post stands in an area or an office
    line = [step for step in area.line if step.level >= Level.REGENCY]
    return [
        f"PEMERINTAH {line[-1].full_name.upper()}",
        *(step.full_name.upper() for step in reversed(line[:-1])),
    ]


@require_safe
@mandate_required(*WORKING)
def form(request: MandatedRequest) -> HttpResponse:
    """A blank report form, one A4 sheet."""
    post = request.mandate.post
    context = {
        "letterhead": letterhead(post),
        "permits": [kind.name(get_language() or "id") for kind in permits.kinds() if not kind.outside],
        "village": post.area.full_name if request.mandate.tier == Tier.VILLAGE and post.area else "",
        "post": post.title,
        "place": "",
    }
    return render(request, "reports/paper.html", context)


@require_safe
@mandate_required(*WORKING)
def register(request: MandatedRequest) -> HttpResponse:
    """The residents of a village on lined paper; a tier above chooses the village first."""
    village = _village(request)
    if village is None:
        form = VillageForm(request.GET if "area" in request.GET else None, label_suffix="")
        form.fields["area"].narrow(request.mandate.codes)  # type: ignore[attr-defined]
        if not form.is_valid():
            return render(
                request, "reports/register_of.html", {"form": form}, status=400 if form.is_bound else 200
            )
        village = form.cleaned_data["area"]
    with book.writing():
        book.record("register.printed", by=request.mandate, area=village.pk, subject=f"area:{village.pk}")
    mandate = request.mandate
    context: dict[str, Any] = {
        "letterhead": letterhead(mandate.post, village),
        "village": village,
        "rows": _residents(village, mandate.sight),
        "sight": mandate.sight,
        "blank": range(LEFT_BLANK),
        "day": village.today,
        "place": village.name,
        "post": mandate.post.title,
        "name": "",
    }
    return render(request, "reports/register.html", context)


def _village(request: MandatedRequest) -> Area | None:
    """The officer's own village, or the one named by its code; 404 outside the mandate."""
    mandate = request.mandate
    if mandate.tier == Tier.VILLAGE:
        return get_object_or_404(Area.objects.with_line(), pk=mandate.post.area_id)
    named = Area.objects.with_line().filter(pk=request.GET.get("area", ""), level=Level.VILLAGE).first()
    if named and not mandate.reaches(named.pk):
        raise Http404
    return named


def _residents(village: Area, sight: Sight) -> list[dict[str, Any]]:
    """A row for each resident; what is said of permit, work and parent for a post that reads numbers."""
    people = Person.objects.with_statements() if sight.numbers else Person.objects.all()
    homes = Residence.objects.current().filter(area=village).order_by("person__names", "pk")
    return [
        {"person": home.person, "home": home, "born": shown.value_of("birth_date", home.person.birth_date)}
        | (_said(home.person) if sight.numbers else {})
        for home in homes.prefetch_related(Prefetch("person", people))
        if home.person
    ]


def _said(person: Person) -> dict[str, str]:
    said = person.concluded
    return {field: shown.value_of(field, said[field].value) for field in IN_REGISTER if field in said}
