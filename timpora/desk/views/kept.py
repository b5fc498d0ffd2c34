"""The form that was sent after its session had ended."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from timpora.desk.kept import held, let_go


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """The kept form, to be sent now under the mandate it was written for; POST throws it away."""
    form = held(request)
    if request.method == "POST" or form is None:
        let_go(request)
        return redirect("desk:home")
    mandates = {str(mandate.pk): mandate for mandate in request.mandates}  # type: ignore[attr-defined]
    if form["mandate"] in mandates:
        request.session["mandate"] = mandates[form["mandate"]].pk
    return render(request, "desk/kept.html", {"form": form})
