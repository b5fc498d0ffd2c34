"""Which state of a person's record somebody had before them when they wrote, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from timpora.registry.fields import NEIGHBOURLY
from timpora.registry.models import Person


def seen(person: Person) -> dict[str, str]:
    """What a village sees of its resident (read `with_home`), by field: names, codes and ISO dates."""
    home = person.home
    shown = {name: str(getattr(person, name, "") or "") for name in NEIGHBOURLY}
    return shown | {
        "address": home.address if home else "",
        "since": home.started_on.isoformat() if home else "",
    }


def version(person: Person) -> str:
    """A short digest of what a village sees of its resident; equal as long as none of it has changed."""
    said = "\x1f".join(f"{name}={value}" for name, value in sorted(seen(person).items()))
    return sha256(f"{person.pk}|{said}".encode()).hexdigest()[:16]


def changed(before: dict[str, str], person: Person) -> Iterator[tuple[str, str, str]]:
    """The fields in which the record differs from what was seen: field, as it was, as it is."""
    for name, now in seen(person).items():
        if (was := str(before.get(name) or "")) != now:
            yield name, was, now
