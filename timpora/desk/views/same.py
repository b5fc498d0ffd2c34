"""One person or two: who may be registered twice, both beside each other, and what was decided."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.desk.beside import Beside
from timpora.ledger import book
from timpora.ledger.answering import both_versions, refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry import duplicates
from timpora.registry.models import Distinct, Merger, Person
from timpora.registry.named import register_number
from timpora.registry.pair import Pair
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING, Role

DECIDING = tuple(role for role in WORKING if role != Role.VILLAGE)
SHOWN = 20
NUMBER = re.compile(r"\s*(?:R\s*-?\s*)?(\d{1,10})\s*", re.IGNORECASE | re.ASCII)


class ReasonForm(forms.Form):
    """Why, in the officer's own words."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        help_text=gettext_lazy("What you looked at, for example both passports. It stands in the ledger."),
        error_messages={"required": gettext_lazy("Please give a reason.")},
    )  # fmt: skip


@require_safe
@mandate_required(*DECIDING)
def pairs(request: MandatedRequest) -> HttpResponse:
    """The pairs of the mandate's area who may be one person, likeliest first, and what was decided last."""
    mandate = request.mandate
    found = duplicates.proposed(mandate)
    context = {
        "pairs": [Beside(pair, mandate, _grounds(proposal)) for pair, proposal in found],
        "mergers": Merger.objects.visible_to(mandate).live().order_by("-pk")[:SHOWN],
        "distincts": Distinct.objects.visible_to(mandate).live().order_by("-pk")[:SHOWN],
    }
    return render(request, "desk/same/pairs.html", context)


def _grounds(proposal: Any) -> list[list[str]]:
    return [[evidence.field, evidence.outcome] for evidence in proposal.evidence]


@require_safe
@never_cache
@mandate_required(*DECIDING)
def beside(request: MandatedRequest, one: int, other: int) -> HttpResponse:
    """Two persons beside each other; that they were compared stands in the ledger for each."""
    pair = _pair(request, one, other)
    if pair.first == pair.second:
        return redirect("desk:person", pair.first.pk)
    with book.writing():
        for person in (pair.first, pair.second):
            book.record("identity.viewed", by=request.mandate, area=person.last_area or "",
                        subject=f"person:{person.pk}")  # fmt: skip
    return _page(request, pair)


@require_safe
@mandate_required(*DECIDING)
def chosen(request: MandatedRequest, pk: int) -> HttpResponse:
    """On to the comparison with the person whose register number was written."""
    mine = Person.objects.visible_to(request.mandate)
    person = get_object_or_404(mine, pk=pk)
    written = request.GET.get("number", "")
    number = NUMBER.fullmatch(written)
    other = mine.numbered(int(number[1])).first() if number else None
    if other is not None and other != person:
        return redirect("desk:beside", person.pk, other.pk)
    refusal = _("Nobody else of your area has this register number. That says nothing about other areas.")
    context = {"person": person, "written": written, "refusal": refusal if written else ""}
    return render(request, "desk/same/choose.html", context, status=400 if written else 200)


def _refused(request: MandatedRequest, refusal: Refusal, one: int, other: int) -> HttpResponse:
    """Both persons with the sentence, the reason kept; where something changed meanwhile, that."""
    if isinstance(refusal, Conflict):
        return both_versions(request, refusal, here=reverse("desk:beside", args=[one, other]))
    return _page(request, _pair(request, one, other), refusal)


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_refused)
def merger(request: MandatedRequest, one: int, other: int) -> HttpResponse:
    """The word that they are one."""
    pair, said = _pair(request, one, other), request.POST
    made = Merger.objects.join(pair.first, pair.second, by=request.mandate, reason=said.get("reason", ""),
                               seen=said.get("seen", ""))  # fmt: skip
    messages.success(request, _("They are one person now. If that was a mistake, take it back here."))
    return _see("desk:merger", made.pk)


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_refused)
def distinction(request: MandatedRequest, one: int, other: int) -> HttpResponse:
    """The word that they are two."""
    pair, said = _pair(request, one, other), request.POST
    Distinct.objects.keep(pair.first, pair.second, by=request.mandate, reason=said.get("reason", ""),
                          seen=said.get("seen", ""))  # fmt: skip
    messages.success(request, _("They stay two persons, and are not proposed again."))
    return _see("desk:duplicates")


@require_safe
@mandate_required(*DECIDING)
def decided(request: MandatedRequest, pk: int, kind: type[Merger] | type[Distinct]) -> HttpResponse:
    """One word that was given, and the way to take it back."""
    return _decided(request, _word(request, pk, kind))


def _undoing_refused(request: MandatedRequest, refusal: Refusal, pk: int, kind: Any) -> HttpResponse:
    return _decided(request, _word(request, pk, kind), refusal)


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_undoing_refused)
def undoing(request: MandatedRequest, pk: int, kind: type[Merger] | type[Distinct]) -> HttpResponse:
    """Takes a word back, with a reason."""
    word = _word(request, pk, kind)
    word.undo(by=request.mandate, reason=request.POST.get("reason", ""))
    parted = _("They are two persons again, each as before.")
    again = _("Taken back. Where they look alike they are proposed again.")
    messages.success(request, parted if kind is Merger else again)
    return _see("desk:duplicates")


def _pair(request: MandatedRequest, one: int, other: int) -> Pair:
    mine = Person.objects.visible_to(request.mandate).with_home().with_departure()
    first, second = (get_object_or_404(mine.numbered(number)) for number in (one, other))
    return Pair.of(first, second)


def _word(request: MandatedRequest, pk: int, kind: type[Merger] | type[Distinct]) -> Any:
    return get_object_or_404(kind.objects.visible_to(request.mandate), pk=pk)


def _page(request: MandatedRequest, pair: Pair, refusal: Refusal | None = None) -> HttpResponse:
    form = ReasonForm(request.POST or None, label_suffix="")
    context = {"beside": Beside(pair, request.mandate), "form": form, "refusal": refusal}
    return render(request, "desk/same/beside.html", context, status=refusal.status if refusal else 200)


def _decided(request: MandatedRequest, word: Any, refusal: Refusal | None = None) -> HttpResponse:
    numbers = (word.kept, word.merged) if isinstance(word, Merger) else (word.first, word.second)
    mine = Person.objects.visible_to(request.mandate)
    seen = [mine.numbered(number).first() for number in numbers]
    context = {
        "word": word, "is_merger": isinstance(word, Merger), "numbers": [register_number(n) for n in numbers],
        "persons": list(dict.fromkeys(person for person in seen if person)),
        "may_undo": word.undone_at is None and word.may_be_undone(request.mandate), "refusal": refusal,
        "form": ReasonForm(request.POST or None, label_suffix=""),
    }  # fmt: skip
    return render(request, "desk/same/decided.html", context, status=refusal.status if refusal else 200)


def _see(to: str, *args: Any) -> HttpResponse:
    return HttpResponseRedirect(reverse(to, args=args), status=303)
