"""What an area is called follows from its code."""

import pytest

from timpora.areas import clocks, listing, naming


@pytest.mark.parametrize(
    ("code", "kind", "head"),
    [
        ("ID", "negara", "presiden"),
        ("33", "provinsi", "gubernur"),
        ("33.19", "kabupaten", "bupati"),
        ("33.74", "kota", "wali kota"),
        ("33.19.01", "kecamatan", "camat"),
        ("94.04.12", "distrik", "kepala distrik"),
        ("33.19.02.1001", "kelurahan", "lurah"),
        ("33.19.01.2001", "desa", "kepala desa"),
        ("91.03.01.3001", "desa", "kepala desa"),
    ],
)
def test_the_code_says_the_kind_and_the_title_of_its_head(code: str, kind: str, head: str) -> None:
    assert (naming.kind(code), naming.head_title(code)) == (kind, head)


def test_kota_and_kabupaten_of_the_official_list_agree_with_the_digits() -> None:
    for code, name in listing.official().items():
        if len(code) == 5:
            assert name.casefold().startswith(naming.kind(code)), (code, name)


def test_a_name_is_written_as_an_address_has_it() -> None:
    assert naming.full_name("33.19.01", "Kaliwungu") == "Kecamatan Kaliwungu"
    assert naming.full_name("33.19", "Kabupaten Kudus") == "Kabupaten Kudus"
    line = [("33.19.01.2001", "Bakalankrapyak"), ("33.19.01", "Kaliwungu"), ("33.19", "Kabupaten Kudus")]
    assert naming.path([*line, ("33", "Jawa Tengah")]) == "Bakalankrapyak – Kec. Kaliwungu, Kab. Kudus"
    assert naming.path([("33", "Jawa Tengah"), ("ID", "Indonesia")]) == "Provinsi Jawa Tengah"


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("33.19", "WIB"),
        ("61.71", "WIB"),
        ("62.01", "WIB"),
        ("63.01", "WITA"),
        ("65", "WITA"),
        ("51.71", "WITA"),
        ("73.71.01", "WITA"),
        ("81", "WIT"),
        ("96.71.01.1001", "WIT"),
        ("ID", "WIB"),
    ],
)
def test_each_area_keeps_the_time_of_its_province(code: str, label: str) -> None:
    assert clocks.LABELS[clocks.timezone(code)] == label


def test_every_area_of_the_list_has_a_time() -> None:
    assert {clocks.timezone(code) for code in listing.official()} == set(clocks.LABELS)
