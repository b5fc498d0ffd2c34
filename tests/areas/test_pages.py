"""Finding an area and reading about it, at the HTTP edge."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import text
from timpora.areas.models import Area, AreaChange, Office
from timpora.areas.models.change import Decree
from timpora.ledger import book
from timpora.ledger.models import Entry

SignIn = Callable[..., Client]
DECREE = Decree("Perda 3/2026", date(2026, 1, 2))
PAGES = (
    "/areas/",
    "/areas/suggestions/?q=bae",
    "/areas/changes/",
    "/areas/33.19/",
    "/offices/",
    "/offices/kanim-semarang/",
)
CHANGE = {
    "kind": "renamed",
    "area": "33.19.01.2001",
    "name": "Krapyak Raya",
    "decree": "Perda 3/2026",
    "effective_on": "2026-01-02",
}


def options(client: Client, query: str) -> list[str]:
    """What each suggestion would put in the field; "" for one that can't be chosen."""
    html = text(client.get(f"/areas/suggestions/?{query}"))
    return [re.sub(r'.*data-value="([^"]*)".*|.*', r"\1", item) for item in re.findall(r"<li[^>]*>", html)]


@pytest.mark.parametrize("page", PAGES)
def test_without_signing_in_every_page_leads_to_the_sign_in_page(
    office: Office, client: Client, page: str
) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["village", "operator"])
def test_whoever_is_signed_in_reads_every_page(sign_in: SignIn, page: str, role: str) -> None:
    client = sign_in(role) if role == "operator" else sign_in(role, "33.19.01.2001")
    assert client.get(page).status_code == 200


