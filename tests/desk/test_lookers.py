"""Who looked, when, why, by post: for a plain look the way there, and never what was searched."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.desk import way
from timpora.ledger.models import Detail, Entry
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def lin(world: Cast) -> Person:
    sent = report(world.bakalan, **PASSPORT)
    sent.confirm(by=world.kaliwungu)
    sent.refresh_from_db()
    found: Person = sent.person
    return found


def look(by: Any, person: Person, **headers: str) -> str:
    """Opens the page and gives the entry's fields."""
    assert cast.sign_in(by).get(f"/people/{person.pk}/", headers=headers).status_code == 200
    return str(Entry.objects.filter(action="person.opened").order_by("number").last().fields)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("/people/?q=Rahasia&page=2", "search"),
        ("/people/numbers/", "search"),
        ("/", "list"),
        ("/returns/33.19.01.2001/2026-11/", "list"),
        ("/reports/waiting/", "review"),
        ("/reports/7/", "review"),
        ("/identities/", "identity"),
        ("/identities/7/", "identity"),
        ("/claims/7/", "claim"),
        ("/reports/register/", "register"),
        ("/notices/", "link"),
        ("/no/such/page/", "link"),
    ],
)
def test_a_plain_look_is_kept_with_the_way_there(world: Cast, lin: Person, page: str, code: str) -> None:
    assert look(world.kudus, lin, referer=HERE + page) == code
    kept = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert "Rahasia" not in kept


@pytest.mark.parametrize(
    "referer", ["", "https://elsewhere.example/people/", "http://testserver.example/people/", "http://[", "x"]
)
def test_a_look_that_comes_from_nowhere_of_ours_is_direct(world: Cast, lin: Person, referer: str) -> None:
    assert look(world.kudus, lin, referer=referer) == "direct"
    assert look(world.kudus, lin) == "direct"


def test_the_chair_reads_the_way_in_words_on_the_page(world: Cast, lin: Person) -> None:
    look(world.kudus, lin, referer=f"{HERE}/people/")
    look(world.immigration, lin, referer=f"{HERE}/reports/waiting/")
    page = cast.sign_in(world.chair).get(f"/people/{lin.pk}/")
    said = {(each.post.partition(",")[0], each.purpose) for each in page.context["looks"]}
    assert said == {
        ("Kudus", "dari pencarian"),
        ("Immigration", "saat menangani laporan"),
        ("Chair", "dibuka langsung"),
    }
    assert all(words in text(page) for _post, words in said)


def test_the_ledger_says_the_way_in_words(world: Cast, lin: Person) -> None:
    look(world.kudus, lin, referer=f"{HERE}/claims/")
    page = text(cast.sign_in(world.auditor).get("/ledger/?action=person.opened"))
    assert "Membuka halaman seseorang" in page
    assert "(saat menyelesaikan tempat seseorang dihitung)" in page


def test_an_entry_from_before_the_way_was_kept_says_none() -> None:
    assert way.in_words("") == ""


def test_the_browser_is_told_to_name_the_page_to_our_own_pages_alone(world: Cast) -> None:
    assert cast.sign_in(world.kudus).get("/").headers["Referrer-Policy"] == "same-origin"


def test_every_way_of_a_page_has_its_words() -> None:
    assert set(way.PAGES.values()) <= set(way.WORDS)
