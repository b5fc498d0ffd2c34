"""What the tests of this app begin with: a resident, the link they were given, a phone that has opened it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.registry.models import Person
from timpora.rights.models import Link

ANSWERS = {"birth_date_day": "3", "birth_date_month": "5", "birth_date_year": "1990", "number": "4567"}
WRONG = ANSWERS | {"number": "7654"}
ADDRESS = "mess PT Muria Jaya, RT 02/RW 03"


def resident(world: Cast, **more: str) -> Person:
    """Lin Yi-Chun with her passport, verified in Bakalankrapyak."""
    report(world.bakalan, **PASSPORT | more).confirm(by=world.kaliwungu)
    found: Person = Person.objects.latest("pk")
    return found


def link(world: Cast, person: Person, by: Any = None) -> tuple[Link, str]:
    """A link given by her village, or by another mandate, and its code."""
    made: tuple[Link, str] = Link.objects.give(by=by or world.bakalan, person=person)
    return made


def phone(code: str, language: str = "en") -> Client:
    """A browser that has scanned the slip and stands before the questions."""
    client = Client(headers={"accept-language": language})
    answer = client.get(f"/my-data/{code}/")
    assert answer.status_code == 303
    return client


def inside(world: Cast, person: Person, language: str = "en", by: Any = None) -> Client:
    """A browser that has answered and reads the page."""
    client = phone(link(world, person, by)[1], language)
    assert client.post("/my-data/visits/", ANSWERS).status_code == 303
    return client


def slip(answer: Any) -> str:
    """The code on a slip's page."""
    found = re.search(r"/my-data/([2-9A-Z]{28})/", text(answer))
    assert found
    return found[1]


def officer(mandate: Any) -> Client:
    """An officer's browser, in English."""
    client = cast.sign_in(mandate)
    client.cookies["django_language"] = "en"
    return client
