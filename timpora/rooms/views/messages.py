"""What is done in a room: a message sent or taken back, a decision pinned or taken down, messages read."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rooms.forms import MessageForm
from timpora.rooms.models import Message, Pin
from timpora.rooms.sending import LARGEST
from timpora.rooms.views.rooms import page, visible
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms.refused import add_refusal
from timpora.uploads import files_up_to


@require_POST
@mandate_required()
@files_up_to(LARGEST)
def messages(request: MandatedRequest, pk: int) -> HttpResponse:
    """Sends a message into a room."""
    thread = visible(request, pk)
    form = MessageForm(request.POST, request.FILES, thread=thread, by=request.mandate, label_suffix="")
    if form.is_valid():
        try:
            return _see(form.send())
        except Conflict as refusal:
            return page(request, visible(request, pk), refusal=refusal)
        except Refusal as refusal:
            add_refusal(form, refusal)
    return page(request, visible(request, pk), form)


def _see(message: Message) -> HttpResponse:
    return HttpResponseRedirect(message.door, status=303)


@require_POST
@mandate_required()
def reading(request: MandatedRequest, pk: int) -> HttpResponse:
    """What an open page has shown its reader is read."""
    number = request.POST.get("number", "")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        visible(request, pk).read_up_to(int(number), by=request.mandate)
    return HttpResponse(status=204)


def _refused(request: MandatedRequest, refusal: Refusal, pk: int) -> HttpResponse:
    return page(request, visible(request, _message(request, pk).thread_id), refusal=refusal)


@require_POST
@mandate_required()
@refusals_to(_refused)
def withdrawal(request: MandatedRequest, pk: int) -> HttpResponse:
    """Takes one's own message back."""
    message = _message(request, pk)
    message.withdraw(by=request.mandate)
    return _see(message)


@require_POST
@mandate_required()
@refusals_to(_refused)
def pin(request: MandatedRequest, pk: int) -> HttpResponse:
    """Pins a message as a decision."""
    message = _message(request, pk)
    message.pin(by=request.mandate)
    return _see(message)


def _lifting_refused(request: MandatedRequest, refusal: Refusal, pk: int) -> HttpResponse:
    return page(request, visible(request, _pin(request, pk).message.thread_id), refusal=refusal)


@require_POST
@mandate_required()
@refusals_to(_lifting_refused)
def lifting(request: MandatedRequest, pk: int) -> HttpResponse:
    """Takes a decision down."""
    found = _pin(request, pk)
    found.lift(by=request.mandate)
    return _see(found.message)


def _message(request: MandatedRequest, pk: int) -> Message:
    found = Message.objects.visible_to(request.mandate).select_related("thread", "mandate")
    message: Message = get_object_or_404(found, pk=pk)
    return message


def _pin(request: MandatedRequest, pk: int) -> Pin:
    found = Pin.objects.visible_to(request.mandate).select_related("message__thread")
    pinned: Pin = get_object_or_404(found, pk=pk)
    return pinned
