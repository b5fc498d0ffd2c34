"""Lists compared: the figures add up, stay as they were frozen, and each reader sees its part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import CHEN, LIN, RAO, agree, receive, taken
from tests.pages import text
from timpora.areas.models import Area
from timpora.exchange.models import Batch, Comparison, Gap
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
KIM = ("KIM MIN", "L", "01/06/1990", "Korea Selatan", "M7700112", "PT Lain", "Chef", "", "")


def compare(by: Any, as_of: date = DAY, area: str = "33.19") -> Comparison:
    """All lists in force compared."""
    lists = Batch.objects.filter(pk__in=Batch.objects.in_force(on=as_of))
    made: Comparison = Comparison.objects.make(
        by=by, area=Area.objects.get(pk=area), batches=lists, as_of=as_of
    )
    return made


@pytest.fixture
def lists(world: Any) -> tuple[Batch, Batch]:
    """A resident (Lin), Disnaker's list of Lin, Chen and Rao, Immigration's of Chen and Kim."""
    report(world.bakalan, **PASSPORT, on=date(2026, 11, 1)).confirm(by=world.kaliwungu)
    workers = taken(world.labour, agree(world), [LIN, CHEN, RAO])
    return workers, taken(world.immigration, agree(world, "imigrasi", "permits"), [CHEN, KIM])


def english(mandate: Any) -> Any:
    client = cast.sign_in(mandate)
    client.cookies["django_language"] = "en"
    return client


def test_the_parts_add_up_to_each_list_and_the_residents_are_always_one(world: Any, lists: Any) -> None:
    table = compare(world.kudus).table
    assert [(each["key"], each["size"]) for each in table["lists"]] == [
        ("residences", 1), ("disnaker.workers", 3), ("imigrasi.permits", 2),
    ]  # fmt: skip
    assert len(table["parts"]) == 7
    for place, each in enumerate(table["lists"]):
        assert sum(number for members, number in table["parts"] if place in members) == each["size"]
    assert table["persons"] == 4
    numbers = {tuple(members): number for members, number in table["parts"]}
    assert (numbers[0, 1], numbers[1, 2], numbers[1,], numbers[2,]) == (1, 1, 1, 1)


def test_a_doubtful_row_counts_by_itself_until_it_is_decided_and_is_marked(world: Any, lists: Any) -> None:
    other = (*CHEN[:4], "E99999999", *CHEN[5:])
    batch = taken(world.kudus, agree(world, "kesbangpol", "own"), [other])
    assert batch.rows.get().is_open
    first = compare(world.kudus).table
    assert (first["persons"], [each["undecided"] for each in first["lists"]]) == (5, [0, 0, 0, 1])
    gap = Gap.objects.filter(who__startswith="row:", other="residences").get()
    assert gap.reason == "renewed_passport"
    batch.rows.get().decide(by=world.kaliwungu, person=batch.rows.get().statement.proposals.get().person)
    assert compare(world.kudus).table["persons"] == 4


def test_the_figures_of_a_comparison_never_change_afterwards(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    before = text(english(world.kudus).get(f"/lists/comparisons/{made.pk}/minutes/"))
    taken(world.labour, lists[0].sharing, [LIN], as_of=date(2026, 11, 19))
    report(world.bakalan, names="Chen Wei", nationality="CHN", birth_date="1985-08-17",
           document_kind="passport", document_issuer="CHN",
           document_number="E55667788").confirm(by=world.kaliwungu)  # fmt: skip
    newer = compare(world.kudus)
    assert newer.table != made.table
    assert Comparison.objects.get(pk=made.pk).table == made.table
    assert text(english(world.kudus).get(f"/lists/comparisons/{made.pk}/minutes/")) == before


def test_a_comparison_is_as_of_its_day(world: Any, lists: Any) -> None:
    taken(world.labour, lists[0].sharing, [LIN], as_of=date(2026, 11, 10))
    early, late = (compare(world.kudus, as_of=date(2026, 11, day)).table for day in (9, 10))
    assert [each["size"] for each in early["lists"]] == [1, 3, 2]
    assert [each["size"] for each in late["lists"]] == [1, 1, 2]


@pytest.mark.parametrize("who", ["kudus", "immigration", "chair"])
def test_the_page_leads_from_the_lists_to_a_comparison(world: Any, lists: Any, who: str) -> None:
    client = english(world.everyone()[who])
    assert "/lists/comparisons/new/" in text(client.get("/lists/comparisons/"))
    assert client.get("/lists/comparisons/new/").status_code == 200
    said = {"area": "33.19", "as_of": "2026-11-20", "batches": [batch.pk for batch in lists]}
    answer = client.post("/lists/comparisons/new/", said)
    assert answer.status_code == 303, text(answer)
    page = text(client.get(answer["Location"]))
    assert "KIM MIN" in page and "needs clarification" in page and "<svg" in page
    assert Entry.objects.filter(action="comparison.made").count() == 1
    assert "KIM MIN" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"as_of": "2027-01-01"}, "future"), ({"batches": []}, "no_lists"),
     ({"as_of": "2026-10-01"}, "no_lists"), ({"as_of": ""}, "field"), ({"batches": ["x"]}, "field")],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_words(
    world: Any, lists: Any, changed: dict[str, Any], code: str
) -> None:
    said = {"area": "33.19", "as_of": "2026-11-20", "batches": [batch.pk for batch in lists]} | changed
    answer = english(world.kudus).post("/lists/comparisons/new/", said)
    assert answer.status_code == 400
    assert "field-error" in text(answer)
    assert not Comparison.objects.exists()
    if code != "field":
        with pytest.raises(Refusal) as refusal:
            Comparison.objects.make(
                by=world.kudus, area=Area.objects.get(pk="33.19"), as_of=date.fromisoformat(said["as_of"]),
                batches=Batch.objects.filter(pk__in=said["batches"]),
            )  # fmt: skip
        assert refusal.value.code == code


def test_only_the_secretary_and_the_office_of_the_area_compare(world: Any, lists: Any) -> None:
    for name, mandate in world.everyone().items():
        if name not in ("kudus", "immigration", "chair"):
            with pytest.raises(Refusal):
                compare(mandate)
    assert not Comparison.objects.exists()
    made = compare(world.kudus)
    allowed = {"kudus", "immigration", "chair", "labour"}
    for name, mandate in world.everyone().items():
        status = cast.sign_in(mandate).get(f"/lists/comparisons/{made.pk}/").status_code
        assert status == (200 if name in allowed else 404), name


def test_a_list_not_taken_in_is_not_compared(world: Any, lists: Any) -> None:
    open_ = receive(world.kudus, agree(world, "kesbangpol", "own"), b"names\nx", as_of=DAY)
    with pytest.raises(Refusal):
        Comparison.objects.make(
            by=world.kudus, area=Area.objects.get(pk="33.19"), batches=[open_], as_of=DAY
        )  # fmt: skip


def test_an_agency_sees_the_figures_and_of_gaps_those_that_touch_its_own_rows(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    client = english(world.labour)
    page = text(client.get(f"/lists/comparisons/{made.pk}/"))
    assert "CHEN WEI" in page and "ANAND RAO" in page
    assert "KIM MIN" not in page  # stands only in Immigration's list: a count
    kim = Gap.objects.exclude(pk__in=Gap.objects.visible_to(world.labour))
    assert kim.exists()
    for gap in kim:
        assert client.get(f"/lists/gaps/{gap.pk}/").status_code == 404
        assert client.post(f"/lists/gaps/{gap.pk}/closure/", {"reason": "unknown"}).status_code == 404
    other = text(client.get(f"/lists/comparisons/{made.pk}/gaps.csv?state=all"))
    assert "ANAND RAO" in other and "KIM MIN" not in other


def test_an_agency_whose_list_was_not_compared_sees_nothing_of_it(world: Any, lists: Any) -> None:
    made = compare(world.kudus)
    police = cast.post_and_seat("imigrasi-lain", "contributor", area="33.19")
    assert cast.sign_in(police).get(f"/lists/comparisons/{made.pk}/").status_code == 200  # of Immigration
    Comparison.objects.get().batches.remove(lists[1])
    assert cast.sign_in(police).get(f"/lists/comparisons/{made.pk}/").status_code == 404


def test_the_minutes_hold_figures_and_no_name(world: Any, lists: Any) -> None:
    made = compare(world.chair)
    page = text(english(world.chair).get(f"/lists/comparisons/{made.pk}/minutes/"))
    assert "1 of" not in page and "0 of 4 persons stand in all lists" in page
    for name in ("KIM", "CHEN", "RAO", "Lin Yi"):
        assert name not in page
    assert Entry.objects.filter(action="comparison.printed").count() == 1


def test_the_list_of_comparisons_asks_no_more_queries_for_more_gaps(
    world: Any, lists: Any, django_assert_max_num_queries: Any
) -> None:
    made = compare(world.kudus)
    client = english(world.kudus)
    client.get(f"/lists/comparisons/{made.pk}/")
    with django_assert_max_num_queries(40):
        client.get(f"/lists/comparisons/{made.pk}/?state=all")
