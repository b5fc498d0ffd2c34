"""What each role is shown of a row and of another's words, field by field (rules.md section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.exchange.given import CHEN as ROW
from tests.exchange.given import FIELDS, agree, taken
from tests.pages import text
from timpora import vault
from timpora.exchange.visibility import differences, shown
from timpora.registry.fields import ALL
from timpora.team.roles import Role

CLEAR = {
    "names": "Chen Wei", "given": "Wei", "family": "Chen", "sex": "M", "birth_date": "1985-08-17",
    "nationality": "CHN", "nationality_text": "RRT", "address": "Mess Muria", "purpose": "work",
    "document_kind": "passport", "document_issuer": "CHN", "document_number": "E55667788",
    "document_until": "2030-01-02", "permit_kind": "ITAS", "permit_index": "E23",
    "permit_number": "2C11JE0001", "permit_until": "2027-03-04", "visa_until": "2027-01-01",
    "employer": "PT Muria", "job": "Welder", "work_area": "Kudus",
    "rptka_from": "2026-01-01", "rptka_until": "2027-01-02",
    "guarantor_status": "required", "guarantor": "PT Penjamin", "parent": "Chen Bao",
}  # fmt: skip
MASKED = {"document_number": "E5••••88", "permit_number": "2C••••01"}
NEIGHBOURLY = {"names", "nationality", "address", "purpose"}

# Whole: as it was given. Masked: numbers masked. What else a role sees of a row or of a matched one.
TABLE: dict[tuple[str, bool], Any] = {
    (Role.CONTRIBUTOR, True): CLEAR,
    (Role.CONTRIBUTOR, False): {"names": "Chen Wei", "birth_date": "1985"},
    **{
        (role, own): CLEAR | MASKED
        for role in (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
        for own in (True, False)
    },
    **{(Role.DISTRICT, own): {k: CLEAR[k] for k in NEIGHBOURLY | {"birth_date"}} for own in (True, False)},
    **{(Role.VILLAGE, own): {k: CLEAR[k] for k in NEIGHBOURLY} for own in (True, False)},
    **{
        (role, own): {}
        for role in (Role.PROTECTION, Role.AUDITOR, Role.OPERATOR)
        for own in (True, False)
    },
}  # fmt: skip


@pytest.fixture
def values() -> dict[str, str]:
    """The values as a statement holds them."""
    assert set(CLEAR) == set(ALL)
    safe = vault.current()
    sealed = {
        "document_number": safe.seal(CLEAR["document_number"], "document"),
        "permit_number": safe.seal(CLEAR["permit_number"], "permit"),
    }
    return CLEAR | sealed


@pytest.mark.parametrize(("role", "own"), sorted(TABLE))
@pytest.mark.parametrize("field", ALL)
def test_each_field_is_shown_to_each_role_as_the_table_says(
    values: dict[str, str], field: str, role: str, own: bool
) -> None:
    assert shown(values, role=role, own=own).get(field) == TABLE[role, own].get(field)


@pytest.mark.parametrize("field", ALL)
def test_a_contributor_sees_of_anothers_row_what_both_records_name(
    values: dict[str, str], field: str
) -> None:
    seen = shown(values, role=Role.CONTRIBUTOR, own=False, shared={field})
    assert seen.get(field) == (CLEAR | MASKED)[field]
    assert set(seen) == {"names", "birth_date", field}


@pytest.mark.parametrize("field", ALL)
def test_which_fields_differ_is_told_and_the_others_value_only_where_both_name_it(
    values: dict[str, str], field: str
) -> None:
    other = values | {field: {"document_number": vault.current().seal("X1", "document"),
                              "permit_number": vault.current().seal("X1", "permit"),
                              "birth_date": "1971-01-01"}.get(field, "otherwise")}  # fmt: skip
    hidden = differences(values, other, role=Role.CONTRIBUTOR, own=True)
    assert [each.field for each in hidden if not each.same] == [field]
    told = next(each for each in hidden if each.field == field)
    assert told.mine == CLEAR[field]
    assert told.theirs == {"names": "otherwise", "birth_date": "1971"}.get(field, "")
    both = differences(values, other, role=Role.CONTRIBUTOR, own=True, shared={field})
    assert next(each for each in both if each.field == field).theirs != ""


@pytest.mark.django_db
def test_two_agencies_with_one_person_read_of_each_other_what_both_records_name(world: Any) -> None:
    """Disnaker and Imigrasi list Chen Wei; both records name the job, the second alone the employer."""
    cast.post_and_seat("kesbangpol-lists", Role.CONTRIBUTOR, area="33.19")
    immigration = cast.post_and_seat("imigrasi-lists", Role.CONTRIBUTOR, area="33.19")
    mine = agree(world, fields=("names", "birth_date", "nationality", "document_number", "job"))
    theirs = agree(world, "imigrasi", "own", fields=FIELDS)
    row = taken(world.labour, mine, [ROW]).rows.get()
    taken(immigration, theirs, [(*ROW[:5], "PT Rahasia", "Director", *ROW[7:])]).rows.get()
    client = cast.sign_in(world.labour)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/lists/rows/{row.pk}/"))
    assert "E55667788" in page and "Manager" in page  # its own
    assert "Director" in page and "Differs in" in page  # named by both
    assert "PT Rahasia" not in page and "Bakalankrapyak –" not in page  # named by the other's record only


@pytest.mark.django_db
def test_of_a_resident_a_contributor_reads_name_and_birth_year_and_what_differs(world: Any) -> None:
    cast.report(
        world.bakalan, names="Chen Wei", nationality="CHN", birth_date="1985-08-17", sex="F",
        address="Gang Anggrek 77", document_kind="passport", document_issuer="CHN",
        document_number="E55667788",
    ).confirm(by=world.kaliwungu)  # fmt: skip
    row = taken(world.labour, agree(world), [ROW]).rows.get()
    client = cast.sign_in(world.labour)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/lists/rows/{row.pk}/"))
    assert "Chen Wei" in page and "1985" in page
    assert "Gang Anggrek" not in page
    assert "Sex" in page[page.index("Differs in") :]
