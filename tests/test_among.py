"""However many numbers are asked for, the database is given one value."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timpora.among import Among
from timpora.prepared import Prepared
from timpora.registry.models import Residence
from timpora.team.models import User

pytestmark = pytest.mark.django_db

_users: Prepared[tuple[int]] = Prepared(
    lambda: User.objects.filter(Among("pk", "users")).order_by("pk").values_list("pk")
)


@pytest.fixture
def users() -> list[int]:
    return [User.objects.create(username=f"user{number}").pk for number in range(5)]


@pytest.mark.parametrize("chosen", [(), (0,), (1, 3), (4, 3, 3, 0)])
def test_it_gives_what_in_gives(users: list[int], chosen: tuple[int, ...]) -> None:
    numbers = [users[at] for at in chosen]
    found = set(User.objects.filter(Among("pk", numbers)).values_list("pk", flat=True))
    assert found == set(numbers) == {number for (number,) in _users(users=numbers)}
    assert set(User.objects.exclude(Among("pk", numbers)).values_list("pk", flat=True)) == set(users) - found


@pytest.mark.usefixtures("users")
def test_more_numbers_than_a_statement_has_places_for_are_one_value() -> None:
    most = 2**63 - 1
    numbers = [*range(300_000), most]
    with CaptureQueriesContext(connection) as asked:
        assert User.objects.filter(Among("pk", numbers)).count() == len(_users(users=numbers)) == 5
    assert len(asked) == 2


def test_it_reads_an_index(users: list[int]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")  # of a table this small it reads all
    plan = Residence.objects.filter(Among("person", users)).explain()
    assert "person" in plan and ("Index" in plan or "INDEX" in plan)
