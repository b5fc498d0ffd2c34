"""A photo inside an item: taken in as from the page, refused with a way out, left out where they are off."""

from __future__ import annotations

import base64
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.inbound.phone import SAID, Phone
from tests.inbound.test_items import on as about
from tests.inbound.test_items import resident
from tests.reports.pictures import picture
from timpora.inbound import envelope
from timpora.inbound.models import Item
from timpora.inbound.views.outbox import LARGEST
from timpora.ledger.book import SYSTEM
from timpora.reports.developing import SENTENCES, developed
from timpora.reports.models import Photo, Report

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"


def written(data: bytes) -> str:
    """As js/pocket/crypto.js writes bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def on(world: Cast) -> Cast:
    """The world, its office having switched photos on."""
    world.office.change(by=SYSTEM, photos=True)
    return world


def test_the_list_says_whether_photos_are_asked_for(phone: Phone, world: Cast) -> None:
    assert phone.get("/pocket/list/").json()["photo_days"] == 0
    world.office.change(by=SYSTEM, photos=True)
    found = phone.get("/pocket/list/").json()
    assert found["photo_days"] == 30 and "30 hari" in found["photo_kept"]


def test_a_photo_comes_with_its_report_once(phone: Phone, on: Cast) -> None:
    number, fields = str(uuid4()), SAID | {"photo": written(developed(picture()))}
    answers = [phone.send(fields=fields, number=number) for _ in range(3)]
    assert {each["state"] for each in answers} == {"accepted"}
    assert {each["sentence"] for each in answers} == {""}
    assert Photo.objects.get().report == Report.objects.get()


def test_a_report_on_a_resident_brings_its_photo(phone: Phone, on: Cast) -> None:
    fields = {"event_on": "2026-11-25", "photo": written(picture())}
    assert phone.send("resident", fields, **about(resident(on), "not_found"))["state"] == "accepted"
    assert Photo.objects.get().report.kind == "not_found"


@pytest.mark.parametrize("broken", [written(SCRIPT), written(picture()[:900]), "no base64!", "x"])
def test_a_broken_photo_is_refused_beside_its_field_and_the_rest_goes_without_it(
    phone: Phone, on: Cast, broken: str
) -> None:
    number = str(uuid4())
    answer = phone.send(fields=SAID | {"photo": broken}, number=number)
    assert (answer["status"], answer["state"]) == (422, "refused")
    assert answer["fields"] == {"photo": [str(SENTENCES["no_picture"])]}
    assert not Report.objects.exists()
    assert phone.send(number=number)["state"] == "accepted"
    assert not Photo.objects.exists()


def test_switched_off_while_it_waited_the_report_is_taken_in_without_it_and_the_phone_is_told(
    phone: Phone, on: Cast
) -> None:
    number, fields = str(uuid4()), SAID | {"photo": written(picture(size=(300, 200)))}
    on.office.change(by=SYSTEM, photos=False)
    first = phone.send(fields=fields, number=number)
    assert (first["status"], first["state"]) == (200, "accepted")
    assert "tanpa foto" in first["sentence"]
    # The answer was lost: the phone asks again, and is told again.
    assert phone.send(fields=fields, number=number) == first
    assert (Report.objects.count(), Photo.objects.count()) == (1, 0)
    assert "sentence" in phone.send(fields=SAID | {"names": "Orang Lain", "birth_date_year": "1991"})


def test_the_largest_photo_of_a_phone_fits_and_more_is_refused_with_the_way_out(
    phone: Phone, on: Cast
) -> None:
    hedge = developed(picture(noise=True))
    assert len(hedge) > 100_000
    assert phone.send(fields=SAID | {"photo": written(hedge)})["state"] == "accepted"
    answer = phone.send(fields=SAID | {"photo": "A" * LARGEST})
    assert (answer["status"], answer["code"]) == (422, "too_large")
    assert set(answer["fields"]) == {"photo"}
    assert Item.objects.count() == 1


def test_the_same_item_with_another_photo_is_other_content(phone: Phone, on: Cast) -> None:
    number = str(uuid4())
    phone.send(fields=SAID | {"photo": written(picture())}, number=number)
    other = phone.send(fields=SAID | {"photo": written(picture(size=(300, 200)))}, number=number)
    assert (other["status"], other["code"]) == (409, "sent_before")
    assert ["", "Foto", "foto lain", "sebuah foto"] in other["rows"]


def test_a_photo_waits_on_the_phone_without_a_readable_byte() -> None:
    data = picture(size=(300, 200))
    closed = envelope.closed({"fields": [["photo", written(data)]]}, "1")
    assert written(data)[:60] not in str(closed)
