"""The pages of the counts: who sees which place, what is hidden, what leaves the house is noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, JEPARA, KALIWUNGU, PRAMBATAN, TODAY, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts

VILLAGES = (BAKALAN, PRAMBATAN, GETAS, DEMAK)
GIVEN = ("Adaeze", "Bjarki", "Chanthavong", "Dmitri", "Esperanza", "Fumiko", "Gwenllian")
FAMILY = ("Oyelaran", "Sigurdsson", "Phommachanh", "Vasilenko")

pytestmark = pytest.mark.django_db


def settled(by: Any, district: Any, number: int, *, on: date = TODAY, **values: str) -> None:
    """That many verified residents in a village, all different people."""
    for one in range(number):
        place = VILLAGES.index(by.post.area_id)
        said = {
            "names": f"{GIVEN[one]} {FAMILY[place]}",
            "birth_date": f"{1950 + 10 * place + one}-0{1 + one}-1{place}",
            "nationality": ("TWN", "MMR", "KOR", "IND")[place],
        }
        sent = report(by, on=on, **(said | values))
        sent.confirm(by=district)
        sent.refresh_from_db()
        assert sent.state == "verified"


@pytest.fixture
def peopled(world: Cast) -> Cast:
    """Seven in Bakalankrapyak, two in Prambatan Kidul, six in Getas Pejaten, one in Demak, one waiting."""
    settled(world.bakalan, world.kaliwungu, 7)
    settled(world.prambatan, world.kaliwungu, 2)
    settled(world.getas, world.jati, 6)
    settled(world.demak, world.demak_district, 1)
    report(world.bakalan, names="Thiha", nationality="MMR", birth_date="1996")
    return world


def rows(client: Client, code: str, **query: str) -> dict[str | None, tuple[int | None, int | None]]:
    response = client.get(f"/counts/{code}/", query)
    assert response.status_code == 200, code
    return {row.code: (row.people, row.waiting) for row in response.context["rows"]}


def number(client: Client, code: str) -> int | None:
    shown = client.get(f"/counts/{code}/").context["shown"].people
    assert shown is None or isinstance(shown, int)
    return shown


def test_every_office_reads_the_same_number_of_a_place(peopled: Cast) -> None:
    assert number(cast.sign_in(peopled.bakalan), BAKALAN) == 7
    for mandate in (peopled.bakalan, peopled.kaliwungu, peopled.kudus, peopled.immigration, peopled.province):
        assert number(cast.sign_in(mandate), "33.19") == 15
        assert number(cast.sign_in(mandate), "ID") == 16


def test_counts_lead_to_the_place_of_the_mandate(peopled: Cast) -> None:
    for mandate, code in (
        (peopled.bakalan, BAKALAN),
        (peopled.kudus, "33.19"),
        (peopled.chair, "kanim-semarang"),
        (peopled.nation, "ID"),
    ):
        assert cast.sign_in(mandate).get("/counts/").headers["Location"] == f"/counts/{code}/"


def test_nobody_reads_counts_without_a_mandate(peopled: Cast) -> None:
    assert Client().get("/counts/33.19/").status_code == 302
    peopled.bakalan.end(by=peopled.kaliwungu)
    assert cast.sign_in(peopled.bakalan).get("/counts/33.19/").status_code == 404


@pytest.mark.parametrize(
    ("who", "whole", "total", "absent"),
    [
        (
            "bakalan",
            [BAKALAN],
            ["33.19.01", "33.19", "kanim-semarang", "33", "ID"],
            [PRAMBATAN, "33.19.03", "33.21", "kanim-pati"],
        ),
        (
            "kaliwungu",
            [KALIWUNGU, BAKALAN, PRAMBATAN],
            ["33.19", "kanim-semarang", "33", "ID"],
            ["33.19.03", GETAS, "33.21"],
        ),
        (
            "kudus",
            ["33.19", KALIWUNGU, GETAS],
            ["kanim-semarang", "33", "ID"],
            ["33.21", DEMAK, "kanim-pati", "33.20"],
        ),
        ("chair", ["kanim-semarang", "33.21", DEMAK], ["33", "ID"], ["kanim-pati", "33.20", JEPARA]),
        ("labour", ["33.19", KALIWUNGU, BAKALAN], ["kanim-semarang", "33", "ID"], ["33.21", DEMAK]),
        ("province", ["33", "kanim-pati", "33.20", JEPARA, BAKALAN], ["ID"], []),
        ("nation", ["ID", "33", "kanim-semarang", DEMAK], [], []),
        ("auditor", ["33", "33.19"], ["ID"], []),
        ("operator", ["kanim-semarang", "33.19"], ["33", "ID"], ["kanim-pati"]),
    ],
)
def test_a_mandate_sees_its_own_area_whole_the_tiers_above_as_totals_and_nothing_beside_them(
    peopled: Cast, who: str, whole: list[str], total: list[str], absent: list[str]
) -> None:
    client = cast.sign_in(getattr(peopled, who))
    for code in whole:
        shown = client.get(f"/counts/{code}/").context["shown"]
        assert shown.whole, code
        assert bool(shown.rows) == (code.count(".") < 3), code
    for code in total:
        response = client.get(f"/counts/{code}/")
        assert not response.context["shown"].whole, code
        assert not response.context["rows"], code
        assert "lies above your area" in text(response) or "berada di atas" in text(response)
    for code in (*absent, "99", "33.99", "kanim-nowhere", "x"):
        assert client.get(f"/counts/{code}/").status_code == 404, code


def test_a_place_shows_its_parts_and_they_add_up(peopled: Cast) -> None:
    shown = rows(cast.sign_in(peopled.kudus), "33.19")
    assert shown["33.19.01"] == (9, 1)
    assert shown["33.19.03"] == (6, 0)
    assert shown["33.19.09"] == (0, 0)
    assert sum(people or 0 for people, _waiting in shown.values()) == 15


def test_a_regency_without_an_office_stands_in_a_row_that_opens(peopled: Cast) -> None:
    response = cast.sign_in(peopled.province).get("/counts/33/")
    row = response.context["rows"][-1]
    assert (row.code, str(row.name)) == (None, "belum ada kantor")
    assert [each.code for each in row.inside] == ["33.20"]
    assert 'href="/counts/33.20/"' in text(response)


def test_the_parts_are_sorted_by_the_server_as_the_headers_say(peopled: Cast) -> None:
    client = cast.sign_in(peopled.kudus)
    falling = [people for people, _w in rows(client, "33.19", sort="-people").values()]
    assert falling == sorted(falling, reverse=True)
    assert falling[:3] == [9, 6, 0]
    assert [people for people, _w in rows(client, "33.19", sort="people").values()] == falling[::-1]
    names = [row.name for row in client.get("/counts/33.19/", {"sort": "-name"}).context["rows"]]
    assert names == sorted(names, reverse=True)
    assert rows(client, "33.19", sort="nonsense") == rows(client, "33.19")


def test_whoever_may_not_see_names_sees_no_village_figure_under_five(peopled: Cast) -> None:
    for mandate in (peopled.labour, peopled.province, peopled.nation, peopled.auditor, peopled.operator):
        client = cast.sign_in(mandate)
        shown = rows(client, KALIWUNGU)
        assert shown[BAKALAN][0] == 7
        assert shown[PRAMBATAN][0] is None
        assert number(client, KALIWUNGU) == 9
        assert number(client, PRAMBATAN) is None
        assert number(client, BAKALAN) == 7
        # Its report waits there; which of the villages has it is hidden too.
        assert {waiting for _people, waiting in shown.values()} == {None}
        page = text(client.get(f"/counts/{PRAMBATAN}/"))
        assert "disembunyikan" in page


def test_a_hidden_figure_does_not_follow_from_the_others(peopled: Cast) -> None:
    client = cast.sign_in(peopled.province)
    shown = rows(client, "33.21.01")
    hidden = [code for code, (people, _waiting) in shown.items() if people is None]
    assert len(hidden) >= 2
    assert all(number(client, str(code)) is None for code in hidden)


def test_a_hidden_figure_is_hidden_in_the_sheet_and_on_paper_too(peopled: Cast) -> None:
    client = cast.sign_in(peopled.province)
    sheet = client.get(f"/counts/{KALIWUNGU}/table.csv").content.decode("utf-8-sig")
    assert f"{PRAMBATAN};Prambatan Kidul;disembunyikan;" in sheet
    assert f"{BAKALAN};Bakalankrapyak;7;" in sheet
    assert "Prambatan Kidul" in text(client.get(f"/counts/{KALIWUNGU}/print/"))


def test_attributes_are_told_to_the_nameless_of_their_whole_area_only(peopled: Cast) -> None:
    client = cast.sign_in(peopled.labour)
    behind = client.get("/counts/33.19/").context["shown"].behind
    assert [cell.number for cell in behind.sexes] == [15]
    assert client.get(f"/counts/{KALIWUNGU}/").context["shown"].behind is None
    secretary = cast.sign_in(peopled.kudus)
    assert secretary.get(f"/counts/{KALIWUNGU}/").context["shown"].behind is not None


def test_the_nameless_are_not_led_to_the_persons(peopled: Cast) -> None:
    link = 'href="/people/?q=desa'
    assert link in text(cast.sign_in(peopled.kudus).get("/counts/33.19/"))
    assert link not in text(cast.sign_in(peopled.labour).get("/counts/33.19/"))


def test_an_officer_of_one_of_two_villages_does_not_learn_the_other_from_their_district(
    world: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timpora.areas.models import Area

    Area.objects.filter(parent="33.19.01").exclude(code__in=(BAKALAN, PRAMBATAN)).update(parent="33.19.03")
    settled(world.bakalan, world.kaliwungu, 6)
    settled(world.prambatan, world.kaliwungu, 2)
    assert number(cast.sign_in(world.bakalan), KALIWUNGU) is None
    assert number(cast.sign_in(world.kaliwungu), KALIWUNGU) == 8


def test_the_number_is_told_with_its_change_what_waits_and_what_was_long_not_confirmed(world: Cast) -> None:
    settled(world.bakalan, world.kaliwungu, 1, on=date(2026, 8, 1))
    settled(world.prambatan, world.kaliwungu, 2)
    report(world.bakalan, names="Thiha", nationality="MMR", birth_date="1996")
    sentence = (
        cast.sign_in(world.kudus).get("/counts/33.19/", headers={"accept-language": "en"}).context["sentence"]
    )
    assert sentence == (
        "each person counted once · up 2 since last month · "
        "1 of these people not confirmed for 60 days · 1 report waits"
    )


def test_a_past_day_is_shown_as_known_now_and_as_known_at_a_moment(world: Cast) -> None:
    settled(world.bakalan, world.kaliwungu, 2, on=date(2026, 10, 1))
    client = cast.sign_in(world.kudus)
    october = client.get("/counts/33.19/", {"on": "2026-10-31"})
    assert october.context["shown"].people == 2
    assert "diketahui sekarang" in text(october)
    then = client.get("/counts/33.19/", {"on": "2026-10-31", "known": "2026-11-05T16:00"})
    assert then.context["shown"].people == 0
    assert "diketahui pada" in text(then)
    assert "?on=2026-10-31&amp;known=2026-11-05T16%3A00" in text(then)


@pytest.mark.parametrize(
    "query",
    [
        {"on": "2026-13-45"},
        {"on": "kemarin"},
        {"on": "2027-01-01"},
        {"known": "siang"},
        {"known": "2027-01-01T00:00"},
        {"on": "9" * 40},
        {"on": "0001-01-01"},
        {"known": "0001-01-01"},
        {"known": "0001-01-01T00:00"},
    ],
)
def test_a_day_that_is_none_is_answered_beside_its_field_with_what_was_typed(
    world: Cast, query: dict[str, str]
) -> None:
    response = cast.sign_in(world.kudus).get("/counts/33.19/", query)
    assert response.status_code == 400
    [(field, typed)] = query.items()
    assert response.context["form"].errors[field]
    assert typed[:32] in text(response) or len(typed) > 32


@pytest.mark.parametrize("sheet", ["print/", "table.csv", "table.xlsx"])
def test_nothing_leaves_the_house_for_a_day_that_is_none(world: Cast, sheet: str) -> None:
    response = cast.sign_in(world.kudus).get(f"/counts/33.19/{sheet}", {"on": "zz"})
    assert response.status_code == 400 and "zz" in text(response)
    assert not Entry.objects.filter(action__in=("counts.exported", "counts.printed")).exists()


def test_what_leaves_the_house_is_noted(peopled: Cast) -> None:
    client = cast.sign_in(peopled.immigration)
    xlsx = client.get("/counts/kanim-semarang/table.xlsx")
    assert xlsx.content[:2] == b"PK"
    assert "counts" in xlsx.headers["Content-Disposition"] or "jumlah" in xlsx.headers["Content-Disposition"]
    client.get("/counts/33.19/table.csv")
    client.get("/counts/33.19/print/")
    noted = (
        Entry.objects.filter(action__startswith="counts.")
        .order_by("number")
        .values_list("action", "area", "subject", "fields", "mandate")
    )
    pk = peopled.immigration.pk
    assert list(noted) == [
        ("counts.exported", "33", "counts:kanim-semarang", "xlsx", pk),
        ("counts.exported", "33.19", "counts:33.19", "csv", pk),
        ("counts.printed", "33.19", "counts:33.19", "", pk),
    ]
    assert client.get("/counts/kanim-pati/table.csv").status_code == 404
    assert client.get("/counts/kanim-pati/print/").status_code == 404
    assert client.get("/counts/33.19/table.pdf").status_code == 404


@pytest.mark.parametrize(
    ("code", "queries"), [("ID", 6), ("33", 7), ("kanim-semarang", 8), ("33.19", 6), (KALIWUNGU, 6)]
)
def test_counting_asks_few_questions(
    peopled: Cast, code: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(queries):
        counts(code)


def test_the_page_asks_few_questions(peopled: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.sign_in(peopled.kudus)
    with django_assert_max_num_queries(16):
        client.get("/counts/33.19/")
    client = cast.sign_in(peopled.province)
    with django_assert_max_num_queries(29):
        client.get(f"/counts/{PRAMBATAN}/")


def test_a_report_raises_the_number_of_every_page_by_one(peopled: Cast) -> None:
    pages = {
        BAKALAN: peopled.bakalan,
        KALIWUNGU: peopled.kaliwungu,
        "33.19": peopled.kudus,
        "kanim-semarang": peopled.chair,
        "33": peopled.province,
        "ID": peopled.nation,
    }
    before = {code: number(cast.sign_in(mandate), code) for code, mandate in pages.items()}
    report(
        peopled.bakalan,
        names="Rania",
        nationality="JOR",
        birth_date="1988-03-01",
        on=TODAY - timedelta(days=1),
    ).confirm(by=peopled.kaliwungu)
    after = {code: number(cast.sign_in(mandate), code) for code, mandate in pages.items()}
    assert after == {code: (n or 0) + 1 for code, n in before.items()}
