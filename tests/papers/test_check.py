"""The check page: open to everybody who holds a code, silent about what the paper says."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.pages import text
from tests.papers import receipt
from timpora.ledger.models import Entry
from timpora.papers import forms
from timpora.papers.models import Content, Paper

pytestmark = pytest.mark.django_db

SECRETS = ("Disnaker", "tka november", "Pengolah Data", "1.686", "31/02/1990", "Kudus", "labour")


@pytest.fixture
def paper(world: Cast) -> Paper:
    return receipt.issued(world)


def sent(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("surat.pdf", content, "application/pdf")}


def test_whoever_holds_the_code_reads_which_paper_it_is_and_nothing_it_says(paper: Paper) -> None:
    page = text(Client().get(f"/papers/check/{paper.printed_code}/"))
    for part in (
        "Tanda terima daftar",
        paper.number,
        "25 November 2026",
        "Kantor Imigrasi Semarang",
        paper.sha256,
    ):
        assert part in page
    assert [each for each in SECRETS if each in page] == []


def test_the_qr_code_on_the_paper_leads_to_this_page(paper: Paper) -> None:
    address = receipt.words(bytes(Content.objects.get().pdf)).replace(" ", "")
    assert f"{receipt.DOOR}{paper.printed_code}/" in address
    assert Client().get(f"/papers/check/{paper.printed_code}/").status_code == 200


def test_a_code_typed_by_hand_leads_to_the_paper(paper: Paper) -> None:
    typed = paper.printed_code.lower().replace("o", "0").replace("i", "1").replace("-", " ")
    answer = Client().get("/papers/check/", {"code": typed}, follow=True)
    assert paper.number in text(answer)


def test_an_unknown_code_is_a_kind_sentence_and_a_404(paper: Paper) -> None:
    for code in ("AAAA-AAAA-AAAA-AAAA-AAAA", "x", "%00", "ü" * 90):
        answer = Client().get(f"/papers/check/{code}/")
        assert answer.status_code == 404
        assert "Tidak ada surat dengan kode ini" in text(answer)


def test_what_has_not_the_shape_of_a_code_is_said_beside_the_field() -> None:
    for typed in ("", "AB-12", "A" * 61):
        answer = Client().get("/papers/check/", {"code": typed})
        assert answer.status_code == 400
        assert 'id="id_code_error"' in text(answer)


def test_the_page_begins_without_a_complaint() -> None:
    answer = Client().get("/papers/check/")
    assert answer.status_code == 200
    assert "field-error" not in text(answer)


def test_the_file_as_it_was_issued_is_recognised(paper: Paper) -> None:
    answer = Client().post(f"/papers/check/{paper.code}/comparison/", sent(bytes(Content.objects.get().pdf)))
    assert "tanpa perubahan" in text(answer)


def test_a_file_changed_by_one_byte_differs(paper: Paper) -> None:
    pdf = bytes(Content.objects.get().pdf) + b"\n"
    answer = Client().post(f"/papers/check/{paper.code}/comparison/", sent(pdf))
    assert "berbeda dari surat" in text(answer)
    assert "tanpa perubahan" not in text(answer)


def test_no_file_an_empty_one_and_a_huge_one_are_said_beside_the_field(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LARGEST", 10)
    for files in ({}, sent(b""), sent(b"x" * 11)):
        answer = Client().post(f"/papers/check/{paper.code}/comparison/", files)
        assert answer.status_code == 400
        assert 'id="id_file_error"' in text(answer)


def test_checking_leaves_no_note(paper: Paper) -> None:
    before = Entry.objects.count()
    Client().get(f"/papers/check/{paper.code}/")
    Client().post(f"/papers/check/{paper.code}/comparison/", sent(b"x"))
    assert Entry.objects.count() == before


def test_nobody_tries_codes_by_the_thousand(paper: Paper) -> None:
    client = Client()
    statuses = [client.get("/papers/check/AAAA/").status_code for _ in range(121)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
