"""What a phone takes along: the own village as far as its officer may see it, and not a byte more."""

from __future__ import annotations

import json

import pytest

from tests import cast
from tests.cast import Cast
from tests.inbound.phone import SECRET, Phone
from timpora.inbound.models import Device
from timpora.ledger.models import Entry

pytestmark = pytest.mark.django_db
NAMES = ["Arvid", "Benoit", "Chidi", "Daulet", "Emeka", "Fumiko", "Goran", "Hyejin", "Ilmari", "Jorge"]
SECRETS = {
    "birth_date": "1987-06-05", "document_kind": "passport", "document_issuer": "TWN",
    "document_number": "QX7391842",
}  # fmt: skip


def test_the_list_holds_the_residents_of_the_village_and_nothing_a_village_does_not_see(
    phone: Phone, world: Cast
) -> None:
    cast.report(world.bakalan, names="Zyxwa Quorl", **SECRETS).confirm(by=world.kaliwungu)
    cast.report(world.prambatan, names="Elsewhere Person").confirm(by=world.kaliwungu)
    answer = phone.get("/pocket/list/")
    found = answer.json()
    assert [each["seen"]["names"] for each in found["residents"]] == ["Zyxwa Quorl"]
    assert found["people"] == 1
    for hidden in ("QX7391842", "QX", "1987", "Elsewhere"):
        assert hidden not in answer.text
    assert answer["Cache-Control"].startswith("max-age=0")
    entry = Entry.objects.get(action="pocket.fetched")
    assert (entry.area, entry.subject) == (cast.BAKALAN, f"device:{phone.row.pk}")


def test_a_first_list_of_fifty_residents_is_small(phone: Phone, world: Cast) -> None:
    for number in range(50):
        name = f"{NAMES[number % 10]} {NAMES[number // 10]}son"
        born = f"{1950 + number}-0{1 + number % 9}-11"
        cast.report(world.bakalan, names=name, birth_date=born).confirm(by=world.kaliwungu)
    answer = phone.get("/pocket/list/")
    assert len(answer.json()["residents"]) == 50
    assert len(answer.content) < 30 * 1024


def test_the_page_is_the_same_for_every_village_officer_and_names_nobody(world: Cast) -> None:
    cast.report(world.bakalan, names="Zyxwa Quorl").confirm(by=world.kaliwungu)
    pages = [cast.sign_in(each).get("/pocket/").content for each in (world.bakalan, world.getas)]
    assert pages[0] == pages[1]
    for hidden in (b"Zyxwa", b"Bakalan", b"csrfmiddlewaretoken"):
        assert hidden not in pages[0]


@pytest.mark.parametrize("who", ["kaliwungu", "kudus", "immigration", "labour", "auditor", "operator"])
def test_only_village_officers_have_a_pocket(world: Cast, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.get("/pocket/").status_code == client.get("/pocket/list/").status_code == 404


def test_a_device_is_prepared_with_the_present_pin_only(world: Cast) -> None:
    phone = Phone(world.bakalan, prepared=False)
    assert "sentence" in phone.prepare("000000")
    assert not Device.objects.exists()
    assert phone.prepare()["key"]
    assert Entry.objects.get(action="device.joined").subject == f"device:{Device.objects.get().pk}"


@pytest.mark.parametrize("body", ["", "[]", "{}", "x"])
def test_preparing_without_a_pin_is_refused_in_words(world: Cast, body: str) -> None:
    answer = cast.sign_in(world.bakalan).post("/pocket/devices/", body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["sentence"])) == (400, True)


def test_a_sixth_device_is_refused(phone: Phone) -> None:
    answers = [phone.prepare() for _ in range(5)]
    assert ["device" in each for each in answers] == [True, True, True, True, False]
    assert answers[-1]["code"] == "devices"


def test_a_browser_prepared_anew_takes_its_own_place(phone: Phone) -> None:
    for _again in range(6):
        said = {"secret": SECRET, "label": "Chrome · Android", "instead": phone.device}
        answer = phone.client.post("/pocket/devices/", said, content_type="application/json").json()
        phone.device = answer["device"]
    assert Device.objects.live().count() == 1
    assert Device.objects.filter(ending="given_up").count() == 6


def test_a_new_pin_asks_every_device_to_be_prepared_again(phone: Phone, world: Cast) -> None:
    world.bakalan.user.change_secret(by=world.bakalan.user, secret="917350")
    phone.client = cast.sign_in(world.bakalan)
    assert phone.get("/outbox/").json()["device"] == "stale"
    assert phone.get("/pocket/list/").status_code == 409
    assert phone.send()["state"] == "accepted"  # what was written before is still taken in


def test_the_list_is_fetched_for_a_prepared_device_of_ones_own_only(phone: Phone, world: Cast) -> None:
    other = Phone(world.prambatan, prepared=False)
    other.device = phone.device
    assert other.get("/pocket/list/").status_code == 410
    other.device = "no-number"
    assert other.get("/pocket/list/").status_code == 410
    assert other.client.post(f"/devices/{phone.device}/ending/").status_code == 404


def test_everybody_may_ask_how_the_outbox_stands_and_learns_nothing_of_others(
    phone: Phone, client: object
) -> None:
    said = client.get("/outbox/").json()  # type: ignore[attr-defined]
    assert (said["user"], said["device"], said["village"]) == (None, "unknown", False)
    mine = phone.get("/outbox/").json()
    assert mine["user"] == {"id": phone.mandate.user_id, "name": "bakalan"}
    assert SECRET not in json.dumps(mine)


def test_worker_and_manifest_are_there_for_everybody_and_name_what_is_kept(client: object) -> None:
    worker = client.get("/sw.js")  # type: ignore[attr-defined]
    assert worker["Content-Type"].startswith("text/javascript")
    assert "js/pocket/outbox.js" in worker.content.decode()
    manifest = client.get("/manifest.webmanifest").json()  # type: ignore[attr-defined]
    assert (manifest["start_url"], manifest["display"]) == ("/pocket/", "standalone")
