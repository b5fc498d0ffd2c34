"""Statements made once: each gives what its queryset gives, whatever is asked before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from timpora.areas.models import Office
from timpora.prepared import insert
from timpora.reports import ladder
from timpora.reports.models import AlreadyReported, Report, Waiting
from timpora.team.backend import Backend
from timpora.team.models import Mandate
from timpora.team.roles import Tier
from timpora.team.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def test_each_officer_gets_their_own_mandates_with_their_places(
    world: Cast, django_assert_num_queries: Any
) -> None:
    for mandate in world.everyone().values():
        plain = Mandate.objects.live().filter(user=mandate.user).order_by("pk")
        held = Mandate.objects.in_hand(mandate.user)
        assert [each.pk for each in held] == [each.pk for each in plain]
        assert held[0].user is mandate.user
        with django_assert_num_queries(0):
            places = (held[0].post.area, held[0].post.office, held[0].post.agency)
        assert places == (mandate.post.area, mandate.post.office, mandate.post.agency)


def test_a_mandate_is_in_hand_from_its_first_day_to_its_last(world: Cast) -> None:
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    for since, until, expected in (
        (today, None, 1), (today, today, 1), (tomorrow, None, 0), (yesterday, yesterday, 0),
    ):  # fmt: skip
        Mandate.objects.filter(pk=world.bakalan.pk).update(since=since, until=until)
        assert len(Mandate.objects.in_hand(world.bakalan.user)) == expected


def test_whoever_is_inactive_has_nothing_in_hand_and_is_no_user_of_a_session(world: Cast) -> None:
    user = world.bakalan.user
    assert Backend().get_user(user.pk) == user
    user.is_active = False
    user.save()
    assert Mandate.objects.in_hand(user) == []
    assert Backend().get_user(user.pk) is None
    assert Backend().get_user(0) is None


def test_a_session_is_found_until_it_expires(world: Cast) -> None:
    session = SessionStore()
    session["mandate"] = 7
    session.create()
    key = session.session_key
    assert SessionStore(key).get("mandate") == 7
    assert SessionStore("another").get("mandate") is None
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert SessionStore(key).get("mandate") is None


def test_the_verifying_tiers_follow_the_office_at_once(world: Cast) -> None:
    assert ladder.verifying(cast.BAKALAN) == (Tier.DISTRICT,)
    Office.objects.filter(pk=world.office.pk).update(verifying_tiers="district,regency")
    assert ladder.verifying(cast.BAKALAN) == (Tier.DISTRICT, Tier.REGENCY)
    assert ladder.verifying(cast.JEPARA) == ladder.DEFAULT


def test_a_second_report_of_one_document_is_noticed_in_whatever_village(world: Cast) -> None:
    cast.report(world.kaliwungu, area=cast.BAKALAN, **cast.PASSPORT)
    with pytest.raises(AlreadyReported):
        cast.report(world.kaliwungu, area=cast.PRAMBATAN, names="Lin", **cast.PASSPORT)


def test_an_inserted_row_is_the_row_that_save_would_have_stored(world: Cast) -> None:
    report: Report = cast.report(world.bakalan)
    now = timezone.now()
    rows = [Waiting(report=report, area_id=cast.BAKALAN, event_on=cast.TODAY, since=now) for _ in range(2)]
    insert(rows[0])
    rows[1].save(force_insert=True)
    stored = list(Waiting.objects.filter(pk__in=[row.pk for row in rows]).values())
    first, second = ({name: value for name, value in row.items() if name != "id"} for row in stored)
    assert first == second
    assert not rows[0]._state.adding
