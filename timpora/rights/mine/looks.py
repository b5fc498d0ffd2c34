"""Who looked at a person's record, as the person reads it: which kind of post, where, when, and what for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.ledger.models import Detail, Entry
from timpora.registry.models import Disclosure, Person
from timpora.rights.mine.places import Places, isolated
from timpora.rights.models.link import together
from timpora.team.models import Post
from timpora.team.roles import Role

SHOWN = 20
# Only these: what belongs to a case of its own is in none of them. Reasons in an officer's words are left
# out, too; the purpose of an opened number is one of four.
ACTS = {
    "person.opened": _("opened the page about you"),
    "number.revealed": _("opened the number of your document"),
    "person.corrected": _("corrected a value"),
    "person.requested": _("asked to see your data for one day"),
    "report.viewed": _("read a report about you"),
    "photo.viewed": _("looked at the photo of a report about you"),
    "identity.viewed": _("compared two records"),
    "claim.viewed": _("read a question where you live"),
    "link.given": _("gave you a link to this page"),
}


class Look(NamedTuple):
    """One look: by which post, what was done, when, and what for ("" unless it was said)."""

    post: str
    act: str
    at: datetime
    purpose: str


def looks(person: Person, deepest: Level, limit: int = SHOWN) -> list[Look]:
    """The latest looks at what is held of a person, the newest first; never an officer's name."""
    subjects = [f"person:{number}" for number in together(person)]
    subjects += [f"report:{pk}" for pk in person.reports.values_list("pk", flat=True)]
    subjects += [f"claim:{pk}" for pk in person.claims.values_list("pk", flat=True)]
    found = Entry.objects.filter(subject__in=subjects, action__in=ACTS).order_by("-number")
    entries = list(found[:limit])
    posts, purposes = _posts(entries, deepest), _purposes(entries)
    return [
        Look(posts.get(e.post or 0, ""), str(ACTS[e.action]), e.moment, purposes.get(e.number, ""))
        for e in entries
    ]


def _posts(entries: Iterable[Entry], deepest: Level) -> dict[int, str]:
    """ "Village officer, Kecamatan Kaliwungu, Kabupaten Kudus": the role and no title, which may name the
    village.
    """
    wanted = {entry.post for entry in entries if entry.post}
    found = list(Post.objects.filter(pk__in=wanted).select_related("office"))
    places = Places((post.area_id for post in found if post.area_id), deepest)
    return {post.pk: _named(post, places) for post in found}


def _named(post: Post, places: Places) -> str:
    place = post.office.name if post.office else places.name(post.area_id or "")
    return ", ".join(filter(None, (str(Role(post.role).label), isolated(place))))


def _purposes(entries: Iterable[Entry]) -> dict[int, str]:
    known = dict(Disclosure.Purpose.choices)
    opened = [e.number for e in entries if e.action == "number.revealed"]
    said = {row.entry: json.loads(row.values) for row in Detail.objects.filter(entry__in=opened)}
    return {number: str(known.get(values.get("purpose", ""), "")) for number, values in said.items()}
