"""What the system is, and why it has no form for anonymous tips; in both languages, for everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from tests import cast
from tests.cast import Cast
from tests.pages import text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            (
                "Mengapa tidak ada formulir aduan tanpa nama",
                "pemerasan",
                "Kabar angin",
                "Pasal 30",
                "Ombudsman",
            ),
        ),
        (
            "en",
            ("Why there is no form for anonymous tips", "extortion", "Rumours", "Article 30", "Ombudsman"),
        ),
    ],
)
def test_the_page_about_the_system_says_why_there_is_no_tip_form(
    language: str, words: tuple[str, ...]
) -> None:
    page = text(Client(headers={"accept-language": language}).get("/about/"))
    assert [word for word in words if word not in page] == []
    assert 'href="/my-data/"' in page
    assert "<textarea" not in page


def test_it_is_one_tap_from_every_page(world: Cast) -> None:
    assert 'href="/about/"' in text(cast.sign_in(world.bakalan).get("/"))
    assert 'href="/about/"' in text(Client().get("/sign-in/"))


def test_nothing_can_be_told_about_somebody_without_signing_in_or_a_link() -> None:
    """No address takes a stranger's words: of those open to all, none but the own page's takes a form."""
    names = [str(pattern.pattern) for pattern in _patterns()]
    assert [name for name in names if any(word in name for word in ("tip", "hotline", "complaint"))] == []
    assert Client().post("/my-data/requests/new/?kind=objection", {"words": "x"})["Location"] == "/my-data/"


def _patterns() -> list[object]:
    return [
        each
        for resolver in get_resolver().url_patterns
        for each in getattr(resolver, "url_patterns", [resolver])
    ]
