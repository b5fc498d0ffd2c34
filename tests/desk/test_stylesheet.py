"""The one stylesheet: its layers, its colours measured as WCAG measures, its weight."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.pages import text
from timpora import stylesheet

PACKAGE = Path(stylesheet.__file__).parent
TOKENS = (stylesheet.PARTS / "tokens.css").read_text()


def test_the_stylesheet_is_one_file_of_all_parts_in_one_order_of_layers() -> None:
    path = finders.find("timpora.css")
    assert path
    text = Path(path).read_text()
    assert text.startswith("@layer reset, tokens, base, layout, components, print;")
    for part in stylesheet.PARTS.glob("*.css"):
        lines = [line.strip() for line in part.read_text().splitlines() if line.strip().endswith("}")]
        assert lines and all(line in text for line in lines)
    assert text.count("{") == text.count("}")
    assert "/*" not in text


def test_every_part_stands_in_a_layer() -> None:
    for part in stylesheet.PARTS.glob("*.css"):
        bare = re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.DOTALL).strip()
        assert re.match(r"@layer (reset|tokens|base|layout|components|print) \{", bare), part.name


def test_an_unchanged_stylesheet_is_not_written_again() -> None:
    path = Path(str(finders.find("timpora.css")))
    before = path.stat().st_mtime_ns
    assert finders.find("timpora.css") == str(path)
    assert path.stat().st_mtime_ns == before


def test_no_template_uses_a_class_that_the_stylesheet_does_not_know() -> None:
    text = Path(str(finders.find("timpora.css"))).read_text()
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", text))
    unknown = set()
    for path in PACKAGE.rglob("templates/**/*.html"):
        bare = re.sub(r"\{[%{#].*?[%}#]\}", lambda tag: "" if tag[0][1] == "{" else " ", path.read_text())
        for names in re.findall(r'class="([^"]*)"', bare):
            # A name that ends in a dash is finished by a variable ("badge--{{ state }}").
            used = {name for name in names.split() if not name.endswith("-")}
            unknown |= {f"{path.relative_to(PACKAGE)}: {name}" for name in used - known}
    assert unknown == set()


def test_colours_stand_in_the_tokens_only() -> None:
    found = []
    for part in stylesheet.PARTS.glob("*.css"):
        if part.stem not in ("tokens", "print"):
            found += [
                f"{part.name}: {colour}" for colour in re.findall(r"#[0-9a-f]{3,8}\b", part.read_text())
            ]
    assert found == []


def palette(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("prefers-color-scheme: dark")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_reads_on_every_ground_it_stands_on(scheme: str) -> None:
    colours = palette(scheme)
    dyes = ["indigo", "sogan", "leaf", "plum"]
    washes = [f"{dye}-wash" for dye in dyes]
    pairs = [
        *product(["ink", "soft", *dyes, "indigo-deep"], ["paper", "sheet"]),
        *((dye, f"{dye}-wash") for dye in dyes),
        *product(["ink", "soft"], washes),
        ("indigo-deep", "indigo-wash"),
        *(("on-dye", dye) for dye in ["indigo", "indigo-deep", "sogan", "leaf"]),
    ]
    faint = {
        pair: round(got, 2) for pair in pairs if (got := contrast(*map(colours.__getitem__, pair))) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme: str) -> None:
    colours = palette(scheme)
    assert min(contrast(colours["edge"], colours[ground]) for ground in ("paper", "sheet")) >= 3


@pytest.mark.django_db
def test_a_first_visit_weighs_little(client: Client) -> None:
    response = client.get("/patterns/")
    page = text(response)
    files = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))
    files |= {str(path.relative_to(PACKAGE / "static")) for path in (PACKAGE / "static/js").glob("*.js")}
    assert len(files) > 8
    weight = len(gzip.compress(response.content))
    weight += sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in files)
    # Half of the 120 KB that a first visit may weigh; the other half is for the page's own content.
    assert weight <= 60_000
