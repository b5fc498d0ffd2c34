"""Home, the list and the page offer the rows that a mandate may decide, no other, in few questions."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.exchange.given import LIN, agree, taken
from tests.pages import text
from timpora.exchange import identity
from timpora.exchange.models import Row
from timpora.ledger.book import SYSTEM

pytestmark = pytest.mark.django_db
SHOWN = "/lists/identities/"
# Residents of a district of Kudus, of another regency of the office, of another office.
RESIDENTS = {"kaliwungu": "TWN", "demak_district": "CHN", "pati": "IND"}
PLACES = (("Bakalankrapyak", "Kaliwungu"), ("Getaspejaten", "Jati"), ("", ""))


@pytest.fixture
def pati(world: Any) -> cast.Pati:
    return cast.pati()


@pytest.fixture
def rows(world: Any, pati: cast.Pati) -> list[Row]:
    """Rows of Disnaker and of the secretary, of every place, each a namesake of one resident."""
    for village, district, nation in (
        (world.bakalan, world.kaliwungu, "TWN"), (world.demak, world.demak_district, "CHN"),
        (pati.village, pati.district, "IND"),
    ):  # fmt: skip
        cast.report(village, nationality=nation).confirm(by=district)
    said = [
        (*LIN[:3], nation, f"B{number}{nation}", f"PT {number}", *LIN[6:7], *place)
        for number, place in enumerate(PLACES)
        for nation in ("Taiwan", "Tiongkok", "India")
    ]
    taken(world.labour, agree(world), said)
    taken(
        world.kudus, agree(world, "kesbangpol", "own"), [(*row[:4], f"X{row[4]}", *row[5:]) for row in said]
    )
    found = list(Row.objects.undecided().select_related("batch"))
    assert len(found) == 2 * len(said)
    return found


def vacated(world: Any, *names: str) -> None:
    for name in names:
        getattr(world, name).end(by=SYSTEM)


@pytest.mark.parametrize(
    "vacant", [(), ("kaliwungu",), ("kudus",), ("kaliwungu", "jati", "kudus"), ("chair",)]
)
def test_every_mandate_is_offered_exactly_the_rows_it_may_decide(
    world: Any, pati: cast.Pati, rows: list[Row], vacant: tuple[str, ...]
) -> None:
    vacated(world, *vacant)
    everyone = {**world.everyone(), **vars(pati)}
    offered = 0
    for name, mandate in everyone.items():
        if name in vacant:
            continue
        may = {row.pk for row in rows if identity.asked_of(row).standing(mandate) is not None}
        assert set(Row.objects.to_decide(mandate).values_list("pk", flat=True)) == may, name
        asks = {
            row.pk
            for row in rows
            if mandate.tier == 1 and mandate.post.office_id in identity.asked_of(row).missing
        }
        assert set(Row.objects.to_agree(mandate).values_list("pk", flat=True)) == asks, name
        offered += len(may)
    assert offered


def test_home_the_lists_and_the_page_tell_the_same_rows_in_few_questions(
    world: Any, rows: list[Row], django_assert_max_num_queries: Any
) -> None:
    for name in ("kaliwungu", "kudus", "immigration", "demak_regency"):
        mandate = getattr(world, name)
        client, may = cast.sign_in(mandate), Row.objects.to_decide(mandate)
        with django_assert_max_num_queries(14):
            page = text(client.get(SHOWN))
        for row in rows:
            assert (f"{SHOWN}{row.pk}/" in page) == may.filter(pk=row.pk).exists(), (name, row.pk)
        assert ('href="/lists/identities/"' in text(client.get("/"))) == may.exists()


def test_a_tier_sees_a_row_beside_those_of_its_own_area_alone(world: Any, rows: list[Row]) -> None:
    client = cast.sign_in(world.jati)
    here = [row for row in rows if row.area_id.startswith(world.jati.post.area_id)]
    assert here
    for row in here:  # the residents whose namesakes they are live in another district
        assert client.get(f"{SHOWN}{row.pk}/").status_code == 404
        assert f"{SHOWN}{row.pk}/" not in text(client.get(f"/lists/rows/{row.pk}/"))
    above = cast.sign_in(world.kudus)
    seen = {row.pk for row in here if above.get(f"{SHOWN}{row.pk}/").status_code == 200}
    # The secretary covers Kudus, so the resident of Kaliwungu, not those of Demak or Pati.
    assert seen == {row.pk for row in here if row.values["nationality"] == "TWN"}


def test_whoever_sent_the_list_is_not_asked_and_reads_why_on_the_page(world: Any, rows: list[Row]) -> None:
    own = [row for row in rows if row.batch.sender_id == world.kudus.user_id]
    client = cast.sign_in(world.kudus)
    page = text(client.get(SHOWN))
    for row in own:
        assert f"{SHOWN}{row.pk}/" not in page
        answer = client.get(f"{SHOWN}{row.pk}/")
        # Whether anybody lives elsewhere who may be meant, the sender does not learn here.
        assert answer.status_code == (200 if row.values["nationality"] == "TWN" else 404)
        assert answer.status_code == 404 or "/decision/" not in text(answer)
