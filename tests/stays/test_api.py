"""`POST /stays/`: a hotel's own system sends its guests, and learns of each what became of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.stays.models import Stay, Token
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(hotel: Mandate) -> str:
    _made, text = Token.objects.issue(by=hotel, name="PMS Uji")
    return str(text)


def guest(**changed: Any) -> dict[str, Any]:
    said = {
        "sent_id": str(uuid4()), "names": "BRANNAGH WIXOLT", "sex": "F", "nationality": "IRL",
        "birth_date": "00001971", "document_kind": "passport", "document_number": house.PASSPORT,
        "arrived_on": str(house.TODAY),
    } | changed  # fmt: skip
    return {name: value for name, value in said.items() if value != ""}


def post(token: str, body: Any, **headers: str) -> Any:
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    # As a program: no cookie, no CSRF token.
    return Client(enforce_csrf_checks=True).post(
        "/stays/", content, content_type="application/json", headers=headers
    )


def test_each_guest_has_an_answer_and_one_refused_holds_up_nobody(token: str) -> None:
    guests = [
        guest(), guest(names="OTHER", document_number="Z12", nationality="Atlantis", sex="?"),
        guest(names="THIRD GUEST", document_number="Z13"),
    ]  # fmt: skip
    answer = post(token, {"guests": guests})
    assert answer.status_code == 200
    said = answer.json()
    assert [each["status"] for each in said["answers"]] == ["accepted", "refused", "accepted"]
    assert [each["sent_id"] for each in said["answers"]] == [each["sent_id"] for each in guests]
    assert {fault["field"] for fault in said["answers"][1]["faults"]} == {"nationality", "sex"}
    assert all(fault["sentence"] for fault in said["answers"][1]["faults"])
    assert said["accepted"] == Stay.objects.count() == 2
    assert Stay.objects.order_by("pk")[0].values["birth_date"] == "1971"
    assert "sessionid" not in answer.cookies and "timpora-session" not in answer.cookies


def test_sent_again_nothing_is_doubled_and_other_content_is_a_conflict(token: str) -> None:
    first = guest()
    for _ in range(3):
        assert post(token, {"guests": [first]}).json()["answers"][0]["status"] == "accepted"
    assert Stay.objects.count() == 1
    (said,) = post(token, {"guests": [first | {"names": "SOMEBODY ELSE"}]}).json()["answers"]
    assert (said["status"], said["faults"][0]["code"]) == ("conflict", "id_reused")


def test_a_guest_leaves_by_being_sent_with_the_day(token: str) -> None:
    first = guest(arrived_on=str(house.ago(2)))
    post(token, {"guests": [first]})
    (before,) = post(token, {"guests": [first | {"left_on": str(house.ago(3))}]}).json()["answers"]
    assert before["faults"][0]["code"] == "left_before_arrival"
    (said,) = post(token, {"guests": [first | {"left_on": str(house.ago(1))}]}).json()["answers"]
    assert said["status"] == "accepted" and Stay.objects.get().left_on == house.ago(1)


def test_a_test_keeps_nothing_and_says_what_would_be(token: str) -> None:
    guests = [guest(), guest(), guest(arrived_on="2026-12-24", names="X Y", document_number="Z1")]
    said = post(token, {"dry_run": True, "guests": guests}).json()
    assert [each["status"] for each in said["answers"]] == ["accepted", "refused", "refused"]
    assert said["answers"][1]["faults"][0]["code"] == "twice"
    assert said["dry_run"] is True and said["receipt"] is None
    assert not Stay.objects.exists() and not Entry.objects.filter(action="stay.checked_in").exists()


@pytest.mark.parametrize(
    ("body", "code", "named"),
    [
        ("{", "not_json", "JSON"),
        (b"\xff\xfe", "not_json", "JSON"),
        ("[" * 100_000, "not_json", "JSON"),
        ("[]", "not_an_object", "guests"),
        ({"guests": []}, "no_guests", "guests"),
        ({"guests": "x"}, "no_guests", "guests"),
        ({"people": []}, "not_an_object", "guests"),
        ({"guests": [{}], "dry_run": "yes"}, "not_a_boolean", "dry_run"),
        ({"guests": [{}] * 501}, "too_many", "500"),
    ],
)
def test_what_is_no_such_json_is_a_400_that_says_what(token: str, body: Any, code: str, named: str) -> None:
    answer = post(token, body)
    assert answer.status_code == 400
    said = answer.json()
    assert said["code"] == code and named in said["sentence"]


@pytest.mark.parametrize(
    ("item", "field", "code"),
    [
        ("x", None, "not_an_object"),
        ({"sent_id": "12"}, "sent_id", "no_uuid"),
        ({"phone": "1"}, "phone", "unknown_member"),
        ({"names": 3}, "names", "not_text"),
        ({"names": ["x"]}, "names", "not_text"),
        ({"arrived_on": "24/11/2026"}, "arrived_on", "no_day"),
        ({"arrived_on": None}, "arrived_on", "no_day"),
        ({"names": "Wi\0x"}, "names", "unseen"),
        ({"nationality": "IDN"}, "nationality", "indonesian"),
    ],
)
def test_what_is_wrong_with_a_guest_is_named(token: str, item: Any, field: str | None, code: str) -> None:
    sent = item if isinstance(item, str) else guest() | item
    (said,) = post(token, {"guests": [sent]}).json()["answers"]
    assert said["status"] == "refused"
    assert (said["faults"][0]["field"], said["faults"][0]["code"]) == (field, code)
    assert not Stay.objects.exists()


def test_without_a_token_in_force_it_is_a_401_with_a_sentence(
    world: Cast, hotel: Mandate, token: str
) -> None:
    made = Token.objects.get()
    for wrong in ("", "tpl_nonsense", token[:-1], f"{token}x"):
        answer = post(wrong, {"guests": [guest()]})
        assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
        assert "token" in answer.json()["sentence"].lower()
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert post(token, {"guests": [guest()]}).status_code == 401
    made.revoke(by=hotel)
    assert post(token, {"guests": [guest()]}).status_code == 401
    assert not Stay.objects.exists()


def test_a_token_ends_with_the_lodging_and_sleeps_while_nobody_answers_for_it(
    world: Cast, hotel: Mandate, token: str
) -> None:
    hotel.end(by=world.kaliwungu)
    answer = post(token, {"guests": [guest()]})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_host")
    hotel.post.lodging.close(by=world.kaliwungu)
    assert post(token, {"guests": [guest()]}).json()["code"] == "token"


def test_30_megabytes_are_refused_unread(token: str) -> None:
    answer = post(token, "x" * 30 * 2**20)
    assert answer.status_code == 413 and answer.json()["code"] == "too_large"


def test_too_many_requests_and_too_many_guesses_wait(token: str) -> None:
    statuses = [post(token, {"guests": [{}]}).status_code for _ in range(61)]
    assert statuses[:60] == [200] * 60 and statuses[60] == 429
    guesses = [post("tpl_guess", {"guests": [guest()]}).status_code for _ in range(21)]
    assert guesses[:20] == [401] * 20 and guesses[20] == 429


def test_a_session_is_no_way_in(desk: Any) -> None:
    answer = desk.post("/stays/", json.dumps({"guests": [guest()]}), content_type="application/json")
    assert answer.status_code == 401 and not Stay.objects.exists()


def test_the_host_makes_a_token_that_is_shown_once_and_revokes_it(desk: Any, hotel: Mandate) -> None:
    answer = desk.post("/stays/tokens/", {"name": "PMS"})
    text = answer.context["text"]
    assert text.startswith("tpl_") and text in answer.content.decode()
    made = Token.objects.get()
    assert text not in str(vars(made)) and text not in desk.get("/stays/tokens/").content.decode()
    assert post(text, {"guests": [guest()]}).status_code == 200
    assert desk.post(f"/stays/tokens/{made.pk}/revocation/").status_code == 303
    assert post(text, {"guests": [guest()]}).status_code == 401


def test_english_where_the_program_asks_for_it(token: str) -> None:
    said = post(token, {"guests": [guest(sex="?")]}, **{"Accept-Language": "en"}).json()
    assert said["answers"][0]["faults"][0]["sentence"] == "Write L or P (or M or F)."
