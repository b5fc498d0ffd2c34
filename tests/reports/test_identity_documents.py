"""What a document number says of whom a doubtful report speaks."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import PRAMBATAN, Cast, report
from tests.pages import text
from tests.reports.conftest import counted, filled
from timpora.registry.models import Claim, Person
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db


def test_two_known_documents_are_said_to_differ(world: Cast) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    renewed = report(world.prambatan, **(cast.PASSPORT | {"document_number": "B7654321"}))
    renewed.confirm(by=world.kaliwungu)
    (compared,) = cast.sign_in(world.kaliwungu).get(f"/identities/{renewed.pk}/").context["comparisons"]
    assert {line.label: line.outcome for line in compared.lines}["Nomor dokumen"] == "differs"


def test_a_document_that_somebody_holds_is_not_given_to_a_new_person(world: Cast) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    other = report(world.prambatan, **(cast.PASSPORT | {"birth_date": "1971-02-03", "names": "Chen Mei"}))
    other.confirm(by=world.kaliwungu)
    other.refresh_from_db()
    assert other.is_doubtful
    answer = cast.sign_in(world.kaliwungu).post(f"/identities/{other.pk}/decision/", {"decision": "other"})
    assert answer.status_code == 400 and "nomor dokumen ini" in text(answer)
    assert counted() == (1, 1) and Person.objects.count() == 1


def test_a_passport_without_its_issuer_is_one_of_the_persons_own_state_as_in_lists(world: Cast) -> None:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    client, page = cast.sign_in(world.prambatan), "/reports/new/"
    number = {"document_kind": "passport", "document_number": cast.PASSPORT["document_number"]}
    assert client.post(page, filled(**number, document_issuer="")).status_code in (302, 303)
    sent = Report.objects.order_by("-pk")[0]
    assert sent.area_id == PRAMBATAN
    answer = cast.sign_in(world.kaliwungu).post(f"/reports/{sent.pk}/confirmation/")
    assert answer.status_code in (302, 303)
    sent.refresh_from_db()
    assert sent.state == Report.State.VERIFIED and Person.objects.get().documents.count() == 1
    assert counted() == (1, 0) and Claim.objects.open().count() == 1


def test_another_document_or_a_stated_issuer_keeps_what_was_said(world: Cast) -> None:
    said = report(world.bakalan, **(cast.PASSPORT | {"document_issuer": "CHN"}))
    assert said.values["document_issuer"] == "CHN"
    card = report(world.bakalan, names="Lain", document_kind="unhcr", document_number="UN-1")
    assert "document_issuer" not in card.values
