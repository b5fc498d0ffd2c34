"""The tokens with which a hotel's own system sends its guests."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from timpora.ledger.refusal import Refusal
from timpora.stays.forms.lodging import TokenForm
from timpora.stays.models import Token
from timpora.stays.views.answers import FORM, HOST, own_lodging, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal


@mandate_required(*HOST)
@never_cache
@require_http_methods(FORM)
def tokens(request: MandatedRequest) -> HttpResponse:
    """The lodging's tokens, and a new one, whose text is shown this once."""
    lodging = own_lodging(request.mandate)
    form, text = TokenForm(request.POST or None, label_suffix=""), ""
    if form.is_bound and form.is_valid():
        try:
            _made, text = Token.objects.issue(by=request.mandate, name=form.cleaned_data["name"])
            form = TokenForm(label_suffix="")
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {
        "lodging": lodging, "form": form, "text": text, "tokens": lodging.tokens.order_by("-pk"),
        "address": request.build_absolute_uri(reverse("stays:list")),
    }  # fmt: skip
    return render(request, "stays/tokens.html", context, status=400 if form.is_bound else 200)


@require_POST
@mandate_required(*HOST)
def revocation(request: MandatedRequest, number: int) -> HttpResponse:
    """Nothing is taken any more that is sent with this token."""
    token: Token = get_object_or_404(Token.objects.filter(lodging__post=request.mandate.post_id), pk=number)
    if token.revoked_at is None:
        token.revoke(by=request.mandate)
    return see_other("stays:tokens")
