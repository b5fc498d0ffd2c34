"""User names made from a post and its place, nobody has to invent one: "desa-bakalankrapyak"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

from django.utils.text import slugify

from timpora.areas import naming
from timpora.team.models import User
from timpora.team.roles import Role

if TYPE_CHECKING:
    from timpora.team.models import Post

SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}", re.ASCII)
LONGEST = 50  # leaves room for a number
WORDS = {Role.VILLAGE: "desa", Role.DISTRICT: "kec", Role.SECRETARY: "kab"}


def proposed(post: Post) -> str:
    """The name a post suggests; several people may be proposed the same one."""
    if post.role == Role.LODGING:
        return slugify(post.title)[:LONGEST] or post.agency_id
    word = WORDS.get(Role(post.role), post.agency_id)
    if post.area is None:
        place = (post.office_id or "").removeprefix("kanim-")
    else:
        place = naming.bare(post.area.pk, post.area.name)
        word = post.area.kind if post.role == Role.VILLAGE else word
    return slugify(f"{word}-{place}")[:LONGEST]


def free(post: Post, taken: Iterable[str] = ()) -> str:
    """The proposed name, or the first "-2", "-3" … that nobody has and `taken` does not hold."""
    first, held = proposed(post), set(taken)
    held |= set(User.objects.filter(username__startswith=first).values_list("username", flat=True))
    return first if first not in held else next(
        name for number in count(2) if (name := f"{first}-{number}") not in held
    )  # fmt: skip


def is_name(text: str) -> bool:
    """Whether a text may be a user name: three or more small letters, digits, dots, dashes; no number."""
    return SHAPE.fullmatch(text) is not None and not text.isdigit()
