"""Persons and statements ready to compare. Asked for every report and row, so the statements are prepared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import FilteredRelation, Q

from timpora.among import Among
from timpora.prepared import Prepared
from timpora.registry.linkage import Profile
from timpora.registry.models.person import Person, last_area
from timpora.registry.models.statement import Statement
from timpora.registry.partial_date import PartialDate


def profile_of(statement: Statement) -> Profile:
    """What a statement says of who it speaks of, ready to compare."""
    values = statement.values
    return Profile(
        person_id=None,
        document_keys=frozenset({statement.document_key} - {""}),
        names=(values["names"],) if values.get("names") else (),
        name_key=statement.name_key,
        birth=PartialDate.parse(values["birth_date"]) if values.get("birth_date") else None,
        nationality=values.get("nationality", ""),
        sex=values.get("sex", ""),
        area=statement.area_id or "",
    )


def profiles_of(persons: Iterable[int]) -> list[Profile]:
    """Those persons, ready to compare, in the order of their numbers; without who was found to be another one
    since.
    """
    said: dict[int, tuple[str, ...]] = {}
    documents: dict[int, set[str]] = defaultdict(set)
    areas: dict[int, str] = {}
    for number, home, document, *values in _described(persons=list(persons)):
        said[number] = tuple(values)
        if home:
            areas[number] = home
        if document:
            documents[number].add(document)
    if elsewhere := said.keys() - areas.keys():
        areas |= {number: area for number, area in _last_areas(persons=elsewhere) if area}
    return [
        Profile(
            person_id=number, document_keys=frozenset(documents[number]), names=(names,), name_key=key,
            birth=PartialDate.kept(birth) if birth else None, nationality=nationality, sex=sex,
            area=areas.get(number, ""),
        )
        for number, (names, key, birth, nationality, sex) in said.items()
    ]  # fmt: skip


def named(persons: Iterable[int], *, at_home: bool) -> list[tuple[int, str, str]]:
    """Each person with the key of their name and, where that is asked, the code of the area they live in."""
    if not at_home:
        return [(number, name, "") for number, name in _names(persons=persons)]
    return [(number, name, home or "") for number, name, home in _names_at_home(persons=persons)]


def _given() -> Any:
    """The persons given, with their current residence as `home`."""
    current = Q(residences__known_until__isnull=True, residences__ended_on__isnull=True)
    given: Any = Person.objects.filter(Among("pk", "persons"))
    return given.annotate(home=FilteredRelation("residences", condition=current))


_names: Prepared[tuple[int, str]] = Prepared(lambda: _given().values_list("pk", "name_key"))
_names_at_home: Prepared[tuple[int, str, str | None]] = Prepared(
    lambda: _given().values_list("pk", "name_key", "home__area")
)
_last_areas: Prepared[tuple[int, str | None]] = Prepared(lambda: _given().values_list("pk", last_area()))
# A row for each document of a person.
_described: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        _given().filter(same_as=None).order_by("pk").values_list(
            "pk", "home__area", "documents__number_key", "names", "name_key", "birth_date", "nationality",
            "sex",
        )
    )
)  # fmt: skip
