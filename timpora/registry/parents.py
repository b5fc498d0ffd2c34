"""Naming a child's parent: a resident one may see, or words alone while the parent is not registered.

Whether somebody is registered outside the mandate is never told: such a number is as unknown as one that
nobody has, and a name is compared with the residents of one area only.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Refusal
from timpora.registry import named
from timpora.registry.models import FamilyLink, Person
from timpora.registry.names import key
from timpora.team.models import Mandate
from timpora.team.roles import Tier

NUMBER = re.compile(r"(?:^|\()\s*R\s*-?\s*(\d{1,10})\s*\)?\s*$", re.IGNORECASE | re.ASCII)
LISTED = 50  # as many as a village's first page shows


def value_of(text: str, *, by: Mandate, area: str, child: str) -> str:
    """The parent as a statement names one: with a register number if a resident of `by`'s sight is meant.

    `text` is a register number, or a name that is compared with the residents of `area`; `child` is the
    child's own name. Raises Refusal for a number nobody in sight has, and for a name that several have.
    """
    number = NUMBER.search(text)
    if number:
        return named.person(_in_sight(int(number[1]), by))
    if not text or key(text) == key(child):
        return text
    called = Person.objects.residents_of(by).living_in((area,)).filter(name_key=key(text))[:2]
    if len(called) > 1:
        raise Refusal(
            _("Several residents are called so. Write the register number from the person's page, such as"
              " R-000012."),
            field="parent", code="parent_several",
        )  # fmt: skip
    return named.person(called[0]) if called else text


def check(value: str, *, by: Mandate, child: str, person: Person | None = None) -> None:
    """Raises Refusal where `value` names nobody in sight, or the child itself.

    `child` is the child's name, `person` the child where it is registered already.
    """
    number = named.person_number(value)
    parent = _in_sight(number, by) if number else None
    if (parent is None and key(value) == key(child)) or (parent is not None and parent == person):
        raise Refusal(
            _("Nobody is their own parent. A parent of the same name is named by the register number."),
            field="parent", code="parent_self",
        )  # fmt: skip
    # Only posts that read family links are told of one.
    reads_links = parent is not None and person is not None and by.sight.numbers
    if reads_links and FamilyLink.objects.filter(person=parent, parent=person).exists():
        raise Refusal(
            _("This person is registered as a child of the one you correct. Correct that page first."),
            field="parent", code="parent_circle",
        )  # fmt: skip


def known(by: Mandate) -> list[str]:
    """The residents a village officer may choose from; other posts write a name or a number."""
    if by.tier != Tier.VILLAGE:
        return []
    return [
        named.person(person) for person in Person.objects.residents_of(by).order_by("names", "pk")[:LISTED]
    ]


def _in_sight(number: int, by: Mandate) -> Person:
    person: Person | None = Person.objects.residents_of(by).numbered(number).first()
    if person is None:
        raise Refusal(
            _("No resident of your area has this register number. That says nothing about other areas."),
            field="parent", code="parent_unknown",
        )  # fmt: skip
    return person
