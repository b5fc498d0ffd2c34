"""What identifies a person: the country found while typing, the document number opened for a purpose."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger.refusal import Refusal
from timpora.registry import nations as known
from timpora.registry.models import Disclosure, Person
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import REPORTING, SIGHT

NUMBERS = tuple(role for role, sight in SIGHT.items() if sight.numbers)


@require_safe
@mandate_required(*REPORTING)
def nations(request: MandatedRequest) -> HttpResponse:
    """The countries that the text typed so far may mean: a list's items, nothing around them."""
    language = get_language() or "id"
    found = [
        (nation.code, nation.name(language))
        for nation in known.search(request.GET.get("q", ""), locale=language)
        if nation.kind != "organization" and not nation.indonesian
    ]
    return render(request, "registry/_nations.html", {"nations": found})


@never_cache
@require_POST
@mandate_required(*NUMBERS)
def disclosures(request: MandatedRequest, person: int, document: int) -> HttpResponse:
    """A document's number in clear, once, for the purpose that was given."""
    shown: Person = get_object_or_404(Person.objects.visible_to(request.mandate), pk=person)
    paper = get_object_or_404(shown.documents, pk=document)
    number, refusal = "", None
    try:
        number = Disclosure.objects.reveal(
            by=request.mandate, document=paper, purpose=request.POST.get("purpose", "")
        )
    except Refusal as no:
        refusal = no
    context = {"person": shown, "document": paper, "number": number, "refusal": refusal,
               "purposes": Disclosure.Purpose.choices}  # fmt: skip
    template = "registry/_number.html" if getattr(request, "htmx", False) else "registry/number.html"
    # htmx shows an answer only when it is not an error; the sentence in it says what is missing.
    status = 200 if refusal is None or getattr(request, "htmx", False) else refusal.status
    return render(request, template, context, status=status)
