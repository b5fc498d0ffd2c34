"""When the words and files of rooms are forgotten: an office's own numbers of days, kept by the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from timpora.areas.models import Office, office_of
from timpora.rooms.models import Thread


def days(area: str) -> tuple[int, int]:
    """After how many days the words, and the files, of a thread about this area are forgotten."""
    office = office_of(area) or Office()  # above the kabupaten, and where no office answers: what is proposed
    return office.room_days, office.room_file_days


def run() -> int:
    """In how many threads something was forgotten now; a second run finds nothing left."""
    now, forgotten = timezone.now(), 0
    kept: dict[str, tuple[int, int]] = {}
    for thread in Thread.objects.filter(last_at__isnull=False).order_by("pk"):
        if thread.area_id not in kept:
            kept[thread.area_id] = days(thread.area_id)
        texts, files = (now - timedelta(days=each) for each in kept[thread.area_id])
        forgotten += thread.forget(texts=texts, files=files)
    return forgotten