def test_a_suggestion_carries_the_name_and_the_code(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    assert options(client, "q=bakalan krapyak") == ["Bakalankrapyak (33.19.01.2001)"]
    assert "Kec. Kaliwungu, Kab. Kudus" in text(client.get("/areas/suggestions/?q=bakalan"))


def test_suggestions_keep_to_the_scope_and_the_tier(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    assert options(client, "q=kaliwungu&level=3") == ["Kaliwungu (33.19.01)"]
    assert options(client, "q=kaliwungu&level=4&under=33.19.02") == [""]
    assert options(client, "q=kaliwungu&under=nonsense&level=9&level=x") != [""]


def test_a_retired_area_is_marked_and_cannot_be_chosen(sign_in: SignIn) -> None:
    AreaChange.objects.retire(by=book.SYSTEM, area=Area.objects.get(code="33.19.01.2001"), decree=DECREE)
    client = sign_in("village", "33.19.01")
    assert options(client, "q=bakalankrapyak") == [""]
    page = text(client.get("/areas/?q=bakalankrapyak"))
    assert "Bakalankrapyak" in page
    assert "tidak ada lagi" in page


def test_search_gives_a_page_to_the_browser_and_a_part_to_the_script(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    page = text(client.get("/areas/?q=prambatan"))
    part = text(client.get("/areas/?q=prambatan", headers={"HX-Request": "true"}))
    assert "<html" in page
    assert "<html" not in part
    for found in ("Prambatan Kidul", "Prambatan Lor"):
        assert found in page
        assert found in part


def test_search_keeps_what_was_typed_and_escapes_it(sign_in: SignIn) -> None:
    page = text(sign_in("village", "33.19.01.2001").get("/areas/", {"q": '"><b>Bae'}))
    assert "&quot;&gt;&lt;b&gt;Bae" in page
    assert '"><b>Bae' not in page


def test_without_a_text_the_provinces_are_listed_and_the_parts_of_a_scope(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    assert "Jawa Tengah" in text(client.get("/areas/"))
    assert "Jekulo" in text(client.get("/areas/?under=33.19"))


def test_long_results_come_in_pages(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    first = text(client.get("/areas/?q=33.19"))
    second = text(client.get("/areas/?q=33.19&page=2"))
    links = [set(re.findall(r"/areas/(33[\d.]*)/", page)) for page in (first, second)]
    assert len(links[0]) == 25
    assert links[1]
    assert not links[0] & links[1]


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "k" * 5000, "page=x", "page=-1", "under=%00", "q=ba&page=9999"]
)
def test_odd_queries_are_answered(sign_in: SignIn, query: str) -> None:
    client = sign_in("village", "33.19.01.2001")
    assert client.get(f"/areas/?{query}").status_code == 200
    assert client.get(f"/areas/suggestions/?{query}").status_code == 200


def test_the_page_of_a_village_says_what_it_is_and_which_office_answers(sign_in: SignIn) -> None:
    page = text(sign_in("village", "33.19.01.2001").get("/areas/33.19.01.2001/"))
    for words in (
        "Desa Bakalankrapyak",
        "kepala desa",
        "WIB",
        "Kantor Imigrasi Semarang",
        "Kecamatan Kaliwungu",
    ):
        assert words in page


def test_the_page_of_a_kabupaten_without_office_says_so(sign_in: SignIn) -> None:
    assert "belum ada kantor" in text(sign_in("village", "33.19.01.2001").get("/areas/33.18/"))


@pytest.mark.parametrize("code", ["99", "33.19.99", "nonsense", "33.19.01.9999", "%00", "33.19.01.2001%0A"])
def test_an_area_that_does_not_exist_is_not_found(sign_in: SignIn, code: str) -> None:
    assert sign_in("village", "33.19.01.2001").get(f"/areas/{code}/").status_code == 404


def test_a_search_asks_few_questions_of_the_database(
    sign_in: SignIn, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = sign_in("village", "33.19.01.2001")
    with django_assert_max_num_queries(10):
        client.get("/areas/suggestions/?q=kaliwungu")


def test_the_page_of_an_area_asks_as_many_questions_for_many_parts_as_for_few(sign_in: SignIn) -> None:
    client = sign_in("village", "33.19.01.2001")
    asked = []
    for code in ("33.18", "33.19.01"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/areas/{code}/")
        asked.append(len(queries))
    assert abs(asked[0] - asked[1]) <= 1  # one more for the office


def test_an_operator_records_a_change_by_decree(sign_in: SignIn) -> None:
    client = sign_in("operator")
    assert client.post("/areas/changes/", CHANGE).status_code == 302
    assert Area.objects.get(code="33.19.01.2001").name == "Krapyak Raya"
    assert "Perda 3/2026" in text(client.get("/areas/33.19.01.2001/"))
    entry = Entry.objects.get(action="area.renamed")
    assert entry.mandate is not None


@pytest.mark.parametrize(
    ("instead", "field"),
    [
        ({"name": "Bakalankrapyak"}, "name"),
        ({"decree": ""}, "decree"),
        ({"effective_on": "2999-01-01"}, "effective_on"),
        ({"area": "33.19.99"}, "area"),
        ({"area": "33.18.01"}, "area"),
        ({"kind": "merged", "target": ""}, "target"),
        ({"kind": "split", "into": "33.19.01.2016"}, "name"),
        ({"kind": "split", "into": "33.19.01.2002 = Baru"}, "into"),
        ({"kind": "restored"}, "area"),
        ({"kind": "burnt"}, "kind"),
    ],
)
def test_a_faulty_change_is_said_beside_its_field_and_nothing_is_kept(
    sign_in: SignIn, instead: dict[str, str], field: str
) -> None:
    client = sign_in("operator")
    entries = Entry.objects.count()
    answer = client.post("/areas/changes/", CHANGE | instead)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {field}
    assert "Perda 3/2026" in text(answer) or field == "decree"
    assert (AreaChange.objects.count(), Entry.objects.count()) == (0, entries)


@pytest.mark.parametrize("role", ["village", "secretary", "immigration", "chair", "auditor"])
def test_for_everybody_else_recording_a_change_does_not_exist(sign_in: SignIn, role: str) -> None:
    client = sign_in(role, "33.19.01.2001")
    assert client.post("/areas/changes/", CHANGE).status_code == 404
    assert '<form method="post" class="form"' not in text(client.get("/areas/changes/"))
    assert not AreaChange.objects.exists()


def test_an_operator_changes_the_settings_of_the_own_office(sign_in: SignIn, office: Office) -> None:
    client = sign_in("operator")
    page = client.get("/offices/kanim-semarang/settings/")
    given = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    given |= {"province": "Jawa Tengah (33)", "due_day": "7", "phone": ""}
    assert client.post("/offices/kanim-semarang/settings/", given).status_code == 302
    office.refresh_from_db()
    assert office.due_day == 7
    assert Entry.objects.get(action="office.changed").fields == "due_day"


def test_a_faulty_setting_is_said_beside_its_field(sign_in: SignIn, office: Office) -> None:
    client = sign_in("operator")
    page = client.get("/offices/kanim-semarang/settings/")
    given = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    answer = client.post("/offices/kanim-semarang/settings/", given | {"due_day": "31", "name": "Lain"})
    assert answer.status_code == 400
    assert "due_day" in answer.context["form"].errors
    assert "Lain" in text(answer)
    office.refresh_from_db()
    assert office.name == "Kantor Imigrasi Semarang"
    wide = client.post("/offices/kanim-semarang/settings/", given | {"letterhead": "x" * 10_000})
    assert wide.status_code == 400 and "paling banyak 90" in str(wide.context["form"].errors["letterhead"])


def test_an_operator_gives_and_ends_a_jurisdiction(sign_in: SignIn, office: Office) -> None:
    client = sign_in("operator")
    assert client.post("/offices/kanim-semarang/jurisdictions/", {"area": "33.18"}).status_code == 302
    assert Office.objects.get().codes == ("33.18", "33.19")
    assert client.post("/offices/kanim-semarang/jurisdictions/33.18/end/").status_code == 302
    assert Office.objects.get().codes == ("33.19",)
    again = client.post("/offices/kanim-semarang/jurisdictions/", {"area": "33.19"})
    assert again.status_code == 400
    assert "Kantor Imigrasi Semarang" in str(again.context["form"].errors)


@pytest.mark.parametrize("role", ["village", "secretary", "immigration", "chair", "auditor"])
def test_for_everybody_else_an_office_cannot_be_changed(sign_in: SignIn, office: Office, role: str) -> None:
    client = sign_in(role, "33.19")
    for path in ("settings/", "jurisdictions/", "jurisdictions/33.19/end/"):
        assert client.post(f"/offices/kanim-semarang/{path}", {"area": "33.18"}).status_code == 404
    assert client.get("/offices/kanim-semarang/settings/").status_code == 404
    assert Office.objects.get().codes == ("33.19",)


def test_an_operator_of_one_office_cannot_change_another(sign_in: SignIn, office: Office) -> None:
    given = {"name": "Pati", "office_class": "x", "province_id": "33", "city": "x", "letterhead": "x"}
    Office.objects.open(by=book.SYSTEM, code="kanim-pati", **given)
    client = sign_in("operator")
    assert client.get("/offices/kanim-pati/").status_code == 200
    assert client.get("/offices/kanim-pati/settings/").status_code == 404
    assert client.post("/offices/kanim-pati/jurisdictions/", {"area": "33.18"}).status_code == 404


def test_of_two_pages_filled_at_once_the_second_is_shown_both_versions_and_nothing_is_half_saved(
    sign_in: SignIn, office: Office
) -> None:
    client = sign_in("operator")
    address = "/offices/kanim-semarang/settings/"
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields} | {"province": "Jawa Tengah (33)"}
    assert client.post(address, given | {"due_day": "7"}).status_code == 302
    late = client.post(address, given | {"grace_days": "2", "verifying_tiers": ["district", "regency"]})
    assert late.status_code == 409
    assert late.context["rows"] == [
        ("Tingkat verifikasi", "kecamatan, kabupaten atau kota", "kecamatan"),
        ("Tanggal batas", "5", "7"),
        ("Hari kelonggaran", "2", "0"),
    ]
    assert "Belum ada yang tersimpan" in text(late)
    assert f'href="{address}"' in text(late)
    office.refresh_from_db()
    assert (office.due_day, office.grace_days, office.verifying_tiers) == (7, 0, "district")
    assert Entry.objects.filter(action="office.changed").count() == 1


def test_a_page_that_was_filled_before_but_says_what_stands_is_no_conflict(
    sign_in: SignIn, office: Office
) -> None:
    client = sign_in("operator")
    address = "/offices/kanim-semarang/settings/"
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields} | {"province": "Jawa Tengah (33)"}
    for _twice in range(2):
        assert client.post(address, given | {"due_day": "7"}).status_code == 302
    assert client.post(address, {k: v for k, v in given.items() if k != "seen"}).status_code == 400
