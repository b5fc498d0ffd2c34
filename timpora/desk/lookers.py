"""Who looked at a person's record: by post, when and why, from the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from timpora.desk.acts import sentence
from timpora.desk.way import in_words
from timpora.ledger.models import Detail, Entry
from timpora.registry.models import Disclosure, Person
from timpora.team.models import Post

LOOKING = (
    "person.opened",
    "number.revealed",
    "person.corrected",
    "person.requested",
    "report.viewed",
    "photo.viewed",
    "identity.viewed",
    "claim.viewed",
)


class Look(NamedTuple):
    """One look: by which post, when, what it did, and what for; for a plain look the way it came."""

    post: str
    at: datetime
    act: str
    purpose: str


def looks(person: Person, limit: int = 50) -> list[Look]:
    """The latest looks at a person, and at the reports and questions about them, newest first.

    By post, never an officer's name.
    """
    subjects = [f"person:{person.pk}"]
    subjects += [f"report:{pk}" for pk in person.reports.values_list("pk", flat=True)]
    subjects += [f"claim:{pk}" for pk in person.claims.values_list("pk", flat=True)]
    entries = list(Entry.objects.filter(subject__in=subjects, action__in=LOOKING).order_by("-number")[:limit])
    posts = posts_of(entries)
    purposes = _purposes(entries)
    return [
        Look(posts.get(e.post or 0, "–"), e.moment, sentence(e.action), purposes.get(e.number) or way(e))
        for e in entries
    ]


def way(entry: Entry) -> str:
    """How the page was come to, for an entry that only says that it was opened."""
    return in_words(entry.fields) if entry.action == "person.opened" else ""


def posts_of(entries: Iterable[Entry]) -> dict[int, str]:
    """The names of the posts that acted, by their id."""
    wanted = {entry.post for entry in entries if entry.post}
    return {
        post.pk: str(post) for post in Post.objects.filter(pk__in=wanted).select_related("area", "office")
    }


def _purposes(entries: Iterable[Entry]) -> dict[int, str]:
    """The stated purposes of the entries that have one; gone where they were erased."""
    known = dict(Disclosure.Purpose.choices)
    rows = Detail.objects.filter(entry__in=[entry.number for entry in entries if entry.detail])
    found = {row.entry: json.loads(row.values) for row in rows}
    return {
        number: str(known.get(values.get("purpose", ""), values.get("reason", "")))
        for number, values in found.items()
    }
