"""Whoever is known from one statement is what settling that statement would make of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from timpora.exchange.meaning import statement
from timpora.registry.models import (
    Employment,
    Guarantor,
    IdentityDocument,
    Person,
    PersonKey,
    Statement,
    StayPermit,
)
from timpora.registry.models.person import of_statement
from timpora.registry.newcomer import known_from

pytestmark = pytest.mark.django_db
SAID = {
    "names": "Lin Yi-Chun", "family": "LIN", "given": "YI CHUN", "sex": "F", "birth_date": "1990-05-03",
    "nationality": "TWN", "document_kind": "passport", "document_issuer": "TWN",
    "document_until": "2031-01-01", "permit_kind": "ITAS", "permit_until": "2027-01-31",
    "employer": "PT Muria Jaya", "job": "teknisi",
    "guarantor": "PT Muria Jaya", "purpose": "bekerja",
}  # fmt: skip
OWN = {
    "id",
    "person",
    "person_id",
    "statement",
    "statement_id",
    "settled_at",
    "number_key",
    "number_sealed",
    "number",
}


def said(number: str, world: cast.Cast) -> Statement:
    return statement(
        {**SAID, "document_number": number, "permit_number": f"2C{number}"},
        agency_id=world.bakalan.post.agency_id, area_id=world.bakalan.post.area_id, as_of=cast.TODAY,
    )  # fmt: skip


def known(person: Person) -> dict[str, Any]:
    """All that stands of a person but what no two can share."""
    rows = {
        model.__name__: [
            {name: value for name, value in row.items() if name not in OWN}
            for row in model.objects.filter(person=person).order_by("pk").values()
        ]
        for model in (IdentityDocument, Employment, Guarantor, StayPermit)
    }
    keys = sorted(PersonKey.objects.filter(person=person).values_list("key", flat=True))
    itself = Person.objects.filter(pk=person.pk).values().get()
    return {**rows, "keys": keys, **{name: value for name, value in itself.items() if name not in OWN}}


def test_without_looking_for_what_cannot_be_there_the_same_stands_in_the_end(noon: None) -> None:
    world = cast.world()
    short = known_from(said("XR1000001", world))
    long = said("XR1000002", world)
    long.save()
    person = of_statement(long)
    Statement.objects.filter(pk=long.pk).update(person=person)
    person.settle()
    assert known(short) == known(person)
    assert all(
        known(short)[name] for name in ("IdentityDocument", "Employment", "Guarantor", "StayPermit", "keys")
    )
