"""The thread about a list: opened by whoever first has something to say, read by whoever may see the list."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from timpora.areas.codes import ancestors
from timpora.areas.models import office_of
from timpora.exchange import words
from timpora.exchange.models import Batch
from timpora.exchange.models.sharing import LISTING
from timpora.ledger import book
from timpora.rooms.models import Thread
from timpora.team.models import Mandate, Post
from timpora.team.roles import Role


def open_(batch: Batch, *, by: Mandate) -> Thread:
    """The thread of a list, made at the first asking; its audience are the posts that see the list now."""
    with book.writing():
        batch.lock()
        if batch.thread is None:
            thread = Thread.objects.open(
                by=by, kind=Thread.Kind.BATCH, title=title(batch), area=batch.area, posts=readers(batch),
                path=reverse("exchange:batch", args=[batch.pk]),
            )  # fmt: skip
            batch.change(thread=thread)
            return thread
        batch.thread.follow(readers(batch))
        return batch.thread


def follow() -> int:
    """In how many threads of lists somebody came or left: posts and jurisdictions may have changed."""
    batches = Batch.objects.filter(thread__isnull=False).select_related("thread")
    return sum(batch.thread.follow(readers(batch)) for batch in batches if batch.thread)


def readers(batch: Batch) -> list[int]:
    """The posts that see a list, as `Batch.objects.visible_to` has it, whoever holds them; and its giver."""
    found = _over(batch.area_id).filter(role__in=LISTING)
    found = found.exclude(~Q(agency=batch.agency_id), role=Role.CONTRIBUTOR)
    return sorted({batch.post_id, *found.values_list("pk", flat=True)})


def _over(area: str) -> QuerySet[Post]:
    """The posts whose area an area lies in."""
    return Post.objects.filter(Q(area__in=ancestors(area)) | Q(office=office_of(area), office__isnull=False))


def title(batch: Batch) -> str:
    """What a list's thread is called, in the product's language: it is the same for everybody in it."""
    with translation.override("id"):
        day = date_format(batch.as_of, "j F Y")
        return f"{words.kind(batch.kind)} · {batch.agency.short} · {day}"[:160]
