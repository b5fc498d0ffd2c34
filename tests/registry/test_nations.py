"""One word on a list finds one nation, in the words Indonesian papers use."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry import nations


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tiongkok", "CHN"), ("RRT", "CHN"), ("R.R.C.", "CHN"), ("Cina", "CHN"), ("CHINA", "CHN"),
        ("Republik Rakyat Tiongkok", "CHN"), ("WN Tiongkok", "CHN"), ("warga negara Korea", "KOR"),
        ("Korea Selatan", "KOR"), ("korsel", "KOR"), ("Korea", "KOR"), ("Korea, Republic of", "KOR"),
        ("Korea Utara", "PRK"), ("AS", "USA"), ("Amerika", "USA"), ("U.S.A.", "USA"), ("US", "USA"),
        ("Inggris", "GBR"), ("British", "GBR"), ("Belanda", "NLD"), ("Rusia", "RUS"),
        ("Timor Leste", "TLS"), ("Timor-Leste", "TLS"), ("TIMOR TIMUR", "TLS"), ("Taiwan", "TWN"),
        ("Hongkong", "HKG"), ("Makau", "MAC"), ("D", "DEU"), ("D<<", "DEU"), ("DEU", "DEU"), ("de", "DEU"),
        ("XXA", "XXA"), ("stateless", "XXA"), ("pengungsi", "XXB"), ("XXC", "XXC"), ("XXX", "XXX"),
        ("RKS", "XKX"), ("XKX", "XKX"), ("XXK", "XKX"), ("Kosovo", "XKX"), ("UNO", "UNO"),
        ("GBD", "GBD"), ("GBN", "GBN"), ("GBO", "GBO"), ("GBP", "GBP"), ("GBS", "GBS"),
        ("Turki", "TUR"), ("Turkey", "TUR"), ("Côte d'Ivoire", "CIV"), ("Niger", "NER"), ("Nigeria", "NGA"),
        ("Iran", "IRN"), ("Irak", "IRQ"), ("Austria", "AUT"), ("Australia", "AUS"), ("India", "IND"),
        ("Indonesia", "IDN"), ("wni", "IDN"), ("Republik Indonesia", "IDN"),
        ("Tiongkokk", "CHN"), ("Phillipines", "PHL"), ("Malasyia", "MYS"), ("Pakiztan", "PAK"),
        ("Banglades", "BGD"), ("Afganistan", "AFG"), ("中国", "CHN"), ("대한민국", "KOR"),
    ],
)  # fmt: skip
def test_the_words_of_papers_and_lists_find_their_nation(text: str, code: str) -> None:
    found = nations.find(text)
    assert found is not None and found.code == code


UNCLEAR = ["", "  ", "Slovania", "Atlantis", "xyz", "??", "-", "Utara", "😀", "a" * 10_000]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_may_be_two_nations_or_none_is_left_to_a_person(text: str) -> None:
    assert nations.find(text) is None


def test_indonesia_itself_is_recognised_so_that_it_can_be_refused() -> None:
    found = nations.find("Indonesia")
    assert found is not None and found.indonesian
    assert "IDN" not in dict(nations.choices())
    assert sum(nation.indonesian for nation in nations.search("indo")) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tio", "CHN"), ("chi", "CHN"), ("kor", "KOR"), ("bel", "NLD"), ("neth", "NLD"), ("ame", "USA"),
        ("jep", "JPN"), ("japn", "JPN"), ("maleis", "MYS"), ("tionkok", "CHN"), ("filipna", "PHL"),
        ("arab saudi", "SAU"), ("selatan", "KOR"), ("timor", "TLS"), ("twn", "TWN"), ("vietnm", "VNM"),
    ],
)  # fmt: skip
def test_a_few_letters_bring_up_the_nation_in_either_language(typed: str, code: str) -> None:
    assert code in [nation.code for nation in nations.search(typed)][:5]


def test_the_likeliest_comes_first() -> None:
    assert nations.search("korea")[0].code == "KOR"
    assert nations.search("niger")[0].code == "NER"
    assert nations.search("IND")[0].code == "IND"
    assert len(nations.search("a", limit=3)) == 3


def test_names_are_given_in_the_readers_language() -> None:
    assert nations.name("NLD", "id") == "Belanda"
    assert nations.name("NLD", "en") == "Netherlands"
    assert nations.name("CHN", "id") == "Tiongkok"
    assert nations.name("XXA", "id") == "Tanpa kewarganegaraan"
    assert nations.name("XXB", "en-gb") == "Refugee (1951 Convention)"
    assert nations.name("XKX", "id") == "Kosovo"
    assert nations.name("???", "id") == "???"


def test_british_variants_keep_their_code_and_group_under_one_state() -> None:
    assert {nations.get(code).state for code in ("GBD", "GBN", "GBO", "GBP", "GBS", "GBR")} == {"GBR"}  # type: ignore[union-attr]


@given(st.sampled_from(nations.choices()))
def test_every_name_and_code_finds_its_own_nation(choice: tuple[str, str]) -> None:
    code, _ = choice
    for text in (code, code.lower(), nations.name(code, "id"), nations.name(code, "en")):
        found = nations.find(text)
        assert found is not None and found.code == code
    assert code in [nation.code for nation in nations.search(nations.name(code, "id"))]


@given(st.text(max_size=40))
def test_any_text_is_answered_without_error(text: str) -> None:
    found = nations.find(text)
    assert found is None or nations.get(found.code) == found
    assert len(nations.search(text, 4)) <= 4


def test_importing_the_module_reads_no_table() -> None:
    program = (
        "import sys, timpora.registry.nations as n; print('pycountry' in sys.modules, n._data.cache_info())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("False") and "currsize=0" in done.stdout
