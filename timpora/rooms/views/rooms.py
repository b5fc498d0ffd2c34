"""Rooms: all of one's own, one with its messages, what is new in it, on paper, and found by words."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import etag, require_http_methods, require_safe

from timpora.areas.models import office_of
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.rooms.forgetting import days
from timpora.rooms.forms import MessageForm, SearchForm
from timpora.rooms.models import Reading, Thread
from timpora.rooms.models.thread import version
from timpora.rooms.searching import find
from timpora.rooms.showing import Conversation
from timpora.team.access import MandatedRequest, mandate_required

A_PAGE = 25
PRINTED = 1_000  # messages on paper, the newest


@mandate_required()
@require_safe
def rooms(request: MandatedRequest) -> HttpResponse:
    """The rooms the post sits in, the one written in last ahead."""
    mine = Thread.objects.visible_to(request.mandate).with_unread(request.mandate).newest_first()
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "rooms/rooms.html", {"page": page, "zone": request.mandate.post.zone})


@mandate_required()
@never_cache
@require_safe
def room(request: MandatedRequest, pk: int) -> HttpResponse:
    """One room: its decisions, its newest messages, and the form; opening it reads it."""
    thread = visible(request, pk)
    answer = page(request, thread)
    if request.method == "GET" and _before(request) is None:
        thread.read_up_to(thread.said, by=request.mandate)
    return answer


def page(
    request: MandatedRequest, thread: Thread, form: MessageForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """A room's page; with a form that was refused, or a refusal of anything else done on it."""
    mandate = request.mandate
    read = Reading.objects.of(thread, mandate)
    texts, files = days(thread.area_id)
    context: dict[str, Any] = {
        "thread": thread, "talk": Conversation(thread, mandate, before=_before(request), read=read),
        "form": form or MessageForm(thread=thread, by=mandate, label_suffix=""), "refusal": refusal,
        "tag": tag(thread.pk, thread.version), "posts": thread.posts, "text_days": texts, "file_days": files,
    }  # fmt: skip
    status = refusal.status if refusal else 400 if form else 200
    return render(request, "rooms/room.html", context, status=status)


def _state(request: MandatedRequest, pk: str) -> str:
    found = version(int(pk), request.mandate)
    if found is None:
        raise Http404
    return tag(int(pk), found)


def tag(thread: int, state: int) -> str:
    """The entity tag of a thread's state."""
    return f'"{thread}-{state}"'


@mandate_required()
@require_safe
@cache_control(private=True, no_cache=True)
@etag(_state)
def news(request: MandatedRequest, pk: str) -> HttpResponse:
    """The newest messages and the decisions as they stand: 304, after one query, while nothing changed."""
    thread = visible(request, int(pk))
    context = {"thread": thread, "talk": Conversation(thread, request.mandate)}
    return render(request, "rooms/_talk.html", context)


@mandate_required()
@require_safe
def printed(request: MandatedRequest, pk: int) -> HttpResponse:
    """A room on paper: its decisions, then what was said."""
    thread = visible(request, pk)
    with book.writing():
        book.record("thread.printed", by=request.mandate, area=thread.area_id, subject=thread.cause)
    office = office_of(thread.area_id)
    context = {
        "thread": thread, "talk": Conversation(thread, request.mandate, size=PRINTED),
        "letterhead": office.letterhead_lines if office else [],
    }  # fmt: skip
    return render(request, "rooms/print.html", context)


@mandate_required()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: MandatedRequest) -> HttpResponse:
    """Words found in one's rooms; they are posted, and stand in no address."""
    form = SearchForm(request.POST or None, label_suffix="")
    found = (
        find(form.cleaned_data["words"], by=request.mandate) if form.is_bound and form.is_valid() else None
    )
    context = {"form": form, "found": found, "zone": request.mandate.post.zone}
    return render(request, "rooms/search.html", context, status=400 if form.errors else 200)


def visible(request: MandatedRequest, pk: int) -> Thread:
    """A thread of the mandate's post; 404 for any other."""
    thread: Thread = get_object_or_404(Thread.objects.visible_to(request.mandate), pk=pk)
    return thread


def _before(request: MandatedRequest) -> int | None:
    """The message number before which older ones are asked for; None for the newest."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
