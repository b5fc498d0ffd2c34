"""An entry is set right for some days; what stood there before stays readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts, plain
from timpora.registry import sealed
from timpora.stays.models import Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_the_new_version_holds_and_the_old_one_stays_readable(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel, on=house.ago(2))
    form = desk.get(f"/stays/{stay.pk}/correction/").context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"names": "Brannagh O'Wixolt", "arrived_on": str(house.ago(1)), "document_number": ""}
    said |= {"birth_date_day": "09", "birth_date_month": "04", "birth_date_year": "1971"}
    answer = desk.post(f"/stays/{stay.pk}/correction/", said)
    assert answer.status_code == 303
    made = Stay.objects.believed().get()
    assert (made.replaces, made.name, made.arrived_on) == (stay, "Brannagh O'Wixolt", house.ago(1))
    assert sealed.opened("document_number", made.values["document_number"]) == house.PASSPORT
    assert made.statement_id != stay.statement_id
    page = text(desk.get(f"/stays/{made.pk}/"))
    assert "Brannagh O&#x27;Wixolt" in page and "Brannagh Wixolt" in page
    entry = Entry.objects.get(action="stay.corrected")
    assert entry.fields.split(",")[0] == f"stay:{stay.pk}" and "names" in entry.fields
    assert "Brannagh" not in entry.fields


def test_the_figure_as_it_was_known_then_does_not_change(hotel: Mandate) -> None:
    stay = house.check_in(hotel, on=house.ago(3))
    then = timezone.now()
    stay.correct(by=hotel, arrival=house.arrival(on=house.ago(1)))
    assert counts(BAKALAN, on=house.ago(2)).visitors == 0
    assert counts(BAKALAN, on=house.ago(2), known=then).visitors == 1
    assert plain(BAKALAN, on=house.ago(2), known=then) == counts(BAKALAN, on=house.ago(2), known=then)


def test_the_same_correction_twice_is_one(hotel: Mandate) -> None:
    stay, better = house.check_in(hotel), house.arrival(names="Brannagh Wixholt")
    made = stay.correct(by=hotel, arrival=better)
    assert stay.correct(by=hotel, arrival=better) == made
    with pytest.raises(Conflict) as refused:
        stay.correct(by=hotel, arrival=house.arrival(names="A Third"))
    assert refused.value.code == "superseded"


def test_a_check_out_is_kept_changed_or_taken_back(hotel: Mandate) -> None:
    stay = house.check_in(hotel, on=house.ago(4))
    stay.check_out(by=hotel, on=house.ago(1))
    kept = stay.correct(by=hotel, arrival=house.arrival(on=house.ago(4)), left_on=house.ago(1))
    assert (kept.left_on, kept.left_noted_at) == (house.ago(1), stay.left_noted_at)
    earlier = kept.correct(by=hotel, arrival=house.arrival(on=house.ago(4)), left_on=house.ago(2))
    assert earlier.left_on == house.ago(2)
    here = earlier.correct(by=hotel, arrival=house.arrival(on=house.ago(4)))
    assert here.is_here and counts(BAKALAN).visitors == 1
    with pytest.raises(Refusal) as refused:
        here.correct(by=hotel, arrival=house.arrival(on=house.ago(4)), left_on=house.ago(5))
    assert refused.value.code == "left_before_arrival"
    assert Stay.objects.believed().get() == here


def test_after_fifteen_days_or_as_many_as_the_office_says_it_is_too_late(world: Cast, hotel: Mandate) -> None:
    stay = house.check_in(hotel)
    for days, late in ((15, False), (16, True)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert stay.is_correctable is not late
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        with pytest.raises(Refusal) as refused:
            stay.correct(by=hotel, arrival=house.arrival(names="Too Late"))
        assert refused.value.code == "too_late"
        world.office.change(by=world.operator, correction_days=20)
        assert stay.correct(by=hotel, arrival=house.arrival(names="In Time")).name == "In Time"


def test_where_people_live_it_is_set_right_until_the_district_has_confirmed(world: Cast) -> None:
    by = house.host(world, "boarding", name="Kos Uji")
    stay = house.check_in(by)
    made = stay.correct(by=by, arrival=house.arrival(names="Right Name"))
    assert (stay.report.__class__.objects.get(pk=stay.report_id).state, made.report.state) == (
        "withdrawn", "submitted",
    )  # fmt: skip
    made.report.confirm(by=world.kaliwungu)
    with pytest.raises(Refusal) as refused:
        made.correct(by=by, arrival=house.arrival(names="Too Late"))
    assert refused.value.code == "confirmed"
    assert Stay.objects.believed().get() == made
