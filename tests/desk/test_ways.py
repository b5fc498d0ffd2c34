"""The ways: from the first page each role comes to what it works with, without typing an address."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db

WAYS = {
    "bakalan": ("/pocket/", "/pocket/#outbox", "/devices/", "/lodgings/", "/people/{lin}/links/"),
    "kaliwungu": ("/lodgings/", "/lodgings/new/", "/stays/", "/requests/", "/people/", "/notices/"),
    "kudus": ("/lodgings/", "/stays/", "/requests/", "/people/{lin}/", "/counts/33.19/sharing/"),
    "immigration": ("/lodgings/", "/requests/", "/people/{lin}/"),
    "chair": ("/lodgings/", "/requests/", "/people/{lin}/"),
    "operator": ("/line/", "/translations/", "/setup/", "/team/"),
}


def links(client: Client, path: str) -> set[str]:
    answer = client.get(path)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return set()
    return set(re.findall(r'<a[^>]* href="(/[^"]*)"', text(answer)))


@pytest.mark.parametrize("who", WAYS)
def test_what_a_role_works_with_is_two_steps_from_its_first_page(world: Cast, lin: Person, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    first = links(client, "/")
    reached = first.union(*(links(client, path.partition("#")[0]) for path in first))
    assert [way for each in WAYS[who] if (way := each.format(lin=lin.pk)) not in reached] == []
