"""The receipt of what a lodging sent at once: who, how many; signed, to be checked without a network."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.papers.models import Paper
from timpora.registry import nations
from timpora.stays.models import Sending
from timpora.team.models import Mandate


def issue(sending: Sending, *, by: Mandate, door: str) -> Paper:
    """The one receipt of a sending, issued at the first asking. `door` is the address of the check page."""
    with book.writing():
        sending.refresh_from_db(from_queryset=Sending.objects.select_for_update())
        if sending.paper is not None:
            return sending.paper
        if sending.lodging.post_id != by.post_id:
            raise Refusal(_("Only the lodging itself prints its receipt."), code="not_own")
        with translation.override("id"):  # papers are in the language of the office
            data = content(sending)
        if not data["guests"]:
            raise Conflict(
                _("All of these entries were taken back; there is nothing to give a receipt for."),
                code="nobody",
            )
        issued: Paper = Paper.objects.issue("guests", data, by=by, area=sending.lodging.area, door=door)
        sending.keep(issued)
    return issued


def content(sending: Sending) -> dict[str, Any]:
    """What the receipt says; no number of a document."""
    lodging, stays = sending.lodging, list(sending.stays)
    return {
        "lodging": lodging.name,
        "kind": str(lodging.kind_of.name),
        "address": lodging.address,
        "area": lodging.area.full_name,
        "sender": str(lodging.post),
        "day": timezone.localdate(sending.at, lodging.post.zone).isoformat(),
        "code": lodging.code,
        "count": len(stays),
        "guests": [
            [place, stay.name, nations.name(stay.values["nationality"], "id"), stay.arrived_on.isoformat()]
            for place, stay in enumerate(stays, 1)
        ],
    }
