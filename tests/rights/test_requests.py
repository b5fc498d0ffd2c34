"""What somebody asks on their own page or at the counter: who answers, by when, and what they read of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast import PRAMBATAN, Cast
from tests.pages import text
from tests.rights.given import inside, officer, resident
from timpora.desk import reactions
from timpora.ledger.models import Entry
from timpora.registry.models import Request, RequestClosure
from timpora.reports.models import Report
from timpora.rooms.models import Notice

pytestmark = pytest.mark.django_db
MOVE = {
    "address": "Jalan Sunan Kudus 12, Prambatan Kidul",
    "since_day": "25",
    "since_month": "11",
    "since_year": "2026",
}
WORDS = {"words": "我的姓写错了"}
NEW = "/my-data/requests/new/?kind="


def test_a_new_address_becomes_a_request_to_the_kecamatan_with_its_clock(world: Cast) -> None:
    person = resident(world)
    client = inside(world, person)
    answer = client.post(f"{NEW}address", MOVE)
    assert (answer.status_code, answer["Location"]) == (303, "/my-data/#requests")
    asked = Request.objects.get()
    assert asked.due_at - asked.at == timedelta(hours=72)
    page = text(client.get("/my-data/"))
    assert "waits for an answer" in page
    assert "To be answered by 28 November 2026" in page
    assert waiting(world) == {"kaliwungu"}
    entry = Entry.objects.get(action="request.made")
    assert (entry.subject, entry.fields, entry.actor) == (f"request:{asked.pk}", "address,link", None)


def waiting(world: Cast) -> set[str]:
    """Whose queue a request stands in."""
    return {name for name, mandate in world.everyone().items() if Request.objects.awaiting(mandate).exists()}


@pytest.mark.parametrize(
    ("kind", "who"),
    [("address", {"kaliwungu"}), ("correction", {"kudus"}), ("access", {"kudus"}),
     ("objection", {"immigration", "chair"})],
)  # fmt: skip
def test_each_kind_waits_for_the_tier_that_can_answer_it(world: Cast, kind: str, who: set[str]) -> None:
    inside(world, resident(world)).post(f"{NEW}{kind}", MOVE | WORDS)
    assert waiting(world) == who


def test_a_vacant_tiers_requests_are_answered_by_the_next_one(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}address", MOVE)
    world.kaliwungu.end(by=cast.SYSTEM)
    assert waiting(world) - {"kaliwungu"} == {"kudus"}


def test_what_is_said_to_the_office_is_not_read_by_the_kecamatan(world: Cast) -> None:
    """It may be about the kecamatan."""
    inside(world, resident(world)).post(f"{NEW}objection", WORDS)
    asked = Request.objects.get()
    statuses = {name: officer(mandate).get(f"/requests/{asked.pk}/").status_code
                for name, mandate in world.everyone().items()}  # fmt: skip
    assert {name for name, status in statuses.items() if status == 200} == {"immigration", "chair"}
    assert WORDS["words"] in text(officer(world.chair).get(f"/requests/{asked.pk}/"))
    assert Entry.objects.filter(action="request.viewed", subject=asked.subject).count() == 3


def test_words_stand_sealed_and_in_no_other_row(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}correction", WORDS)
    asked = Request.objects.get()
    assert asked.said == WORDS
    rows = str(list(Request.objects.values_list())) + str(list(Entry.objects.values_list()))
    assert WORDS["words"] not in rows
    assert asked.words.startswith("v1.")


def test_one_click_makes_a_move_a_report_that_is_verified_like_any_other(world: Cast) -> None:
    person = resident(world)
    reader = inside(world, person)
    reader.post(f"{NEW}address", MOVE)
    asked, clerk = Request.objects.get(), officer(world.kaliwungu)
    door = f"/reports/new/?person={person.pk}&kind=moved&request={asked.pk}"
    assert door.replace("&", "&amp;") in text(clerk.get(f"/requests/{asked.pk}/"))
    form = text(clerk.get(door))
    assert MOVE["address"] in form
    assert 'value="2026-11-25"' in form
    sent_id = form.partition('name="sent_id" value="')[2].partition('"')[0]
    filled = {"sent_id": sent_id, "event_on": "2026-11-25", "destination": PRAMBATAN, "address": ""}
    assert clerk.post(door, filled).status_code == 303
    assert clerk.post(door, filled).status_code == 303  # sent twice: one report, one answer
    sent = Report.objects.get(kind="moved")
    assert (sent.on_behalf, sent.state, sent.post_id) == (True, "submitted", world.kaliwungu.post_id)
    assert asked.closure.cause == f"report:{sent.pk}"
    assert person.home.area_id == "33.19.01.2001"
    assert "passed on as a report, to be verified" in text(reader.get("/my-data/"))
    assert f'href="/reports/{sent.pk}/"' in text(clerk.get(f"/requests/{asked.pk}/"))
    sent.confirm(by=world.kudus)
    assert not person.residences.current().exists()  # counted again by the other village's own report


def test_a_report_cannot_answer_somebody_elses_request(world: Cast) -> None:
    person = resident(world)
    inside(world, person).post(f"{NEW}correction", WORDS)
    asked = Request.objects.get()
    door = f"/reports/new/?person={person.pk}&kind=moved&request={asked.pk}"
    assert officer(world.kaliwungu).get(door).status_code == 404
    assert officer(world.bakalan).get(door).status_code == 404


def test_an_answer_needs_a_reason_that_the_person_reads(world: Cast) -> None:
    reader = inside(world, resident(world))
    reader.post(f"{NEW}correction", WORDS)
    asked, clerk = Request.objects.get(), officer(world.kudus)
    path = f"/requests/{asked.pk}/closure/"
    for incomplete in ({}, {"outcome": "done"}, {"outcome": "reported", "reason": "x"}, {"reason": "x"}):
        answer = clerk.post(path, incomplete)
        assert answer.status_code == 400
        assert incomplete.get("reason", "") in text(answer)
    assert not RequestClosure.objects.exists()
    assert clerk.post(path, {"outcome": "kept", "reason": "Paspor tertulis demikian."}).status_code == 302
    page = text(reader.get("/my-data/"))
    assert "left as it is" in page
    assert "Paspor tertulis demikian." in page
    assert "Paspor" not in str(list(RequestClosure.objects.values_list()))


def test_a_request_is_answered_once_and_the_second_officer_sees_both(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}objection", WORDS)
    path = f"/requests/{Request.objects.get().pk}/closure/"
    officer(world.chair).post(path, {"outcome": "done", "reason": "selesai"})
    answer = officer(world.immigration).post(path, {"outcome": "kept", "reason": "tetap"})
    assert answer.status_code == 409
    assert "selesai" in text(answer)
    assert "tetap" in text(answer)
    assert RequestClosure.objects.get().outcome == "done"


@pytest.mark.parametrize("who", ["bakalan", "kaliwungu", "demak_regency", "labour", "nation", "auditor"])
def test_nobody_else_answers(world: Cast, who: str) -> None:
    inside(world, resident(world)).post(f"{NEW}correction", WORDS)
    path = f"/requests/{Request.objects.get().pk}/closure/"
    answer = officer(getattr(world, who)).post(path, {"outcome": "done", "reason": "x"})
    assert answer.status_code == 404
    assert not RequestClosure.objects.exists()


def test_the_clock_is_shown_and_so_is_that_it_has_run_out(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}correction", WORDS)
    clerk = officer(world.kudus)
    assert "answer by 28 November" in text(clerk.get("/requests/"))
    assert "1 person asks about their data" in text(clerk.get("/"))
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        late = officer(world.kudus)
        assert "overdue" in text(late.get("/requests/"))
        assert "overdue" in text(late.get("/"))


def test_posts_that_answer_are_told_and_told_no_more_when_it_is_done(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}objection", WORDS)
    reactions.run()
    told = Notice.objects.filter(kind="request_waiting")
    assert {each.post_id for each in told} == {world.immigration.post_id, world.chair.post_id}
    assert {each.path for each in told} == {f"/requests/{Request.objects.get().pk}/"}
    Request.objects.get().close(by=world.chair, outcome="done", reason="x")
    reactions.run()
    assert not told.unread().exists()


def test_the_same_words_twice_are_one_request_and_six_are_too_many(world: Cast) -> None:
    client = inside(world, resident(world))
    for _again in range(3):
        client.post(f"{NEW}correction", WORDS)
    assert Request.objects.count() == 1
    for number in range(4):
        client.post(f"{NEW}correction", {"words": f"x {number}"})
    answer = client.post(f"{NEW}correction", {"words": "one more"})
    assert answer.status_code == 400
    assert "still wait" in text(answer)
    assert "one more" in text(answer)
    assert Request.objects.count() == 5


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("address", MOVE | {"address": " "}),
        ("address", MOVE | {"address": "x" * 251}),
        ("address", MOVE | {"since_month": "13"}),
        ("address", MOVE | {"since_day": ""}),
        ("correction", {"words": ""}),
        ("correction", {"words": "x" * 1001}),
        ("objection", {"words": "\u200e \u200f"}),
    ],
)
def test_what_says_nothing_is_refused_and_kept_in_the_form(
    world: Cast, kind: str, said: dict[str, str]
) -> None:
    client = inside(world, resident(world))
    answer = client.post(f"{NEW}{kind}", said)
    assert answer.status_code == 400
    assert not Request.objects.exists()
    typed = said.get("address", "").strip()
    assert typed in text(answer)


def test_without_a_visit_nothing_can_be_asked(world: Cast) -> None:
    answer = Client().post(f"{NEW}correction", WORDS)
    assert (answer.status_code, answer["Location"]) == (302, "/my-data/")
    assert inside(world, resident(world)).get(f"{NEW}anything").status_code == 404
    assert not Request.objects.exists()


def test_an_officer_writes_down_what_is_said_at_the_counter(world: Cast) -> None:
    person = resident(world)
    clerk = officer(world.kaliwungu)
    assert clerk.get(f"/people/{person.pk}/requests/new/").status_code == 200
    assert clerk.post(f"/people/{person.pk}/requests/new/?kind=correction", WORDS).status_code == 302
    asked = Request.objects.get()
    assert (asked.cause, asked.tier) == (f"post:{world.kaliwungu.post_id}", 2)
    assert Entry.objects.get(action="request.made").actor == world.kaliwungu.user_id
    assert officer(world.bakalan).get(f"/people/{person.pk}/requests/new/").status_code == 404
    assert "a correction" in text(inside(world, person).get("/my-data/")).lower()


def test_whoever_has_moved_away_is_named_by_number_alone(world: Cast) -> None:
    person = resident(world)
    inside(world, person).post(f"{NEW}correction", WORDS)
    asked = Request.objects.get()
    assert person.names in text(officer(world.kudus).get(f"/requests/{asked.pk}/"))
    arrived = cast.report(world.demak, kind="arrived", on=date(2026, 11, 25), **cast.PASSPORT)
    arrived.confirm(by=world.demak_district)
    page = text(officer(world.kudus).get(f"/requests/{asked.pk}/"))
    assert person.names not in page
    assert person.register_number in page


def test_words_are_forgotten_a_year_after_the_answer(world: Cast) -> None:
    inside(world, resident(world)).post(f"{NEW}correction", WORDS)
    asked = Request.objects.get()
    asked.close(by=world.kudus, outcome="done", reason="sudah")
    assert Request.objects.forget_words() == 0
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert Request.objects.forget_words() == 1
        assert Request.objects.forget_words() == 0
    asked = Request.objects.get()
    assert (asked.said, asked.closure.reason_given, asked.closure.outcome) == ({}, "", "done")
    assert "forgotten a year after the answer" in text(officer(world.kudus).get(f"/requests/{asked.pk}/"))
