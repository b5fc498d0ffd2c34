"""Our own pages for what goes wrong: a sentence, what to do now, nothing of the system's insides."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db.utils import DatabaseError, OperationalError
from django.test import Client, RequestFactory

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.desk.views import errors, pages

pytestmark = pytest.mark.django_db


def broken(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> Any:
    """The answer to a request whose view meets a fault."""

    def fails(*args: Any, **kwargs: Any) -> None:
        raise fault

    monkeypatch.setattr(pages, "render", fails)
    return Client(raise_request_exception=False).get("/legal-basis/")


@pytest.mark.parametrize(
    "said", ["database is locked", "database or disk is full", "server closed the connection"]
)
def test_a_database_that_is_away_locked_or_full_is_a_503_and_will_be_back(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    answer = broken(monkeypatch, OperationalError(said))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert said not in text(answer)
    assert "Timpora" in text(answer)


def test_a_database_fault_behind_another_fault_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = RuntimeError("wrapped")
    fault.__cause__ = OperationalError("database is locked")
    assert broken(monkeypatch, fault).status_code == 503


@pytest.mark.parametrize("fault", [KeyError("secret value"), DatabaseError("a row with Lin Yi-Chun")])
def test_a_fault_of_ours_is_a_500_without_its_text(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    answer = broken(monkeypatch, fault)
    assert answer.status_code == 500
    assert "secret" not in text(answer)
    assert "Lin Yi-Chun" not in text(answer)


def test_when_even_the_session_cannot_be_read_the_page_is_still_ours(
    world: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = cast.sign_in(world.bakalan)
    client.raise_request_exception = False

    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "<h1>" in text(answer)


def test_an_unknown_address_is_a_404_of_ours() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "<h1>" in text(answer)


@pytest.mark.parametrize("address", ["/people/numbers/", "/reports/confirmations/"])
def test_an_address_that_takes_a_form_only_says_so_when_it_is_opened(world: Cast, address: str) -> None:
    answer = cast.sign_in(world.kudus).get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "hanya menerima kiriman formulir" in text(answer)


def test_what_is_too_large_is_a_413_and_what_is_unreadable_a_400() -> None:
    request = RequestFactory().post("/")
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request, ValueError()).status_code == 400


def test_a_body_over_the_limit_is_a_413_with_the_limit_and_a_way_back_and_no_traceback(
    world: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    sender = cast.sign_in(world.kaliwungu)
    with caplog.at_level(logging.INFO):
        answer = sender.post("/people/", {"q": "x" * 2000}, headers={"referer": "http://testserver/people/"})
    assert answer.status_code == 413
    page = text(answer)
    assert "1000" in page and 'href="http://testserver/people/"' in page
    assert not [record for record in caplog.records if record.exc_info]
    away = sender.post("/people/", {"q": "x" * 2000}, headers={"referer": "https://elsewhere.example/"})
    assert "elsewhere" not in text(away)


def test_a_form_that_was_open_too_long_is_told_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/people/", {"q": "lin"})
    assert answer.status_code == 403
    assert "403" in text(answer)
