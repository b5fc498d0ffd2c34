"""Entered in error: nobody was here, as known from now."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import BAKALAN
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Detail, Entry
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import counts
from timpora.stays.models import Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_it_never_was_as_known_from_now_and_was_as_known_then(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel, on=house.ago(2))
    then = timezone.now()
    assert desk.post(f"/stays/{stay.pk}/voiding/", {"reason": "wrong room"}).status_code == 303
    assert counts(BAKALAN).visitors == counts(BAKALAN, on=house.ago(1)).visitors == 0
    assert counts(BAKALAN, on=house.ago(1), known=then).visitors == 1
    entry = Entry.objects.get(action="stay.voided")
    assert "wrong room" in Detail.objects.get(entry=entry.number).values
    assert "dibatalkan" in text(desk.get(f"/stays/{stay.pk}/"))


def test_it_needs_a_reason_and_is_done_once(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel)
    assert desk.post(f"/stays/{stay.pk}/voiding/", {"reason": " "}).status_code == 400
    stay.void(by=hotel, reason="twice")
    with pytest.raises(Refusal) as refused:
        stay.void(by=hotel, reason="twice")
    assert refused.value.code == "superseded"
    house.check_in(hotel)  # the same guest may be entered again
    assert Stay.objects.here().count() == 1
