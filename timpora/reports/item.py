"""What a form says of itself, so that a phone whose network fails while sending can put it away instead."""

from __future__ import annotations

import json

from timpora.registry.models import Person
from timpora.registry.version import seen, version
from timpora.team.models import Mandate
from timpora.team.roles import Role


def of_form(mandate: Mandate, kind: str, **about: str) -> str:
    """The hidden field: whose form it is, of which kind, ids and codes about it. "" where the role works
    with a network only.
    """
    return _text(mandate, {"kind": kind, "about": about})


def of_resident(mandate: Mandate, person: Person, kind: str) -> str:
    """The same of a form about a resident (read `with_home`), with the record as the page showed it."""
    about = {"person": str(person.pk), "kind": kind, "version": version(person)}
    return _text(mandate, {"kind": "resident", "about": about, "seen": seen(person)})


def _text(mandate: Mandate, said: dict[str, object]) -> str:
    return json.dumps({"user": mandate.user_id, **said}) if mandate.role == Role.VILLAGE else ""
