"""The first page: what waits, what changed, what is due; the number first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timpora.desk import duty
from timpora.desk.awaiting import awaiting
from timpora.desk.doors import address
from timpora.desk.nearby import changes
from timpora.desk.views.ledger import last_check, today_count
from timpora.recaps import states
from timpora.recaps.counting import Figures, counts
from timpora.registry.models import Person
from timpora.reports.models import Report
from timpora.stays import shown as guests
from timpora.stays.models import Lodging, Stay
from timpora.team.models import Mandate, Post
from timpora.team.roles import Role

LISTED = 50  # residents on a village's first page; a mess of hundreds is searched


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page of the acting mandate's role; a calm page for who has no mandate at present."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    mandate: Mandate | None = request.mandate  # type: ignore[attr-defined]
    if mandate is None:
        return render(request, "desk/home/nobody.html")
    template, context = PAGES.get(mandate.role, ("desk/home/tier.html", tier))
    return render(request, template, {"mandate": mandate, **context(mandate)})


def village(mandate: Mandate) -> dict[str, Any]:
    """The residents with their states, the reports under way, this month's return."""
    persons = Person.objects.residents_of(mandate).with_home().order_by("names", "pk")
    under_way = Report.objects.visible_to(mandate).submitted().filter(person__isnull=True)
    month, own = duty.month_to_answer(mandate), place(mandate)
    return {
        "figures": own_figures(mandate),
        "items": awaiting(mandate),
        "residents": states.residents(persons[:LISTED], mandate),
        "under_way": under_way.with_people().order_by("-pk")[:LISTED],
        "checked": set(under_way.doubtful().values_list("pk", flat=True)),
        "month": duty.name_of(month) if month else "",
        "due_on": duty.last_day(month, own) if month else None,
        "report": address("reports:new"),
        "answer": address("recaps:return", own, str(month)) if month else "",
        "today": mandate.post.today,
    }


def tier(mandate: Mandate) -> dict[str, Any]:
    """What a confirming tier has before it; its own number, what waits, what changed."""
    items = awaiting(mandate)
    return {
        "figures": own_figures(mandate),
        "items": items,
        "step": next((item for item in items if item.step and item.href), None),
        "changes": changes(mandate),
        "counts": address("recaps:counts", place(mandate)),
        "today": mandate.post.today,
    }


def reader(mandate: Mandate) -> dict[str, Any]:
    """A reader of figures: no names, nothing to decide."""
    return {
        "figures": own_figures(mandate), "changes": changes(mandate), "today": mandate.post.today,
        "counts": address("recaps:counts", place(mandate)),
    }  # fmt: skip


def watcher(mandate: Mandate) -> dict[str, Any]:
    """A reader of the ledger: how much was done today, and whether the chain was checked."""
    return {"entries": today_count(mandate), "check": last_check(), "changes": changes(mandate)}


def operator(mandate: Mandate) -> dict[str, Any]:
    """The system's keeper: seats, not persons."""
    posts = Post.objects.visible_to(mandate)
    return {
        "seated": posts.held().count(), "vacant": posts.vacant().count(), "items": awaiting(mandate),
        "setup": address("desk:setup"), "team": address("team:list"),
    }  # fmt: skip


def lodging(mandate: Mandate) -> dict[str, Any]:
    """A lodging's desk: who is in the house, who comes in, who leaves."""
    house = Lodging.objects.with_places().filter(post=mandate.post_id).first()
    here = Stay.objects.none() if house is None else Stay.objects.here().filter(lodging=house)
    return {
        "house": house, "number": here.count(), "today": mandate.post.today,
        "guests": guests.guests(here.with_all().order_by("-arrived_on", "-pk")[:LISTED], mandate),
    }  # fmt: skip


PAGES: dict[str, tuple[str, Callable[[Mandate], dict[str, Any]]]] = {
    Role.VILLAGE: ("desk/home/village.html", village),
    Role.COUNTS: ("desk/home/reader.html", reader),
    Role.CONTRIBUTOR: ("desk/home/reader.html", reader),
    Role.PROTECTION: ("desk/home/watcher.html", watcher),
    Role.AUDITOR: ("desk/home/watcher.html", watcher),
    Role.OPERATOR: ("desk/home/operator.html", operator),
    Role.LODGING: ("desk/home/lodging.html", lodging),
}


def place(mandate: Mandate) -> str:
    """The code under which the mandate's own figures are counted: its office, or its area."""
    return str(mandate.post.office_id or mandate.post.area_id)


def own_figures(mandate: Mandate) -> Figures:
    return counts(place(mandate))
