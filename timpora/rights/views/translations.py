"""The texts of the foreign nationals' pages for whoever reads the language, and the signature under them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation as translating
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger.answering import both_versions, refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rights.mine.languages import LANGUAGES, TRANSLATED, Text, digest_of, direction, texts
from timpora.rights.models import TranslationReview
from timpora.rights.models.review import SIGNING
from timpora.team.access import MandatedRequest, mandate_required


def _refused(request: MandatedRequest, refusal: Refusal, language: str) -> HttpResponse:
    if isinstance(refusal, Conflict):
        return both_versions(request, refusal, here=reverse("rights:translation", args=[language]))
    return _page(request, language, refusal)


@require_safe
@mandate_required(*SIGNING)
def translations(request: MandatedRequest) -> HttpResponse:
    """Which languages a reader stands by, and which are marked as machine translation."""
    rows = [(code, LANGUAGES[code], TranslationReview.objects.of(code)) for code in TRANSLATED]
    return render(request, "rights/translations.html", {"rows": rows})


@require_safe
@mandate_required(*SIGNING)
def translation(request: MandatedRequest, language: str) -> HttpResponse:
    """Every text of a language beside its Indonesian and English."""
    return _page(request, _known(language))


@require_POST
@mandate_required(*SIGNING)
@refusals_to(_refused)
def reviews(request: MandatedRequest, language: str) -> HttpResponse:
    """A reader's office stands by these very texts: the mark goes, until one of them changes."""
    said = request.POST
    TranslationReview.objects.sign(
        by=request.mandate,
        language=_known(language),
        reader=said.get("reader", ""),
        seen=said.get("seen", ""),
    )
    messages.success(request, _("Signed. The pages in this language no longer carry the mark."))
    return redirect("rights:translations")


def _known(language: str) -> str:
    if language not in TRANSLATED:
        raise Http404
    return language


def _page(request: MandatedRequest, language: str, refusal: Refusal | None = None) -> HttpResponse:
    with translating.override("id"):
        rows = [(_indonesian(each), each.english, each.said) for each in texts(language)]
    context = {
        "language": language,
        "name": LANGUAGES[language],
        "direction": direction(language),
        "rows": rows,
        "seen": digest_of(language),
        "signed": TranslationReview.objects.of(language),
        "refusal": refusal,
    }
    return render(request, "rights/translation.html", context, status=refusal.status if refusal else 200)


def _indonesian(text: Text) -> str:
    return pgettext(text.context, text.english) if text.context else _(text.english)
