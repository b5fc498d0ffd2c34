"""Whose request it is to answer, and what keeps its words."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import BAKALAN, DEMAK, JEPARA, KALIWUNGU, Cast, report
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Person, Request
from timpora.registry.models.request import LONGEST, tier_for
from timpora.registry.rotation import SEALED
from timpora.team.roles import Tier
from timpora.vault import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def person(world: Cast) -> Person:
    report(world.bakalan).confirm(by=world.kaliwungu)
    found: Person = Person.objects.get()
    return found


def made(person: Person, kind: str = "correction", **said: str) -> Request:
    words = said or {"words": "namanya keliru", "address": "Jalan Baru 1"}
    asked: Request = Request.objects.make(
        by=book.SUBJECT, person=person, kind=kind, said=words, cause="link:1"
    )
    return asked


@pytest.mark.parametrize(
    ("kind", "area", "tier"),
    [
        ("address", BAKALAN, Tier.DISTRICT),
        ("address", KALIWUNGU, Tier.DISTRICT),
        ("address", "33.19", Tier.REGENCY),  # the address is not known to the kecamatan, or hidden from it
        ("correction", DEMAK, Tier.REGENCY),
        ("access", BAKALAN, Tier.REGENCY),
        ("objection", BAKALAN, Tier.OFFICE),
        ("objection", JEPARA, Tier.REGENCY),  # no office answers there
    ],
)
def test_the_tier_that_answers_follows_from_kind_and_area(
    world: Cast, kind: str, area: str, tier: Tier
) -> None:
    assert tier_for(kind, area) == tier


def test_every_request_is_visible_to_its_tier_and_those_above_alone(world: Cast, person: Person) -> None:
    for kind in Request.Kind.values:
        made(person, kind)
    seen = {
        name: {each.kind for each in Request.objects.visible_to(mandate)}
        for name, mandate in world.everyone().items()
    }
    assert {name: kinds for name, kinds in seen.items() if kinds} == {
        "kaliwungu": {"address"},
        "kudus": {"address", "correction", "access"},
        "immigration": set(Request.Kind.values),
        "chair": set(Request.Kind.values),
    }
    assert not Request.objects.visible_to(None).exists()


def test_with_every_tier_below_vacant_the_office_answers(world: Cast, person: Person) -> None:
    made(person, "address")
    for mandate in (world.kaliwungu, world.kudus):
        assert not Request.objects.awaiting(world.chair).exists()
        mandate.end(by=cast.SYSTEM)
    assert Request.objects.awaiting(world.chair).exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("gossip", {"words": "x"}),
        ("correction", {"words": "  "}),
        ("correction", {"address": "x"}),
        ("address", {"words": "x"}),
        ("objection", {"words": "x" * (LONGEST + 1)}),
    ],
)
def test_a_request_that_asks_nothing_leaves_no_row_and_no_entry(
    person: Person, kind: str, said: dict[str, str]
) -> None:
    with pytest.raises(Refusal):
        Request.objects.make(by=book.SUBJECT, person=person, kind=kind, said=said, cause="link:1")
    assert not Request.objects.exists()
    assert not Entry.objects.filter(action="request.made").exists()


def test_an_answered_request_may_be_asked_again(world: Cast, person: Person) -> None:
    first = made(person)
    first.close(by=world.kudus, outcome="done", reason="sudah")
    assert made(person).pk != first.pk
    with pytest.raises(Conflict):
        first.close(by=world.kudus, outcome="kept", reason="lagi")
    assert first.answer is not None


@pytest.mark.parametrize("who", ["kaliwungu", "bakalan", "demak_regency", "labour", "operator"])
def test_only_its_tier_or_one_above_closes_it(world: Cast, person: Person, who: str) -> None:
    asked = made(person)
    with pytest.raises(Refusal):
        asked.close(by=getattr(world, who), outcome="done", reason="sudah")
    asked.close(by=world.chair, outcome="done", reason="sudah")


def test_words_move_to_a_new_key_with_the_rest(world: Cast, person: Person) -> None:
    asked = made(person)
    asked.close(by=world.kudus, outcome="done", reason="sudah diperbaiki")
    columns = [
        each for each in SEALED if each.model._meta.label in ("registry.Request", "registry.RequestClosure")
    ]
    assert len(columns) == 2
    for column in columns:
        assert [column.text(row)[:3] for row in column.sealed()] == ["v1."]
        assert not column.behind(current().version).exists()


def test_somebody_who_lives_nowhere_now_asks_where_they_lived_last(world: Cast, person: Person) -> None:
    report(world.bakalan, kind="left", person=person, left="abroad").confirm(by=world.kaliwungu)
    assert made(Person.objects.get()).area_id == BAKALAN
