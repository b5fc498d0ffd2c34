"""An electronic stay permit as one line: pasted text, or the PDF as it was issued."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.exchange.lists import FILE, Draft
from timpora.exchange.lists.eitas import of_pdf, of_text

TODAY = date(2026, 11, 25)
PERMIT = """REPUBLIC OF INDONESIA
LIMITED STAY PERMIT (e-ITAS)
LI WEI
PERMIT NUMBER : 2C11JE1234-X
STAY PERMIT EXPIRY : 31/12/2026
Place / Date of Birth : GUANGZHOU / 17-08-1990
Passport Number : E12345678
Passport Expiry : 12-05-2030
Nationality : CHINA
Gender : MALE
Address : JL. MELATI NO 3 RT 01
DESA MLATI KUDUS
Occupation : ENGINEER
Guarantor : PT CONTOH MAKMUR
Activity : WORK
SEMARANG
"""
VALUES = {
    "names": "LI WEI", "permit_kind": "ITAS", "permit_number": "2C11JE1234-X", "permit_until": "2026-12-31",
    "birth_date": "1990-08-17", "document_number": "E12345678", "document_until": "2030-05-12",
    "nationality": "CHN", "nationality_text": "CHINA", "sex": "M", "job": "ENGINEER", "purpose": "WORK",
    "address": "JL. MELATI NO 3 RT 01 DESA MLATI KUDUS", "guarantor": "PT CONTOH MAKMUR",
}  # fmt: skip


def codes(draft: Draft) -> list[str]:
    assert all(FILE[fault.code] and fault.blocks for fault in draft.faults)
    return [fault.code for fault in draft.faults]


def pdf_of(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, written by hand."""
    shown = " T* ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj" for line in lines)
    stream = f"BT /F1 10 Tf 12 TL 40 800 Td {shown} ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def test_pasted_text_becomes_one_line() -> None:
    draft = of_text(PERMIT, today=TODAY)
    (line,) = draft.lines
    assert line.values == VALUES and line.faults == () and line.number == 1
    assert draft.mapping["Passport Number"] == "document_number"


def test_labels_over_their_values_are_read_too() -> None:
    text = PERMIT.replace(" : ", "\n:\n")
    assert of_text(text, today=TODAY).lines[0].values["document_number"] == "E12345678"


def test_a_fault_names_the_label_as_printed() -> None:
    (line,) = of_text(PERMIT.replace("17-08-1990", "31-02-1990"), today=TODAY).lines
    (fault,) = line.faults
    assert (fault.heading, fault.code) == ("Place / Date of Birth", "date_impossible")
    assert line.usable


def test_a_permanent_permit_is_told() -> None:
    text = PERMIT.replace("LIMITED STAY PERMIT (e-ITAS)", "PERMANENT STAY PERMIT (e-ITAP)")
    assert of_text(text, today=TODAY).lines[0].values["permit_kind"] == "ITAP"


def test_the_pdf_gives_the_same_line() -> None:
    (line,) = of_pdf(pdf_of(PERMIT.splitlines()), today=TODAY).lines
    assert line.values == VALUES


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_permit"),
        (b"PK\x03\x04", "not_a_permit"),
        (b"%PDF-1.4 broken", "not_a_permit"),
        (pdf_of(["Surat undangan rapat"]), "not_a_permit"),
        (pdf_of([]), "no_text"),
        (b"%PDF" + b"x" * (5 * 2**20), "pdf_too_large"),
    ],
)
def test_what_is_no_permit_is_one_sentence(data: bytes, code: str) -> None:
    draft = of_pdf(data, today=TODAY)
    assert draft.lines == [] and codes(draft) == [code]


@given(st.text(max_size=400) | st.lists(st.sampled_from(PERMIT.splitlines()), max_size=9).map("\n".join))
def test_any_text_is_answered(text: str) -> None:
    draft = of_text(text, today=TODAY)
    assert len(draft.lines) == 1 or codes(draft) == ["not_a_permit"]
