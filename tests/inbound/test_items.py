"""The outbox's edge: what a phone sends is taken in once, refused with a remedy, or shown to its user."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.inbound.phone import SAID, Phone
from tests.pages import text
from timpora.inbound.models import Item
from timpora.ledger.models import Entry
from timpora.recaps.models import Return
from timpora.registry.models import Person
from timpora.registry.version import seen, version
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db


def resident(world: Cast) -> Person:
    """Lin Yi-Chun, reported and confirmed in Bakalankrapyak, read as the pocket reads her."""
    report = cast.report(world.bakalan, names="Lin Yi-Chun", nationality="TWN", address="mess PT Muria Jaya")
    report.confirm(by=world.kaliwungu)
    found: Person = Person.objects.with_home().get()
    return found


def on(person: Person, kind: str) -> dict[str, dict[str, str]]:
    """What an item about a resident carries beside its fields."""
    about = {"person": str(person.pk), "kind": kind, "version": version(person)}
    return {"about": about, "seen": seen(person)}


# --- once -------------------------------------------------------------------------------------------------


def test_a_report_written_without_network_is_taken_in_as_one_from_the_page(phone: Phone) -> None:
    answer = phone.send()
    assert (answer["status"], answer["state"]) == (200, "accepted")
    sent = Report.objects.get()
    assert answer["receipt"] == sent.receipt
    assert (sent.area_id, sent.kind, str(sent.event_on)) == (BAKALAN, "present", "2026-11-25")
    assert Item.objects.get().receipt == sent.receipt
    assert Entry.objects.filter(action="report.submitted").count() == 1


@pytest.mark.parametrize("times", [2, 5])
def test_the_same_item_sent_again_gives_the_same_receipt_and_no_second_report(
    phone: Phone, times: int
) -> None:
    number = str(uuid4())
    receipts = {phone.send(number=number)["receipt"] for _ in range(times)}
    assert len(receipts) == 1
    assert Report.objects.count() == Item.objects.count() == 1


def test_a_return_sent_twice_is_signed_once(phone: Phone, world: Cast) -> None:
    person, number = resident(world), str(uuid4())
    about = {"village": BAKALAN, "month": "2026-11"}
    fields = {f"person_{person.pk}": "still_here"}
    first = phone.send("return", fields, number=number, about=about)
    assert first["state"] == "accepted", first
    assert phone.send("return", fields, number=number, about=about)["receipt"] == first["receipt"]
    assert Return.objects.count() == 1


def test_nil_is_signed_from_a_phone_once_the_month_is_over(phone: Phone) -> None:
    answer = phone.send("nil", {}, about={"village": BAKALAN, "month": "2026-10"})
    assert answer["state"] == "accepted"
    assert answer["receipt"] == Return.objects.get().receipt
    early = phone.send("nil", {}, about={"village": BAKALAN, "month": "2026-11"})
    assert (early["status"], early["code"]) == (422, "too_early")


def test_the_same_number_with_other_content_is_shown_and_changes_nothing(phone: Phone) -> None:
    number = str(uuid4())
    first = phone.send(number=number)
    other = phone.send(fields=SAID | {"address": "Gang Melati 3"}, number=number)
    assert (other["status"], other["state"], other["code"]) == (409, "conflict", "sent_before")
    assert other["receipt"] == first["receipt"]
    assert ["", "Alamat tinggal", "Gang Melati 3", SAID["address"]] in other["rows"]
    assert Report.objects.get().values["address"] == SAID["address"]


# --- refused, with a remedy -------------------------------------------------------------------------------


def test_what_the_form_refuses_comes_back_beside_its_field_and_nothing_is_stored(phone: Phone) -> None:
    answer = phone.send(fields=SAID | {"nationality": "Atlantis", "address": ""})
    assert (answer["status"], answer["state"], answer["code"]) == (422, "refused", "unfit")
    assert set(answer["fields"]) == {"nationality", "address"}
    assert Report.objects.count() == Item.objects.count() == 0


def test_a_bad_item_can_be_put_right_under_its_own_number(phone: Phone) -> None:
    number = str(uuid4())
    phone.send(fields=SAID | {"sex": ""}, number=number)
    assert phone.send(number=number)["state"] == "accepted"


def test_somebody_reported_before_is_named_by_receipt_and_may_be_sent_as_further_evidence(
    phone: Phone,
) -> None:
    first = phone.send()
    number = str(uuid4())
    again = phone.send(number=number)
    assert again["code"] == "already_reported"
    assert first["receipt"] in again["sentence"]
    assert phone.send(fields=SAID | {"again": "1"}, number=number)["state"] == "accepted"
    assert Report.objects.latest("pk").evidence_of is not None


def test_nil_over_a_resident_says_what_to_answer_first_without_a_name(phone: Phone, world: Cast) -> None:
    resident(world)
    with_person = phone.send("nil", {}, about={"village": BAKALAN, "month": "2026-11"})
    assert with_person["state"] == "refused"
    assert "Lin" not in str(with_person)


@pytest.mark.parametrize(
    "closed", [None, {}, {"key": "x", "body": "y"}, "text", {"key": "A" * 87, "body": "B" * 90}]
)
def test_an_envelope_of_somebody_elses_is_refused_in_words(phone: Phone, closed: object) -> None:
    answer = phone.post(str(uuid4()), closed)
    assert (answer["status"], answer["code"]) == (422, "unreadable")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\x00", b'"x"', b"{}" + b" " * 200_000])
def test_a_body_that_is_no_item_is_refused_in_words(phone: Phone, body: bytes) -> None:
    headers = {"X-Timpora-Device": phone.device}
    answer = phone.client.post("/outbox/items/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert "tulis" in answer.json()["sentence"]


@pytest.mark.parametrize(
    "about",
    [{}, {"village": "33.19.03.2001", "month": "2026-10"}, {"village": BAKALAN, "month": "2026-99"}],
)
def test_nil_for_another_village_or_no_month_is_refused(phone: Phone, about: dict[str, str]) -> None:
    assert phone.send("nil", {}, about=about)["state"] == "refused"
    assert Return.objects.count() == 0


# --- the record has changed since -------------------------------------------------------------------------


def test_a_correction_of_a_record_that_changed_since_is_shown_field_by_field(
    phone: Phone, world: Cast
) -> None:
    person = resident(world)
    carried = on(person, "correction")
    person.home.describe("Gang Mawar 1")
    said = {"event_on": "2026-11-25", "address": "Gang Melati 3"}
    answer = phone.send("resident", said, **carried)
    assert (answer["status"], answer["code"]) == (409, "overtaken")
    assert answer["rows"] == [["address", "Alamat tinggal", "Gang Melati 3", "Gang Mawar 1"]]
    assert Report.objects.filter(kind="correction").count() == 0
    carried["about"]["version"] = answer["version"]
    assert phone.send("resident", said, **carried)["state"] == "accepted"


def test_of_somebody_who_lives_elsewhere_by_now_the_village_learns_no_more(phone: Phone, world: Cast) -> None:
    person = resident(world)
    carried = on(person, "present")
    left = cast.report(world.bakalan, kind="left", person=person, left="abroad")
    left.confirm(by=world.kaliwungu)
    answer = phone.send("resident", {"event_on": "2026-11-25"}, **carried)
    assert (answer["code"], answer["version"]) == ("overtaken", "")
    assert [row[0] for row in answer["rows"]] == ["names"]


def test_still_here_is_taken_in_where_nothing_has_changed(phone: Phone, world: Cast) -> None:
    answer = phone.send("resident", {"event_on": "2026-11-25"}, **on(resident(world), "present"))
    assert answer["state"] == "accepted"


# --- clocks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1), timedelta(hours=-30)])
def test_seen_today_is_the_day_it_was_written_however_wrong_the_phones_clock_is(
    phone: Phone, wrong: timedelta
) -> None:
    now = datetime.now(UTC) + wrong
    made = now - timedelta(days=2)  # two days without a network
    phone.send(made_at=made.isoformat(), sent_at=now.isoformat())
    assert str(Report.objects.get().event_on) == "2026-11-23"
    assert abs(Item.objects.get().made_at - (datetime.now(UTC) - timedelta(days=2))) < timedelta(minutes=1)


def test_a_phone_that_says_nonsense_of_its_time_is_taken_to_have_written_now(phone: Phone) -> None:
    phone.send(made_at="yesterday", sent_at="9999-99-99")
    assert str(Report.objects.get().event_on) == "2026-11-25"


# --- who ---------------------------------------------------------------------------------------------------


def test_a_phone_that_was_reported_lost_sends_nothing_more(phone: Phone) -> None:
    phone.client.post(f"/devices/{phone.device}/ending/", {"ending": "lost"})
    assert phone.send()["status"] == 410
    assert phone.get("/outbox/").json()["device"] == "ended"
    assert phone.get("/pocket/list/").status_code == 410
    assert Report.objects.count() == 0


def test_without_a_session_nothing_is_taken_in_and_the_phone_is_told_so(phone: Phone) -> None:
    phone.client.logout()
    assert (phone.send()["status"], Report.objects.count()) == (401, 0)


def test_somebody_elses_session_on_a_shared_phone_sends_nothing_of_mine(phone: Phone, world: Cast) -> None:
    phone.client = cast.sign_in(world.prambatan)
    assert phone.send()["status"] == 401


def test_a_mandate_that_has_ended_sends_nothing_more(phone: Phone, world: Cast) -> None:
    world.bakalan.end(by=world.kaliwungu)
    assert (phone.send()["status"], Report.objects.count()) == (403, 0)


# --- what did I send? -------------------------------------------------------------------------------------


def test_what_was_sent_stands_by_receipt_for_ninety_days_without_a_word_about_anybody(phone: Phone) -> None:
    receipt = phone.send()["receipt"]
    page = text(phone.client.get("/devices/"))
    assert receipt in page
    assert "Lin" not in page
    Item.objects.update(received_at=datetime.now(UTC) - timedelta(days=91))
    assert receipt not in text(phone.client.get("/devices/"))
    assert Item.objects.all().forget_old() == 1
