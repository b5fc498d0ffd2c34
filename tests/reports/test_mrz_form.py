"""The passport's lines in the report form, without scripts: they fill it, are asked about, are not kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.reports.conftest import filled, only, send
from tests.zones import SPECIMENS
from timpora.ledger.models import Entry
from timpora.registry.models import Statement
from timpora.registry.mrz import read, written
from timpora.reports.models import Draft, Report

pytestmark = pytest.mark.django_db

EMPTY = dict.fromkeys(
    ("names", "nationality", "sex", "birth_date_day", "birth_date_month", "birth_date_year"), ""
)


def lines(**changed: str) -> str:
    """The specimen's lines as a passport of Taiwan, or with other fields."""
    said = read(SPECIMENS["TD3"], today=date(2026, 11, 24)).fields
    taiwan = {"issuing_state": "TWN", "nationality": "TWN", "date_of_expiry": "300101"}
    return "\n".join(written({**said, **taiwan, **changed}, "TD3"))


def put(world: Cast, zone: str, **typed: str) -> Any:
    """The form after "Read the lines"."""
    given = filled(**EMPTY) | typed | {"zone": zone, "read_lines": "1"}
    return cast.sign_in(world.bakalan).post("/reports/new/", given)


def initial(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = answer.context["form"].initial
    return found


def test_the_lines_fill_the_form_and_nothing_is_stored(world: Cast) -> None:
    entries = Entry.objects.count()
    answer = put(world, lines())
    assert answer.status_code == 200
    assert {name: initial(answer)[name] for name in ("names", "nationality", "sex", "birth_date")} == {
        "names": "ERIKSSON ANNA MARIA", "nationality": "TWN", "sex": "F", "birth_date": "1974-08-12",
    }  # fmt: skip
    page = text(answer)
    for shown in ("ERIKSSON ANNA MARIA", "Taiwan (TWN)", "L898902C3", "2030-01-01"):
        assert f'value="{shown}"' in page
    # Neither the lines nor a part of them come back, and what was typed beside them stays.
    assert "P&lt;TWN" not in page and "mess PT Muria Jaya" in page
    assert not Draft.objects.exists() and not Report.objects.exists() and not Statement.objects.exists()
    assert Entry.objects.count() <= entries + 1  # the sign-in


def test_no_answer_puts_the_lines_into_an_address(world: Cast) -> None:
    page = text(put(world, lines()))
    assert "?zone" not in page and 'method="get"' not in page.replace("search", "")


def test_the_marked_characters_are_asked_about_and_the_report_waits_for_each(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    marks = [mark.code for mark in put(world, lines()).context["zone"].marks]
    assert marks == ["document_number.2.8.I", "document_number.4.8.I", "document_number.6.0.AKU"]
    number = {"document_kind": "passport", "document_number": "L898902C3", "to_compare": marks}

    refused = send(desa, **number)  # type: ignore[arg-type]
    assert refused.status_code == 400
    assert "cocokkan" in " ".join(refused.context["form"].errors["document_number"])
    assert [mark.code for mark in refused.context["zone"].marks] == marks
    assert send(desa, **number, compared=marks[:2]).status_code == 400  # type: ignore[arg-type]
    assert not Report.objects.exists()

    assert send(desa, **number, compared=marks).status_code == 303  # type: ignore[arg-type]
    assert "to_compare" not in str(only().statement.values)


def test_whoever_types_another_number_has_compared(world: Cast) -> None:
    sent = send(
        world.bakalan, document_kind="passport", document_number="LI98902C3",
        to_compare="document_number.2.8.I",
    )  # fmt: skip
    assert sent.status_code == 303


def test_nothing_that_was_typed_is_overwritten_but_what_differs_is_said(world: Cast) -> None:
    answer = put(world, lines(), names="Anna Maria Eriksson", nationality="Filipina")
    assert initial(answer)["names"] == "Anna Maria Eriksson"
    assert initial(answer)["nationality"] == "Filipina"
    said = " ".join(answer.context["zone"].notes)
    assert "Taiwan" in said and "ERIKSSON" not in said  # the same name in another order says the same


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        ("", "lebih dahulu"),
        ("Nama: Anna Eriksson", "bukan baris paspor"),
        (lines().replace("L898902C3", "L898902C"), "44, 43"),
        (lines(document_code="PD"), "Pasal 73"),
        ("<" * 65_000, "4000"),
    ],
)
def test_lines_that_cannot_be_taken_get_a_sentence_and_stay_to_be_corrected(
    world: Cast, zone: str, sentence: str
) -> None:
    answer = put(world, zone)
    assert answer.status_code == 400
    assert sentence in answer.context["zone"].fault and sentence in text(answer)
    assert 'id="id_zone_error"' in text(answer)
    if "PD" not in zone:
        assert answer.context["zone"].typed == zone[:4000]
    assert not Draft.objects.exists()


def test_bad_digits_leave_their_field_empty_and_say_so(world: Cast) -> None:
    answer = put(world, lines().replace("7408122", "7408132"))
    assert answer.status_code == 200
    assert "birth_date" not in initial(answer) and initial(answer)["names"] == "ERIKSSON ANNA MARIA"
    assert any("Angka pemeriksa" in note for note in answer.context["zone"].notes)
    assert answer.context["zone"].typed  # to be corrected


def test_a_state_that_does_not_exist_is_refused_in_words(world: Cast) -> None:
    answer = put(world, SPECIMENS["TD3"])
    assert "nationality" not in initial(answer)
    assert any("UTO" in note for note in answer.context["zone"].notes)


def test_a_report_that_is_sent_or_kept_never_carries_the_lines(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    desa.post("/reports/draft/", filled() | {"zone": lines()})
    assert "zone" not in Draft.objects.of(world.bakalan)
    assert send(desa, zone=lines()).status_code == 303
    assert "zone" not in only().statement.values


def test_a_parted_birth_date_comes_as_far_as_it_is_known(world: Cast) -> None:
    page = text(put(world, lines(date_of_birth="74")))
    assert 'name="birth_date_year" value="1974"' in page
    assert 'name="birth_date_month" value=' not in page


def test_the_answer_to_a_report_that_was_sent_back_keeps_its_address(world: Cast) -> None:
    report = cast.report(world.bakalan)
    report.send_back(by=world.kaliwungu, reason="nama?")
    desa = cast.sign_in(world.bakalan)
    given = filled(**EMPTY) | {"zone": lines(), "read_lines": "1"}
    answer = desa.post(f"/reports/new/?replaces={report.pk}", given)
    assert answer.status_code == 200 and answer.context["replaced"] == report


def test_enter_in_a_field_sends_the_report_and_reads_no_lines(world: Cast) -> None:
    page = text(cast.sign_in(world.bakalan).get("/reports/new/"))
    first = page.index("<button hidden>")  # browsers press the first button of a form
    assert first < page.index('name="read_lines"')
