"""`POST /stays/`: guests from a lodging's own system, as JSON, with its token; docs/lodging-api.md."""

from __future__ import annotations

import json
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from timpora.ledger.refusal import Refusal
from timpora.stays import machine
from timpora.stays.models import Token
from timpora.team.models import Mandate

LARGEST = 2 * 2**20  # bytes of a request
GUESTS = 500  # of one request


def received(request: HttpRequest) -> JsonResponse:
    """An answer for each guest, in order; 400 for other JSON, 401 without a token in force, 413, 429."""
    with translation.override(_language(request)):
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return _no(413, "too_large", _("At most 2 MB and 500 guests can be sent at once."))
        token = _token(request)
        if token is None:
            return _unknown(request)
        by = token.mandate
        if by is None:
            return _no(401, "no_host", _("Nobody answers for this lodging at present. Ask your kecamatan."))
        if not ratelimit.consume(request, action="stays", key=str(token.pk)):
            return _no(429, "too_often", _("Too many requests. Try again in a minute; nothing was kept."))
        return _answered(request, by)


def _answered(request: HttpRequest, by: Mandate) -> JsonResponse:
    try:
        items, dry = _asked(request.body)
        answers, sending = machine.tested(items, by=by) if dry else machine.taken(items, by=by)
    except Refusal as refusal:
        return _no(refusal.status, refusal.code, str(refusal), refusal.field)
    accepted = sum(answer["status"] == "accepted" for answer in answers)
    return JsonResponse(
        {"dry_run": dry, "receipt": sending, "accepted": accepted, "answers": answers},
        json_dumps_params={"ensure_ascii": False},
    )


def _asked(body: bytes) -> tuple[list[Any], bool]:
    """The guests of a body, and whether they are only tested. Raises Refusal that names what is wrong."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as fault:
        at = getattr(fault, "pos", 0)
        sentence = _("The body is not JSON: look at character %(n)d.") % {"n": at}
        raise Refusal(sentence, code="not_json") from None
    if not isinstance(said, dict) or set(said) - {"guests", "dry_run"}:
        raise Refusal(_('Send an object with "guests" and, to test, "dry_run".'), code="not_an_object")
    guests, dry = said.get("guests"), said.get("dry_run", False)
    if not isinstance(guests, list) or not guests:
        raise Refusal(_('"guests" is a list with at least one guest.'), field="guests", code="no_guests")
    if len(guests) > GUESTS:
        raise Refusal(_("At most 500 guests can be sent at once."), field="guests", code="too_many")
    if not isinstance(dry, bool):
        raise Refusal(_('"dry_run" is true or false.'), field="dry_run", code="not_a_boolean")
    return guests, dry


def _token(request: HttpRequest) -> Token | None:
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    found: Token | None = Token.objects.of_text(text.strip()) if kind.lower() == "bearer" else None
    return found


def _unknown(request: HttpRequest) -> JsonResponse:
    """No token in force: the same sentence for an unknown, an expired and a revoked one; few tries."""
    if not ratelimit.consume(request, action="stays_refused"):
        return _no(429, "too_often", _("Too many requests. Try again in a minute; nothing was kept."))
    answer = _no(
        401, "token",
        _("The token is missing, unknown, expired or revoked. Your host makes a new one under “Own system”."),
    )  # fmt: skip
    answer["WWW-Authenticate"] = 'Bearer realm="stays"'
    return answer


def _no(status: int, code: str, sentence: str, field: str | None = None) -> JsonResponse:
    said = {"code": code, "sentence": sentence} | ({"field": field} if field else {})
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def _language(request: HttpRequest) -> str:
    """English where a program asks for it, Indonesian otherwise."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "id"
