"""A document's number at the HTTP edge: opened for a purpose and noted; countries while typing."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import PASSPORT, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.registry.models import Disclosure, IdentityDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


@pytest.fixture
def path(world: Cast) -> str:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    document = IdentityDocument.objects.get()
    return f"/people/{document.person_id}/documents/{document.pk}/disclosures/"


@pytest.mark.parametrize("by", ["kudus", "immigration", "chair"])
def test_a_number_opens_for_a_purpose_and_the_ledger_has_it_without_the_number(
    world: Cast, path: str, by: str
) -> None:
    client = cast.sign_in(world.everyone()[by])
    answer = client.post(path, {"purpose": "verify"})
    assert "A1234567" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    fragment = client.post(path, {"purpose": "verify"}, headers={"hx-request": "true"})
    assert "A1234567" in text(fragment) and "<html" not in text(fragment)
    entry = Entry.objects.filter(action="number.revealed").order_by("number")[0]
    assert entry.values["purpose"] == "verify"
    assert "A1234567" not in str(entry.values)
    assert Disclosure.objects.count() == 2


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_without_a_purpose_it_stays_closed_and_says_so(world: Cast, path: str, purpose: str) -> None:
    client = cast.sign_in(world.kudus)
    answer = client.post(path, {"purpose": purpose})
    assert answer.status_code == 400
    assert "Pilih keperluan" in text(answer) and "A1234567" not in text(answer)
    asked = client.post(path, {"purpose": purpose}, headers={"hx-request": "true"})
    assert "Pilih keperluan" in text(asked) and "A1234567" not in text(asked)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "by",
    [
        "bakalan",
        "kaliwungu",
        "demak_regency",
        "labour",
        "province",
        "nation",
        "protection",
        "auditor",
        "operator",
    ],
)
def test_whoever_may_not_open_numbers_here_finds_nothing(world: Cast, path: str, by: str) -> None:
    client = cast.sign_in(world.everyone()[by])
    assert client.post(path, {"purpose": "verify"}).status_code == 404
    assert not Disclosure.objects.exists()


def test_a_document_of_somebody_else_is_not_found(world: Cast, path: str) -> None:
    report(world.bakalan, names="Thiha", nationality="MMR").confirm(by=world.kaliwungu)
    document = IdentityDocument.objects.get()
    client = cast.sign_in(world.kudus)
    other = f"/people/{document.person_id + 1}/documents/{document.pk}/disclosures/"
    assert client.post(other, {"purpose": "verify"}).status_code == 404
    assert client.get(path).status_code == 405


@pytest.mark.parametrize(
    ("typed", "found"),
    [("tiong", "Tiongkok (CHN)"), ("south k", "Korea Selatan (KOR)"), ("TWN", "Taiwan (TWN)")],
)
def test_a_country_is_suggested_while_it_is_typed(world: Cast, typed: str, found: str) -> None:
    answer = cast.sign_in(world.bakalan).get("/nations/", {"q": typed})
    assert f'data-value="{found}"' in text(answer)
    assert "<html" not in text(answer)


def test_indonesia_is_no_suggestion_and_nonsense_finds_nothing(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    assert "(IDN)" not in text(client.get("/nations/", {"q": "indonesia"}))
    assert "Tidak ada yang cocok" in text(client.get("/nations/", {"q": "qqqqqq"}))
