"""The line for whoever keeps the machine: whether it works, what did not arrive, and how much came."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from timpora.address import address
from timpora.ledger.refusal import Refusal
from timpora.rooms import line
from timpora.rooms.line import sending
from timpora.rooms.models import Binding, Incoming, LineCount, LineNumber, Outgoing
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role

A_PAGE = 25
DAYS = 14


@mandate_required(Role.OPERATOR)
@require_safe
def operating(request: MandatedRequest) -> HttpResponse:
    """The state of the line; without one, what it takes to have one."""
    if not line.is_open():
        return render(request, "rooms/no_line.html", {"missing": line.missing(), "all": len(line.NEEDED)})
    failing = Paginator(Outgoing.objects.failing(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "number": LineNumber.objects.own(),
        "left": sending.left(),
        "page": failing,
        "bound": Binding.objects.live().count(),
        "queued": Outgoing.objects.due().count(),
        "waiting": Incoming.objects.waiting().count(),
        "columns": LineCount.What.choices,
        "days": _days(),
        "webhook": address(reverse("inbound:whatsapp")),
    }
    return render(request, "rooms/line.html", context)


@mandate_required(Role.OPERATOR)
@require_POST
def resending(request: MandatedRequest, pk: int) -> HttpResponse:
    """Sends a notice that failed once more."""
    failed = get_object_or_404(Outgoing.objects.failing(), pk=pk)
    try:
        failed.send_again(by=request.mandate)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is queued anew."))
    return redirect("rooms:line")


def _days() -> list[tuple[date, list[int]]]:
    """The counters of the last days, the newest first; days without any are left out."""
    rows = LineCount.objects.since(timezone.localdate() - timedelta(days=DAYS))
    found: dict[date, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.day, {})[row.what] = row.number
    return [(day, [numbers.get(what, 0) for what in LineCount.What.values]) for day, numbers in found.items()]
