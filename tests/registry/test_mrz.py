"""The passport zone: the standard's specimens, what people make of them, what the check digits catch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zones import LONG, NOISE, SPECIMENS, fields
from timpora.registry.mrz import Reading, Unreadable, check_digit, read, written
from timpora.registry.mrz.digits import ALPHABET, VALUE
from timpora.registry.mrz.layout import FORMATS
from timpora.registry.mrz.values import compared, notes, service, values

TODAY = date(2026, 11, 24)
SIGNS = ALPHABET + "<"
NAMES = {"primary_identifier": "ERIKSSON", "secondary_identifier": "ANNA MARIA"}


def zone(text: str) -> Reading:
    return read(text, today=TODAY)


def digits(reading: Reading) -> list[str]:
    """The fields in which something was read otherwise, is to be compared as written, or disagrees."""
    unsure = [mark.field for mark in reading.unclear if mark.why == "written"]
    return [*unsure, *(mark.field for mark in reading.repaired), *reading.faults]


# --- the specimens ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", SPECIMENS)
def test_the_specimens_of_the_standard_are_read(format: str) -> None:
    found = zone(SPECIMENS[format])
    assert found.format == format
    assert {name: found.fields[name] for name in NAMES} == NAMES
    assert found.fields["issuing_state"] == "UTO"
    assert "\n".join(found.lines) == SPECIMENS[format]
    assert digits(found) == [] and not found.truncated


def test_the_specimen_passport_says_what_the_standard_says_of_it() -> None:
    found = zone(SPECIMENS["TD3"])
    assert found.fields == NAMES | {
        "document_code": "P", "issuing_state": "UTO", "document_number": "L898902C3", "nationality": "UTO",
        "date_of_birth": "740812", "sex": "F", "date_of_expiry": "120415", "optional_data": "ZE184226B",
    }  # fmt: skip
    assert (found.birth, found.century, found.expiry) == ("1974-08-12", "only", "2012-04-15")


@pytest.mark.parametrize("format", LONG)
def test_a_long_document_number_runs_on_into_the_optional_data(format: str) -> None:
    found = zone(LONG[format])
    assert (found.fields["document_number"], found.fields["optional_data"]) == ("D23145890734", "")
    assert digits(found) == []


@pytest.mark.parametrize("text", ["D23145890<", "D23145890A"])
def test_a_long_number_without_its_own_check_digit_is_a_fault(text: str) -> None:
    # The place of the check digit is empty, and nothing follows that could be one.
    wrong = SPECIMENS["TD1"].replace("D231458907", text[:9] + "<").replace("9<<<<", "<<<<<")
    assert "document_number" in zone(wrong).faults


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read(format: str) -> None:
    @given(fields(format))
    def holds(said: dict[str, str]) -> None:
        found = zone("\n".join(written(said, format)))
        assert found.fields == said
        assert found.format == format and digits(found) == []

    holds()


# --- corruptions ------------------------------------------------------------------------------------------


def covered(format: str, text: str) -> set[int]:
    """The places of a zone that one of its check digits covers, those digits included."""
    form, found = FORMATS[format], set()
    for field, digit in form.checks.items():
        found |= {digit, *range(*form.spans[field])}
    if form.composite is not None:
        found |= {form.composite, *(place for span in form.covered for place in range(*span))}
    return found


def corrupted(format: str, place: int, sign: str) -> str:
    text = SPECIMENS[format].replace("\n", "")
    return text[:place] + sign + text[place + 1 :]


@pytest.mark.parametrize("format", SPECIMENS)
def test_every_single_corruption_that_check_digits_can_catch_is_caught(format: str) -> None:
    text = SPECIMENS[format].replace("\n", "")
    fields_of = zone(text).fields
    tried = 0
    for place in covered(format, text):
        for sign in SIGNS:
            if VALUE[sign] % 10 == VALUE[text[place]] % 10:
                continue  # no check digit sees it
            tried += 1
            try:
                found = zone(corrupted(format, place, sign))
            except Unreadable:
                continue
            assert digits(found), (place, sign)
            # What was set right is right, unless a person is asked to look there.
            asked = found.faults or any(mark.why == "written" for mark in found.unclear)
            assert asked or found.fields == fields_of, (place, sign)
    assert tried > 700


@given(st.sampled_from(list(FORMATS)), st.data())
def test_no_single_corruption_of_any_zone_is_taken_for_sure(format: str, data: Any) -> None:
    lines = written(data.draw(fields(format)), format)
    text = "".join(lines)
    place = data.draw(st.sampled_from(sorted(covered(format, text))))
    sign = data.draw(st.sampled_from(SIGNS))
    if VALUE[sign] % 10 == VALUE[text[place]] % 10:
        return
    try:
        found = zone(text[:place] + sign + text[place + 1 :])
    except Unreadable:
        return
    assert digits(found) or "".join(found.lines) == text


@pytest.mark.parametrize(
    ("wrong", "right", "field"),
    [
        ("74O8122", "7408122", "date_of_birth"),
        ("7408I22", "7408122", "date_of_birth"),
        ("F12O4I59", "F1204159", "date_of_expiry"),
        ("ZE184226B<<<<<IO", "ZE184226B<<<<<10", ""),
    ],
)
def test_a_letter_where_only_a_digit_may_stand_is_set_right_and_told(
    wrong: str, right: str, field: str
) -> None:
    found = zone(SPECIMENS["TD3"].replace(right, wrong))
    assert "\n".join(found.lines) == SPECIMENS["TD3"]
    assert found.faults == ()
    assert field in {"", *(mark.field for mark in found.repaired)} and found.repaired


def test_a_repair_that_the_digits_do_not_prove_is_no_repair_but_a_question() -> None:
    # Typed O for 0 in the number: B for 8 twice or Z for 2 would satisfy the digits as well.
    found = zone(SPECIMENS["TD3"].replace("L898902C3", "L8989O2C3"))
    asked = {mark.place: mark for mark in found.unclear if mark.field == "document_number"}
    assert "O" in asked[5].others and len(asked) > 1


def test_a_number_that_look_alikes_do_not_explain_is_a_fault() -> None:
    found = zone(SPECIMENS["TD3"].replace("L898902C3", "L898907C3"))
    assert "document_number" in found.faults or any(m.why == "written" for m in found.unclear)


@pytest.mark.parametrize(("sign", "others"), [("6", "G"), ("5", "F"), ("8", "I"), ("1", "B"), ("K", "0AU")])
def test_what_the_digits_cannot_tell_apart_is_marked(sign: str, others: str) -> None:
    said = zone(SPECIMENS["TD3"]).fields | {"document_number": f"X{sign}32", "optional_data": ""}
    found = zone("\n".join(written(said, "TD3")))
    assert [(m.field, m.place, m.read, m.others, m.why) for m in found.unclear] == [
        ("document_number", 1, sign, others, "equal")
    ]


def test_the_pairs_that_are_marked_have_equal_check_digits() -> None:
    for group in ("6G", "5F", "8I", "1B", "0AKU"):
        assert len({check_digit(sign) for sign in group}) == 1


# --- what people type and paste ---------------------------------------------------------------------------


def pasted() -> dict[str, str]:
    one, two = SPECIMENS["TD3"].split("\n")
    return {
        "small letters": SPECIMENS["TD3"].lower(),
        "spaces": " ".join(SPECIMENS["TD3"]),
        "line break lost": one + two,
        "wrapped by a chat": f"{one[:30]}\n{one[30:]}\n{two[:30]}\n{two[30:]}",
        "empty lines": f"\n\n{one}\n\n\r\n{two}\n",
        "other lines around": f"Halo pak,\nini paspornya:\n{one}\n{two}\nterima kasih",
        "fillers left out": f"{one.rstrip('<')}\n{two}",
        "too many fillers": f"{one}<<<\n{two.replace('<<<<<', '<<<<<<<<')}",
        "too few fillers": f"{one[:-4]}\n{two.replace('<<<<<', '<<')}",
        "other signs for fillers": SPECIMENS["TD3"].replace("<<", "«").replace("<", "‹"),
        "full width": SPECIMENS["TD3"].translate({ord(c): ord(c) + 0xFEE0 for c in SIGNS}),
    }


@pytest.mark.parametrize("how", pasted())
def test_lines_are_found_however_they_were_typed_or_pasted(how: str) -> None:
    assert "\n".join(zone(pasted()[how]).lines) == SPECIMENS["TD3"]


@pytest.mark.parametrize(
    ("text", "code", "lengths"),
    [
        ("", "empty", ()),
        (" \n ", "empty", ()),
        ("Anna Eriksson, paspor Utopia", "other", ()),
        (SPECIMENS["TD3"].replace("L898902C36", "L898902C3"), "length", (44, 43)),
        ("P<UTOERIKSSON<<ANNA", "length", (19,)),
        ("<" * 65_000, "length", (4000,)),
    ],
)
def test_what_is_no_zone_is_refused_with_its_reason(text: str, code: str, lengths: tuple[int, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        zone(text)
    assert (refused.value.code, refused.value.lengths) == (code, lengths)


@given(st.text() | st.lists(st.sampled_from([*NOISE, *SPECIMENS.values()]), max_size=12).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        zone(text)
    except Unreadable as refused:
        assert refused.code in ("empty", "length", "other")


# --- dates and names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "birth", "century"),
    [
        ("740812", "1974-08-12", "only"),
        ("7408", "1974-08", "only"),
        ("74", "1974", "only"),
        ("740000", "1974", "only"),
        ("", "", ""),
        ("150812", "2015-08-12", "younger"),
        ("261124", "2026-11-24", "younger"),
        ("261125", "1926-11-25", "only"),
    ],
)
def test_a_birth_date_is_taken_as_far_as_it_is_known_in_the_likelier_century(
    raw: str, birth: str, century: str
) -> None:
    said = zone(SPECIMENS["TD3"]).fields | {"date_of_birth": raw}
    found = zone("\n".join(written(said, "TD3")))
    assert (found.birth, found.century, found.faults) == (birth, century, ())


@pytest.mark.parametrize("raw", ["741312", "740230", "74<<12", "<<0812"])
def test_a_day_that_no_calendar_has_is_a_fault(raw: str) -> None:
    said = zone(SPECIMENS["TD3"]).fields | {"date_of_birth": raw.replace("<", " ")}
    found = zone("\n".join(written(said, "TD3")))
    if raw == "74<<12":
        assert found.birth == "1974"  # a day of no known month says nothing
    else:
        assert found.faults == ("date_of_birth",) and found.birth == ""


def test_names_that_fill_the_line_are_said_to_be_cut() -> None:
    said = zone(SPECIMENS["TD3"]).fields | {"secondary_identifier": "ANNA " * 9}
    assert zone("\n".join(written(said, "TD3"))).truncated


def test_a_field_that_does_not_fit_is_not_cut_in_silence() -> None:
    with pytest.raises(ValueError, match="document_number"):
        written(zone(SPECIMENS["TD3"]).fields | {"document_number": "X" * 10}, "TD3")


def test_a_digit_in_a_name_is_read_as_a_letter_and_asked_about() -> None:
    found = zone(SPECIMENS["TD3"].replace("ERIKSSON", "ERIK5S0N"))
    assert found.fields["primary_identifier"] == "ERIKSSON"
    assert [(m.read, m.others) for m in found.unclear if m.field == "names"] == [("S", "5"), ("O", "0")]


# --- in the register's words ------------------------------------------------------------------------------


def invented(format: str = "TD3", **changed: str) -> Reading:
    said = {
        **zone(SPECIMENS["TD3"]).fields,
        "optional_data": "",
        "issuing_state": "TWN",
        "nationality": "TWN",
    }
    return zone("\n".join(written(said | changed, format)))


def test_a_passport_fills_the_registers_fields() -> None:
    assert values(invented()) == {
        "names": "ERIKSSON ANNA MARIA", "family": "ERIKSSON", "given": "ANNA MARIA", "nationality": "TWN",
        "sex": "F", "birth_date": "1974-08-12", "document_kind": "passport", "document_issuer": "TWN",
        "document_number": "L898902C3", "document_until": "2012-04-15",
    }  # fmt: skip
    assert [(each.field, each.place, each.read) for each in compared(invented())] == [
        ("document_number", 2, "8"), ("document_number", 4, "8"), ("document_number", 6, "0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "known"), [("D", "DEU"), ("GBD", "GBD"), ("XXA", "XXA"), ("XXB", "XXB"), ("RKS", "XKX")]
)
def test_states_of_the_standard_are_the_registers_nations(code: str, known: str) -> None:
    assert values(invented(nationality=code, issuing_state=code))["nationality"] == known


@pytest.mark.parametrize("code", ["UTO", "XYZ", "UNO"])
def test_a_state_that_does_not_exist_is_not_taken(code: str) -> None:
    found = invented(nationality=code)
    assert "nationality" not in values(found)
    assert [(note.code, note.value) for note in notes(found)] == [("state", code)]


@pytest.mark.parametrize(
    ("code", "state", "kind"),
    [
        ("PD", "TWN", "diplomatic"), ("PS", "TWN", "official"), ("PO", "TWN", "official"),
        ("PO", "CHN", ""), ("PS", "KOR", ""), ("PP", "TWN", ""), ("P", "TWN", ""), ("PM", "KOR", ""),
    ],
)  # fmt: skip
def test_a_diplomats_passport_fills_nothing_and_a_service_passport_is_asked_about(
    code: str, state: str, kind: str
) -> None:
    found = invented(document_code=code, issuing_state=state)
    assert service(found) == kind
    assert bool(values(found)) == (kind != "diplomatic")
    assert [note.code for note in notes(found)] == ([kind] if kind else [])


def test_sex_that_is_not_said_is_unspecified() -> None:
    assert values(invented(sex=""))["sex"] == "X"


def test_a_visa_fills_no_document() -> None:
    found = values(invented("MRV-A", document_code="V"))
    assert found["visa_until"] == "2012-04-15"
    assert not {"document_kind", "document_number"} & set(found)


def test_a_card_is_another_document() -> None:
    assert values(invented("TD1", document_code="I"))["document_kind"] == "other"


def test_a_field_whose_digit_disagrees_is_not_filled() -> None:
    text = "\n".join(invented().lines)
    found = zone(text.replace("7408122", "7408123"))
    assert "birth_date" not in values(found)
    assert [(note.code, note.field) for note in notes(found)] == [("fault", "birth_date")]
