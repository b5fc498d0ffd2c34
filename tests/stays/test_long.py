"""A guest who stays long is asked about, and made a resident by nobody but the village's own report."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Residence
from timpora.reports.models import Draft, Report
from timpora.stays.models import Stay, Word
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_after_thirty_nights_or_as_many_as_the_office_says_the_village_is_asked(
    world: Cast, hotel: Mandate
) -> None:
    house.check_in(hotel, on=house.ago(30))
    assert not Stay.objects.long(world.bakalan).exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        for who in (world.bakalan, world.kaliwungu):
            assert Stay.objects.long(who).count() == 1
            assert "1 tamu menginap lama" in text(cast.sign_in(who).get("/"))
        for who in (world.prambatan, world.jati, world.kudus, world.chair, world.labour):
            assert not Stay.objects.long(who).exists()
        assert not Residence.objects.exists() and counts("33.19").people == 0
        world.office.change(by=world.operator, stay_nights=60)
        assert not Stay.objects.long(world.bakalan).exists()


def test_lives_here_opens_the_report_with_what_the_village_sees_and_sends_nothing(
    world: Cast, hotel: Mandate
) -> None:
    stay = house.check_in(hotel, on=house.ago(44))
    village = cast.sign_in(world.bakalan)
    assert "Brannagh Wixolt" in text(village.get("/stays/long/"))
    assert Entry.objects.filter(action="guests.opened", fields="long").count() == 1
    answer = village.post(f"/stays/{stay.pk}/residence/")
    assert answer["Location"] == "/reports/new/"
    form = text(village.get("/reports/new/"))
    assert "Brannagh Wixolt" in form and "Hotel Uji, Jl. Contoh 1" in form
    assert house.PASSPORT not in form and "1971" not in form
    assert not Report.objects.exists() and Word.objects.get().says == "lives"
    assert not Stay.objects.long(world.bakalan).exists()


def test_a_report_begun_before_is_not_lost(world: Cast, hotel: Mandate) -> None:
    stay = house.check_in(hotel, on=house.ago(44))
    Draft.objects.keep(by=world.bakalan, values={"names": "Half Typed"})
    cast.sign_in(world.bakalan).post(f"/stays/{stay.pk}/residence/")
    assert Draft.objects.of(world.bakalan)["names"] == "Half Typed"
    assert not Word.objects.exists()


def test_still_a_guest_is_asked_again_after_as_many_nights(world: Cast, hotel: Mandate) -> None:
    stay = house.check_in(hotel, on=house.ago(44))
    assert cast.sign_in(world.bakalan).post(f"/stays/{stay.pk}/word/").status_code == 303
    assert not Stay.objects.long(world.kaliwungu).exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert Stay.objects.long(world.bakalan).count() == 1


def test_only_the_village_and_its_district_answer(world: Cast, hotel: Mandate, desk: object) -> None:
    stay = house.check_in(hotel, on=house.ago(44))
    for who in (world.prambatan, world.jati, world.kudus, world.chair, world.labour, hotel):
        for verb in ("residence", "word"):
            assert cast.sign_in(who).post(f"/stays/{stay.pk}/{verb}/").status_code == 404
    assert not Word.objects.exists() and not Draft.objects.exists()
