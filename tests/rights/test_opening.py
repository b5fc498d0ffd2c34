"""Opening a link: what it asks, what it never tells, when it locks and ends."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast, report
from tests.pages import text
from tests.rights.given import ANSWERS, WRONG, inside, link, officer, phone, resident
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.logs import Frames
from timpora.registry.models import Merger, Person
from timpora.rights.models import Link, Miss, Visit
from timpora.rights.models.link import MISSES
from timpora.rights.questions import Asked, fits, plain_digits
from timpora.team.models.invitation import ALPHABET, digest

pytestmark = pytest.mark.django_db
PAGE = "What is held about you"
NOT_OPENED = "This does not fit, or the link is no longer valid"


def test_a_scanned_code_leaves_the_address_at_once(world: Cast) -> None:
    _link, code = link(world, resident(world))
    answer = Client().get(f"/my-data/{code}/")
    assert (answer.status_code, answer["Location"]) == (303, "/my-data/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    cookie = answer.cookies["timpora-my-data"]
    assert code not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        True, "Lax", "/my-data/", 1800,
    )  # fmt: skip


def test_no_log_line_carries_a_code(world: Cast) -> None:
    _link, code = link(world, resident(world))
    record = logging.LogRecord(
        "x", logging.ERROR, "", 0, "Internal Server Error: %s", (f"/my-data/{code}/",), None
    )
    assert code not in Frames("%(message)s").format(record)
    assert "/my-data/" in Frames("%(message)s").format(record)


def test_right_answers_open_the_page_for_half_an_hour(world: Cast) -> None:
    person = resident(world)
    client = inside(world, person)
    page = client.get("/my-data/")
    assert PAGE in text(page)
    assert "Lin Yi-Chun" in text(page)
    entry = Entry.objects.get(action="link.opened")
    assert (entry.subject, entry.actor, entry.mandate, entry.post) == (
        f"person:{person.pk}",
        None,
        None,
        None,
    )
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert PAGE not in text(client.get("/my-data/"))


@pytest.mark.parametrize(
    "answers",
    [
        {"number": "A1234567"},
        {"number": "45-67"},
        {"number": "４５６７"},
        {"number": "٤٥٦٧", "birth_date_day": "٣", "birth_date_month": "٥", "birth_date_year": "١٩٩٠"},
        {"birth_date_day": "03", "birth_date_month": "05"},
    ],
)
def test_answers_are_read_as_people_write_them(world: Cast, answers: dict[str, str]) -> None:
    client = phone(link(world, resident(world))[1])
    assert client.post("/my-data/visits/", ANSWERS | answers).status_code == 303


@pytest.mark.parametrize("known", ["1990", "1990-05"])
def test_a_date_of_which_a_part_is_known_is_right_where_that_part_is(world: Cast, known: str) -> None:
    client = phone(link(world, resident(world, birth_date=known))[1])
    assert client.post("/my-data/visits/", ANSWERS | {"birth_date_year": "1991"}).status_code == 400
    assert client.post("/my-data/visits/", ANSWERS).status_code == 303


def test_what_is_no_answer_at_all_counts_as_none(world: Cast) -> None:
    client = phone(link(world, resident(world))[1])
    for empty in (
        {},
        ANSWERS | {"number": "67"},
        ANSWERS | {"birth_date_month": "13"},
        ANSWERS | {"birth_date_year": ""},
    ):
        answer = client.post("/my-data/visits/", empty)
        assert answer.status_code == 400
        assert NOT_OPENED not in text(answer)
    assert not Miss.objects.exists()


def test_every_way_to_fail_reads_the_same(world: Cast) -> None:
    """A stranger who found a slip learns nothing: not whether it is known, ended, locked or expired."""
    person = resident(world)
    pages = {"unknown": said(phone("B" * 28), ANSWERS)}
    pages["wrong"] = said(phone(link(world, person)[1]), WRONG)
    ended, code = link(world, person)
    ended.end(by=world.bakalan)
    pages["ended"] = said(phone(code), ANSWERS)
    locked = phone(link(world, person)[1])
    for _try in range(MISSES):
        locked.post("/my-data/visits/", WRONG)
    pages["locked"] = said(locked, ANSWERS)
    _link, code = link(world, person)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        pages["expired"] = said(phone(code), ANSWERS)
    assert len(set(pages.values())) == 1
    assert NOT_OPENED in pages["unknown"]


def said(client: Client, answers: dict[str, str]) -> str:
    """What stands on the page after an answer, without what was typed."""
    page = text(client.post("/my-data/visits/", answers))
    return page.replace(f'value="{answers["number"]}"', "")


def test_the_fifth_wrong_answer_locks_and_the_right_one_opens_nothing_any_more(world: Cast) -> None:
    person = resident(world)
    given_, code = link(world, person)
    client = phone(code)
    for _try in range(MISSES + 3):
        assert client.post("/my-data/visits/", WRONG).status_code == 400
    assert client.post("/my-data/visits/", ANSWERS).status_code == 400
    assert given_.misses.count() == MISSES
    assert not Visit.objects.exists()
    given_.refresh_from_db()
    assert given_.locked_at is not None


def test_a_lock_shows_out_whoever_is_inside(world: Cast) -> None:
    _given, code = link(world, resident(world))
    reader, stranger = phone(code), phone(code)
    reader.post("/my-data/visits/", ANSWERS)
    assert PAGE in text(reader.get("/my-data/"))
    for _try in range(MISSES):
        stranger.post("/my-data/visits/", WRONG)
    assert PAGE not in text(reader.get("/my-data/"))


def test_leaving_closes_the_page_on_every_device_of_that_visit(world: Cast) -> None:
    client = inside(world, resident(world))
    copied = Client()
    copied.cookies["timpora-my-data"] = client.cookies["timpora-my-data"].value
    assert client.post("/my-data/visits/end/").status_code == 303
    for each in (client, copied):
        assert PAGE not in text(each.get("/my-data/"))


def test_a_code_may_be_typed_as_it_is_printed(world: Cast) -> None:
    _link, code = link(world, resident(world))
    typed = " ".join(code[start : start + 4] for start in range(0, 28, 4)).lower()
    client = Client()
    assert client.post("/my-data/", {"code": typed}).status_code == 303
    assert client.post("/my-data/visits/", ANSWERS).status_code == 303
    assert Client().post("/my-data/", {"code": ""}).status_code == 400


def test_a_forged_cookie_opens_nothing(world: Cast) -> None:
    person = resident(world)
    inside(world, person)
    visit = Visit.objects.get()
    for forged in (f"[0,{visit.pk}]", f'["",{visit.pk}]:abc', ""):
        client = Client()
        client.cookies["timpora-my-data"] = forged
        assert "Lin Yi-Chun" not in text(client.get("/my-data/"))
    assert Client().post("/my-data/visits/", ANSWERS)["Location"] == "/my-data/"


def test_it_is_no_officers_session_and_an_officers_is_none_of_theirs(world: Cast) -> None:
    person = resident(world)
    client = inside(world, person)
    assert client.get(f"/people/{person.pk}/").status_code == 302
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert "Lin Yi-Chun" not in text(officer(world.kaliwungu).get("/my-data/"))
    shared = officer(world.kaliwungu)
    shared.get(f"/my-data/{link(world, person)[1]}/")
    shared.post("/my-data/visits/", ANSWERS)
    page = text(shared.get("/my-data/?language=en"))
    assert PAGE in page
    assert str(world.kaliwungu.post) not in page
    assert 'href="/account/"' not in page


def test_many_tries_from_one_connection_are_paused(world: Cast) -> None:
    client = phone("B" * 28)
    answers = [client.post("/my-data/visits/", ANSWERS).status_code for _each in range(32)]
    assert answers[0] == 400
    assert answers[-1] == 429
    assert "A short pause" in text(client.post("/my-data/visits/", ANSWERS))


def test_a_merger_ends_the_links_of_both_and_so_does_taking_it_back(world: Cast) -> None:
    """Nobody reads somebody else's data by an officer's slip; with a new link they read what stands now."""
    first, second = twins(world)
    reader = inside(world, first)
    merger = Merger.objects.join(first, second, by=world.kaliwungu, reason="one passport")
    assert PAGE not in text(reader.get("/my-data/"))
    with pytest.raises(Refusal):
        Link.objects.give(by=world.bakalan, person=second)
    first.refresh_from_db()
    again = inside(world, first)
    assert PAGE in text(again.get("/my-data/"))
    merger.undo(by=world.kaliwungu, reason="two faces")
    assert PAGE not in text(again.get("/my-data/"))


def twins(world: Cast) -> tuple[Person, Person]:
    """Two records of one village, the first with a passport."""
    first = resident(world)
    sent = report(world.bakalan, names="Kembar Dua", birth_date="")
    sent.confirm(by=world.kaliwungu)
    sent.refresh_from_db()
    if sent.is_doubtful:
        sent.decide_identity(by=world.kaliwungu, person=None)
    return first, Person.objects.latest("pk")


def test_a_link_of_somebody_who_is_registered_no_more_opens_nothing(world: Cast) -> None:
    person = resident(world)
    _given, code = link(world, person)
    reader, other = phone(code), phone(code)
    reader.post("/my-data/visits/", ANSWERS)
    assert PAGE in text(reader.get("/my-data/"))
    person.delete()
    assert PAGE not in text(reader.get("/my-data/"))
    assert NOT_OPENED in text(other.post("/my-data/visits/", ANSWERS))


def test_somebody_who_was_entered_in_error_reads_that_nothing_is_registered(world: Cast) -> None:
    person = resident(world)
    client = inside(world, person)
    report(world.bakalan, kind="left", person=person, left="error").confirm(by=world.kaliwungu)
    assert "No place of residence is registered." in text(client.get("/my-data/"))


@settings(max_examples=60)
@given(place=st.integers(0, 27), sign=st.sampled_from(ALPHABET))
def test_a_code_that_differs_in_one_sign_is_another_code(place: int, sign: str) -> None:
    code = "23456789BCDFGHJKMNPQRSTVWXZ2"
    other = code[:place] + sign + code[place + 1 :]
    assert (digest(other) == digest(code)) is (other == code)


@settings(max_examples=200)
@given(
    known=st.dates(),
    said_=st.dates(),
    precision=st.sampled_from([4, 7, 10]),
    endings=st.lists(st.text(ALPHABET, min_size=4, max_size=4), max_size=3),
    number=st.text(ALPHABET, min_size=4, max_size=12),
)
def test_answers_fit_exactly_where_both_are_right(
    known: Any, said_: Any, precision: int, endings: list[str], number: str
) -> None:
    right = Asked(known.isoformat()[:precision], tuple(endings))
    old = said_.year < 1900 or said_ > timezone.localdate()
    expected = not old and said_.isoformat()[:precision] == right.birth_date and number[-4:] in endings
    assert fits(right, birth_date=said_.isoformat(), number=number) is expected


@pytest.mark.parametrize("birth_date", ["", "1990-05-03"])
@pytest.mark.parametrize("number", ["", "4567"])
def test_nothing_fits_where_nothing_is_known(birth_date: str, number: str) -> None:
    for right in (Asked(), Asked("1990-05-03"), Asked("", ("4567",))):
        assert not fits(right, birth_date=birth_date, number=number)


@given(st.integers(0, 9999))
def test_digits_of_every_script_are_the_same_figures(figure: int) -> None:
    written = f"{figure:04d}"
    for zero in ("٠", "۰", "０", "०"):
        assert plain_digits("".join(chr(ord(zero) + int(each)) for each in written)) == written
