"""The first day's checklist: each step's state follows from rows, each page settles one thing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast, sign_in
from tests.desk.first_day import DAYS, PATI, PROPOSED, flat, nothing_written, state
from timpora.areas import loading
from timpora.areas.models import Office, office_of
from timpora.desk.setup import installing
from timpora.desk.setup.checklist import STEPS
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.ledger.verify import verify
from timpora.team.models import Agency, Mandate, User
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


# --- who gets in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/setup/", "/setup/office/", "/setup/kanim-semarang/", *[f"/setup/kanim-semarang/{s}/" for s in STEPS]],
)
def test_the_checklist_exists_for_operators_alone(world: Cast, path: str) -> None:
    for name, mandate in world.everyone().items():
        if mandate.role != Role.OPERATOR:
            assert sign_in(mandate).get(path).status_code == 404, name
            assert sign_in(mandate).post(path).status_code == 404, name
    assert Client().get(path).status_code == 302


def test_an_offices_own_operator_sets_up_that_office_and_opens_no_other(world: Cast) -> None:
    client = sign_in(world.operator)
    assert "Kantor Imigrasi Semarang" in flat(client.get("/setup/"))
    assert client.get(PATI).status_code == 404
    assert client.post(f"{PATI}letterhead/", {"letterhead": "Mine"}).status_code == 404
    assert client.get("/setup/office/").status_code == 404
    assert "/setup/office/" not in flat(client.get("/setup/"))
    assert Office.objects.get(pk="kanim-pati").letterhead == "KEMENTERIAN"


def test_an_operator_of_several_offices_chooses_one(keeper: Client) -> None:
    page = flat(keeper.get("/setup/"))
    assert "/setup/kanim-pati/" in page
    assert "/setup/kanim-semarang/" in page


def test_the_checklist_asks_few_questions_of_the_database(
    keeper: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        keeper.get(PATI)


# --- from nothing to an office ----------------------------------------------------------------------------


@pytest.fixture
def empty(noon: None) -> Client:
    """An installation straight after `timpora init`: areas, agencies, an operator, no office."""
    loading.load(only=("33.18", "33.20.01"))
    Agency.objects.load()
    installing.operator("keeper", "a secret of some length")
    return sign_in(Mandate.objects.get())


OPENED = {
    "name": "Kantor Imigrasi Kelas I Non TPI Pati",
    "office_class": "Kelas I Non TPI",
    "province": "Jawa Tengah",
    "city": "Pati",
}


def test_without_an_office_the_next_step_is_to_open_one_and_the_others_wait(empty: Client) -> None:
    page = flat(empty.get("/setup/", headers={"accept-language": "en"}))
    assert "Next: Immigration office" in page
    assert page.count('href="/setup/') == page.count('href="/setup/office/"')
    assert page.count("steps-done") == 1 + ("no e-mail server" in page)


def test_opening_an_office_proposes_its_code_letterhead_and_time(empty: Client) -> None:
    response = empty.post("/setup/office/", OPENED)
    assert (response.status_code, response["Location"]) == (303, "/setup/kanim-pati/jurisdiction/")
    office = Office.objects.get()
    assert (office.pk, office.timezone) == ("kanim-pati", "Asia/Jakarta")
    assert office.letterhead_lines[-2:] == [
        "Kantor Wilayah Direktorat Jenderal Imigrasi Jawa Tengah", "Kantor Imigrasi Kelas I Non TPI Pati",
    ]  # fmt: skip
    entry = Entry.objects.get(action="office.opened")
    assert entry.actor == User.objects.get().pk
    assert verify().sound


@pytest.mark.parametrize("field", ["name", "office_class", "province", "city"])
def test_an_office_needs_each_of_its_four_facts_and_what_was_typed_stays(empty: Client, field: str) -> None:
    page = nothing_written(empty, "/setup/office/", OPENED | {field: ""})
    assert f'id="id_{field}_error"' in page
    kept = next(name for name in OPENED if name != field)
    assert OPENED[kept] in page


def test_a_province_that_does_not_exist_is_said_beside_its_field(empty: Client) -> None:
    assert 'id="id_province_error"' in nothing_written(
        empty, "/setup/office/", OPENED | {"province": "Atlantis"}
    )


def test_a_code_in_use_is_said_beside_its_field(empty: Client) -> None:
    empty.post("/setup/office/", OPENED)
    assert 'id="id_code_error"' in nothing_written(empty, "/setup/office/", OPENED)


# --- its area ---------------------------------------------------------------------------------------------


def test_a_kabupaten_is_picked_by_name_from_all_there_are(keeper: Client) -> None:
    response = keeper.post(f"{PATI}jurisdiction/", {"area": "kab jepara"})
    assert response.status_code == 303
    assert Office.objects.get(pk="kanim-pati").codes == ("33.18", "33.20")
    assert state("jurisdiction")


def test_several_kabupaten_without_an_office_are_ticked_at_once(keeper: Client) -> None:
    Office.objects.get(pk="kanim-pati").release(by=SYSTEM, area="33.18")
    page = flat(keeper.get(f"{PATI}jurisdiction/"))
    assert 'value="33.18"' in page
    assert 'value="33.19"' not in page
    keeper.post(f"{PATI}jurisdiction/", {"free": ["33.18", "33.20"]})
    assert Office.objects.get(pk="kanim-pati").codes == ("33.18", "33.20")


def test_a_kabupaten_of_another_office_is_refused_with_that_offices_name(keeper: Client) -> None:
    page = nothing_written(keeper, f"{PATI}jurisdiction/", {"area": "Kabupaten Kudus", "free": ["33.20"]})
    assert "Kantor Imigrasi Semarang" in page
    assert office_of("33.19") == Office.objects.get(pk="kanim-semarang")
    assert office_of("33.20") is None


def test_naming_nothing_is_refused(keeper: Client) -> None:
    assert 'id="id_area_error"' in nothing_written(keeper, f"{PATI}jurisdiction/", {"area": ""})


def test_a_kabupaten_taken_on_by_mistake_is_taken_off_again(keeper: Client) -> None:
    assert keeper.post(f"{PATI}jurisdiction/33.18/end/").status_code == 303
    assert office_of("33.18") is None
    assert not state("jurisdiction")
    assert Entry.objects.filter(action="office.released", area="33.18").exists()
    again = keeper.post(f"{PATI}jurisdiction/33.18/end/", follow=True)
    assert 'role="alert"' in flat(again)


# --- settings that are agreed to --------------------------------------------------------------------------


@pytest.mark.parametrize("slug", PROPOSED)
def test_a_proposal_is_not_done_before_somebody_agreed_to_it(keeper: Client, slug: str) -> None:
    before = Office.objects.values().get(pk="kanim-pati")
    assert not state(slug)
    assert keeper.get(f"{PATI}{slug}/").status_code == 200
    assert not state(slug)
    assert keeper.post(f"{PATI}{slug}/", PROPOSED[slug]).status_code == 303
    assert state(slug)
    assert Office.objects.values().get(pk="kanim-pati") == before
    entry = Entry.objects.get(action="office.agreed")
    assert entry.subject == "office:kanim-pati"
    assert entry.mandate is not None
    assert not state(slug, "kanim-semarang")


def test_what_differs_is_changed_and_the_whole_step_agreed_to_in_one_transaction(keeper: Client) -> None:
    keeper.post(f"{PATI}deadlines/", DAYS | {"due_day": "10", "grace_days": "2"})
    assert Office.objects.get(pk="kanim-pati").due_day == 10
    changed = Entry.objects.get(action="office.changed", subject="office:kanim-pati")
    assert changed.fields == "due_day,grace_days"
    assert state("deadlines")
    entries = Entry.objects.count()
    keeper.post(f"{PATI}deadlines/", DAYS | {"due_day": "10", "grace_days": "2"})
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("deadlines", "due_day", "31"),
        ("deadlines", "silent_days", "soon"),
        ("deadlines", "suppress_below", "-1"),
        ("letterhead", "letterhead", "  \r\n "),
        ("letterhead", "letterhead", "x" * 10_000),
        ("letterhead", "letterhead", "baris\r\n" * 3_000),
        ("tiers", "verifying_tiers", "village"),
        ("clock", "timezone", "Europe/Berlin"),
        ("office", "name", ""),
        ("office", "name", "x" * 10_000),
    ],
)
def test_a_setting_out_of_bounds_is_refused_beside_its_field(
    keeper: Client, slug: str, field: str, value: str
) -> None:
    given = {**DAYS, **PROPOSED["tiers"], field: value}
    page = nothing_written(keeper, f"{PATI}{slug}/", given)
    assert f'id="id_{field}_error"' in page
    assert not state(slug) or slug in ("office", "clock")


def test_each_number_names_the_law_or_the_practice_it_rests_on(keeper: Client) -> None:
    page = flat(keeper.get(f"{PATI}deadlines/", headers={"accept-language": "en"}))
    for name in DAYS:
        help_text = re.search(rf'id="id_{name}_helptext">([^<]+)<', page)
        assert help_text, name
        assert re.search(r"Practice|UU|PP|Permen|Keppres", help_text[1]), name


def test_an_office_of_the_longest_name_opens_with_a_letterhead_that_fits(empty: Client) -> None:
    name = ("Kantor Imigrasi Rekaan " * 10)[:160].strip()
    given = {"name": name, "office_class": "Kelas II", "province": "Jawa Tengah (33)", "city": "Pati"}
    assert empty.post("/setup/office/", given).status_code == 303
    lines = Office.objects.get().letterhead_lines
    assert " ".join(lines).endswith(name)


def test_the_letterhead_is_shown_on_paper_before_it_is_saved(keeper: Client) -> None:
    typed = {"letterhead": "Baris satu\r\nBaris <dua>", "preview": "1"}
    response = keeper.post(f"{PATI}letterhead/", typed)
    page = flat(response)
    assert response.status_code == 200
    assert '<div class="letterhead"><p><b>Baris satu</b></p><p>Baris &lt;dua&gt;</p></div>' in page
    assert Office.objects.get(pk="kanim-pati").letterhead == "KEMENTERIAN"
    assert not state("letterhead")
    del typed["preview"]
    keeper.post(f"{PATI}letterhead/", typed)
    assert Office.objects.get(pk="kanim-pati").letterhead == "Baris satu\nBaris <dua>"


def test_a_letterhead_no_print_has_room_for_is_refused_before_it_is_saved(keeper: Client) -> None:
    response = keeper.post(f"{PATI}letterhead/", {"letterhead": "x" * 91, "preview": "1"})
    assert response.status_code == 400
    assert 'id="id_letterhead_error"' in flat(response)


def test_the_time_zone_is_asked_only_where_the_kabupaten_keep_another_time(keeper: Client) -> None:
    assert state("clock")
    Office.objects.filter(pk="kanim-pati").update(timezone="Asia/Jayapura")
    assert not state("clock")
    page = flat(keeper.get(PATI))
    assert "WIT" in page
    keeper.post(f"{PATI}clock/", {"timezone": "Asia/Jakarta"})
    assert state("clock")
    # Somebody may keep another time on purpose; then it is no longer asked.
    keeper.post(f"{PATI}clock/", {"timezone": "Asia/Makassar"})
    assert Office.objects.get(pk="kanim-pati").timezone == "Asia/Makassar"
    assert state("clock")


def test_a_step_that_does_not_exist_is_404(keeper: Client) -> None:
    assert keeper.get(f"{PATI}moon/").status_code == 404
    assert keeper.get(f"{PATI}operator/").status_code == 404
    assert keeper.get("/setup/kanim-bulan/").status_code == 404


def test_a_step_that_was_changed_meanwhile_is_answered_with_both_versions(keeper: Client) -> None:
    seen = str(Office.objects.get(pk="kanim-pati").version)
    keeper.post(f"{PATI}deadlines/", {**DAYS, "due_day": "7"})
    late = keeper.post(f"{PATI}deadlines/", {**DAYS, "due_day": "9", "seen": seen})
    assert late.status_code == 409
    assert [row[1:] for row in late.context["rows"]] == [("9", "7")]
    assert Office.objects.get(pk="kanim-pati").due_day == 7
