"""A guest leaves: on a day that can be, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts
from timpora.reports.models import Report
from timpora.stays.models import Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_who_leaves_is_a_visitor_no_longer_and_was_one_until_then(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel, on=house.ago(3))
    answer = desk.post(f"/stays/{stay.pk}/departure/", {"left_on": str(house.ago(1))})
    assert answer.status_code == 303
    figures = {day: counts(BAKALAN, on=house.ago(day)).visitors for day in (4, 3, 2, 1, 0)}
    assert figures == {4: 0, 3: 1, 2: 1, 1: 0, 0: 0}
    assert counts(BAKALAN).visitors == 0
    assert Entry.objects.filter(action="stay.checked_out", subject=f"stay:{stay.pk}").count() == 1


def test_a_check_out_before_the_check_in_is_refused_and_keeps_what_was_typed(
    hotel: Mandate, desk: Any
) -> None:
    stay = house.check_in(hotel)
    answer = desk.post(f"/stays/{stay.pk}/departure/", {"left_on": str(house.ago(1))})
    assert answer.status_code == 400
    assert "sebelum" in text(answer) and f'value="{house.ago(1)}"' in text(answer)
    stay.refresh_from_db()
    assert stay.left_on is None


def test_a_day_to_come_is_refused(hotel: Mandate) -> None:
    stay = house.check_in(hotel)
    with pytest.raises(Refusal) as refused:
        stay.check_out(by=hotel, on=house.TODAY + timedelta(days=1))
    assert refused.value.code == "future"


def test_said_twice_it_changes_nothing_and_another_day_is_a_conflict(hotel: Mandate) -> None:
    stay = house.check_in(hotel, on=house.ago(3))
    stay.check_out(by=hotel, on=house.ago(1))
    stay.check_out(by=hotel, on=house.ago(1))
    assert Entry.objects.filter(action="stay.checked_out").count() == 1
    with pytest.raises(Conflict) as refused:
        stay.check_out(by=hotel, on=house.TODAY)
    assert refused.value.code == "left_already"


def test_another_lodging_finds_no_such_guest(world: Cast, hotel: Mandate) -> None:
    from tests import cast

    other = cast.sign_in(house.host(world, name="Hotel Lain"))
    stay = house.check_in(hotel)
    assert other.get(f"/stays/{stay.pk}/").status_code == 404
    assert other.post(f"/stays/{stay.pk}/departure/", {"left_on": str(house.TODAY)}).status_code == 404
    assert Stay.objects.get().left_on is None


def test_where_people_live_a_check_out_takes_back_what_nobody_confirmed_and_reports_who_left(
    world: Cast,
) -> None:
    by = house.host(world, "mess", name="Mess Uji")
    stay = house.check_in(by, on=house.ago(5))
    stay.check_out(by=by, on=house.ago(4))
    assert Report.objects.get().state == Report.State.WITHDRAWN
    other = house.check_in(by, on=house.ago(5), names="Somebody Else", document_number="ZZ99")
    sent = Report.objects.get(stay=other)
    sent.confirm(by=world.kaliwungu)
    assert counts(BAKALAN).people == 1
    other.check_out(by=by, on=house.ago(1))
    left = Report.objects.get(kind="left")
    assert (left.person, left.state, left.event_on) == (
        sent.__class__.objects.get(pk=sent.pk).person,
        "submitted",
        house.ago(1),
    )
    left.confirm(by=world.kaliwungu)
    assert counts(BAKALAN).people == 0
