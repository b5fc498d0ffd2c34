"""`under` in the database answers as `within_any` does, on whichever engine the suite runs."""

import pytest
from django.db import connection
from django.db.models import Q

from timpora.areas import codes
from timpora.areas.models import Area, Office

pytestmark = pytest.mark.usefixtures("kudus")


@pytest.mark.parametrize(
    "scope",
    [(), ("ID",), ("33",), ("33.19",), ("33.19.01", "33.18"), ("33.19", "33.19.01.2001"), ("33.1",), ("99",)],
)
def test_under_gives_the_areas_at_or_below_any_of_the_codes(scope: tuple[str, ...]) -> None:
    everywhere = Area.objects.values_list("code", flat=True)
    expected = {code for code in everywhere if codes.within_any(code, scope)}
    assert set(Area.objects.under(scope).values_list("code", flat=True)) == expected


def test_under_narrows_through_a_foreign_key(office: Office) -> None:
    assert list(Office.objects.filter(codes.under("jurisdictions__area", ("33.19",)))) == [office]
    assert not Office.objects.filter(codes.under("jurisdictions__area", ("33.18",))).exists()


def test_the_database_orders_codes_by_bytes() -> None:
    stored = list(Area.objects.order_by("code").values_list("code", flat=True))
    assert stored == sorted(stored)


@pytest.mark.parametrize("table", ["areas_area", "areas_jurisdiction"])
def test_columns_of_codes_compare_by_bytes_whatever_the_language_of_the_database(table: str) -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    collations = {column.name: column.collation for column in columns}
    name = "code" if table == "areas_area" else "area_id"
    assert collations[name] == ("C" if connection.vendor == "postgresql" else None)


def test_under_the_nation_meets_rows_without_an_area_too() -> None:
    assert codes.under("area", ("ID", "33")) == Q()


def test_a_scope_is_answered_by_the_index() -> None:
    query = Area.objects.under(("33.19.01",)).order_by("code")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "index" in query.explain().lower()


def test_children_are_those_one_tier_below() -> None:
    assert {area.code for area in Area.objects.children_of("33")} == {"33.18", "33.19"}
    assert Area.objects.children_of("33.19.01").count() == 15
