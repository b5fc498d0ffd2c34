"""The whole country: the totals of the decree, the office of Semarang, and search over 91,600 areas."""

from collections import Counter
from typing import Any

import pytest

from timpora.areas import loading, office_file
from timpora.areas.codes import Level
from timpora.areas.models import Area, Office

SEMARANG = ("33.15", "33.19", "33.21", "33.22", "33.24", "33.73", "33.74")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]


def tiers(scope: tuple[str, ...]) -> dict[int, int]:
    return Counter(Area.objects.under(scope).live().values_list("level", flat=True))


def test_the_country_has_the_totals_of_the_decree() -> None:
    assert tiers(("ID",)) == {0: 1, 1: 38, 2: 514, 3: 7285, 4: 83762}


def test_the_office_in_semarang_answers_for_7_101_and_1382_areas() -> None:
    office_file.load()
    office = Office.objects.get(code="kanim-semarang")
    assert office.codes == SEMARANG
    assert tiers(office.codes) == {Level.REGENCY: 7, Level.DISTRICT: 101, Level.VILLAGE: 1382}


def test_loading_the_offices_again_does_nothing() -> None:
    assert office_file.load()
    assert office_file.load() == []


def test_every_area_but_the_nation_lies_in_one_that_exists() -> None:
    assert list(Area.objects.filter(parent__isnull=True).values_list("code", flat=True)) == ["ID"]


def test_a_second_load_of_the_country_changes_nothing() -> None:
    assert not loading.load().changed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bakalan krapyak", "33.19.01.2001"),
        ("Bakalan Krapjak", "33.19.01.2001"),
        ("bakalamkrapyak", "33.19.01.2001"),
        ("kec kaliwungu kudus", "33.19.01"),
        ("kalywungu kudus", "33.19.01"),
        ("kaliungu kudos", "33.19.01"),
        ("desa kaliwungu kudus", "33.19.01.2014"),
        ("Bakalankrapyak, Kec. Kaliwungu, Kab. Kudus", "33.19.01.2001"),
        ("mijen kaliwungu kudus", "33.19.01.2013"),
        ("kota semarang", "33.74"),
        ("kab. semarang", "33.22"),
        ("kota kudus", "33.19.02"),
        ("kudus", "33.19"),
        ("jateng", "33"),
        ("dki jakarta", "31"),
        ("33.19.01", "33.19.01"),
        ("331901", "33.19.01"),
        ("3319012001", "33.19.01.2001"),
    ],
)
def test_search_puts_first_what_was_meant(typed: str, code: str) -> None:
    assert Area.objects.search(typed)[0].code == code


def test_the_beginning_of_a_name_finds_the_largest_first() -> None:
    found = [area.code for area in Area.objects.search("sema", limit=3)]
    assert set(found[:2]) == {"33.22", "33.74"}


def test_search_within_a_scope_finds_nothing_outside_it() -> None:
    for typed in ("kaliwungu", "kaliwungoo", "33", "sukamaju"):
        found = Area.objects.search(typed, under=("33.19",))
        assert all(area.code.startswith("33.19") for area in found)
    assert Area.objects.search("prambtan kidul", under=("33.19",), levels=(4,))[0].code == "33.19.01.2002"


@pytest.mark.parametrize(
    "typed", ["", " ", "k", "'", "%", "\x00", "🙂🙂", "ممم", "q" * 10_000, "a " * 5_000, ".", ","]
)
def test_search_of_nothing_or_nonsense_finds_nothing(typed: str) -> None:
    assert Area.objects.search(typed) == []


def test_search_asks_a_bounded_number_of_questions_whatever_is_typed(
    django_assert_max_num_queries: Any,
) -> None:
    typed = [
        "ka",
        "bakalan krapyak",
        "kec kaliwungu kudus",
        "kaliungu kudos",
        "zzqqxx",
        "jawa tengah",
        "33.19",
    ]
    Area.objects.search("kaliungoo")  # reads the list of names into memory
    for text in typed:
        with django_assert_max_num_queries(12):
            Area.objects.search(text, limit=8)
