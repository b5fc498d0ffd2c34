"""The text for a group outside: figures only, nothing below the kecamatan, no figure under five, whoever
makes it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.cast import BAKALAN, GETAS, Cast, report
from tests.pages import text as page_text
from timpora.areas.codes import Level
from timpora.ledger.models import Entry
from timpora.recaps import sharing
from timpora.recaps.counting import Figures
from timpora.recaps.places import Place, place_of
from timpora.recaps.sharing import Outside

pytestmark = pytest.mark.django_db


PEOPLE = (
    ("Zyxwa Quorl", "JPN"), ("Okonkwo Chidi", "NGA"), ("Berglund Astrid", "SWE"), ("Haile Tesfaye", "ETH"),
    ("Castro Pilar", "ESP"), ("Nguyen Thanh", "VNM"), ("Ivanov Pyotr", "RUS"), ("Smith Howard", "GBR"),
    ("Dubois Margaux", "FRA"),
)  # fmt: skip


def residents(world: Cast, number: int, village: str = BAKALAN) -> None:
    """So many residents of a village; those of the other one have other names and years."""
    by, confirmed = {BAKALAN: (world.bakalan, world.kaliwungu), GETAS: (world.getas, world.jati)}[village]
    for place, (names, nation) in enumerate(PEOPLE[:number]):
        said = {"names": names, "nationality": nation, "birth_date": f"19{60 + place}-01-02", "sex": "M"}
        if village == GETAS:
            said = {
                "names": names[::-1].title(),
                "nationality": nation,
                "birth_date": f"19{80 + place}-07-08",
            }
        report(by, on=date(2026, 10, 1), **said).confirm(by=confirmed)


def shared(mandate: Any, code: str = "33.19", query: str = "") -> str:
    page = page_text(cast.sign_in(mandate).get(f"/counts/{code}/sharing/{query}"))
    found = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert found is not None
    return found[1]


def test_the_text_has_the_figure_its_day_the_moment_and_the_parts(world: Cast) -> None:
    residents(world, 6)
    residents(world, 7, GETAS)
    assert shared(world.kudus) == (
        "*Orang asing yang tinggal di Kabupaten Kudus, 25 November 2026*\n"
        "13 orang, tiap orang dihitung sekali\n"
        "0 laporan menunggu\n\n"
        "Per kecamatan:\nKaliwungu: 6\nJati: 7\n\n"
        "Menurut yang diketahui 25 November 2026, 12.00 WIB. Dari Timpora; hanya angka."
    )


def test_small_figures_are_hidden_and_those_that_would_give_them_away(world: Cast) -> None:
    residents(world, 6)
    residents(world, 2, GETAS)
    said = shared(world.kudus)
    assert "8 orang" in said and "Kaliwungu: 6" in said and "Jati: •" in said
    assert "Dawe: •" in said  # an empty one beside it would narrow the guess
    assert "Angka kecil disembunyikan" in said
    # What one text hides the other does not tell.
    assert "6 orang" in shared(world.kaliwungu, "33.19.01")
    assert "• orang" in shared(world.jati, "33.19.03")


def test_a_figure_that_gives_a_hidden_one_away_is_hidden_in_its_own_text_too(world: Cast) -> None:
    residents(world, 6)
    residents(world, 4, GETAS)
    outside = Outside()
    cells = Figures("33.19", "", people=10, below=(Figures("33.19.01", "", 6), Figures("33.19.03", "", 4)))
    outside._counted["33.19"] = cells  # as if the regency had these two districts alone
    assert outside.cells(place_of("33.19"), "people").cells == (None, None)
    assert outside.total(place_of("33.19.01"), "people") is None


def test_a_district_tells_no_village(world: Cast) -> None:
    residents(world, 9)
    said = shared(world.kaliwungu, "33.19.01")
    assert "9 orang" in said and "Bakalankrapyak" not in said


def test_no_text_is_made_of_a_village_or_of_a_place_above(world: Cast) -> None:
    for mandate, code in (
        (world.bakalan, BAKALAN),
        (world.kudus, "33"),
        (world.getas, "33.19.03"),
        (world.kudus, "33.21"),
    ):
        assert cast.sign_in(mandate).get(f"/counts/{code}/sharing/").status_code == 404


def test_it_says_the_same_whoever_makes_it_and_names_nobody(world: Cast) -> None:
    residents(world, 6)
    with time_machine.travel(datetime(2026, 11, 25, 5, 0, tzinfo=UTC), tick=False):
        texts = {shared(mandate) for mandate in (world.kudus, world.immigration, world.chair, world.province)}
    assert len(texts) == 1 and "Zyxwa" not in texts.pop()


def test_a_past_day_as_known_then(world: Cast) -> None:
    residents(world, 6)
    said = shared(world.kudus, query="?on=2026-10-31&known=2026-11-25T11:00")
    assert "31 Oktober 2026" in said and "0 orang" in said and "25 November 2026, 11.00 WIB" in said
    assert cast.sign_in(world.kudus).get("/counts/33.19/sharing/?on=x").status_code == 400


def test_the_page_shares_by_link_and_is_recorded(world: Cast) -> None:
    page = page_text(cast.sign_in(world.kudus).get("/counts/33.19/sharing/"))
    link = re.search(r'href="(https://wa\.me/\?text=[^"]*)"', page)
    assert link is not None and "Kabupaten Kudus" in unquote(link[1])
    assert 'data-copy="text" hidden' in page
    entry = Entry.objects.get(action="counts.shared")
    assert (entry.area, entry.subject, entry.actor) == ("33.19", "counts:33.19", world.kudus.user_id)


# --- what nobody outside can work out
# -------------------------------------------------------------------------

numbers = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=4)


@given(numbers)
def test_no_small_figure_follows_from_all_texts_together(
    django_db_blocker: Any, figures: list[list[int]]
) -> None:
    """A nation of provinces of regencies, each text as it is made; the true small figures stay open."""
    outside = Invented(figures)
    nation = outside.place("ID")
    shown: dict[str, int | None] = {"ID": outside.total(nation, "people")}
    for province, inside in enumerate(figures):
        code = f"{province}"
        shown[code] = outside.total(outside.place(code), "people")
        cells = outside.cells(outside.place(code), "people").cells
        shown |= {f"{code}.{at}": cells[at] for at in range(len(inside))}
    assert all(number is None or number == 0 or number >= 5 for number in shown.values())
    for province, inside in enumerate(figures):
        hidden = [at for at in range(len(inside)) if shown[f"{province}.{at}"] is None]
        assert not (len(hidden) == 1 and shown[f"{province}"] is not None)
    hidden = [province for province in range(len(figures)) if shown[f"{province}"] is None]
    assert not (len(hidden) == 1 and shown["ID"] is not None)


class Invented(Outside):
    """Figures of a tree that stands in no database."""

    def __init__(self, figures: list[list[int]]) -> None:
        super().__init__()
        self.tree = figures

    def place(self, code: str) -> Place:
        level = Level.NATION if code == "ID" else Level.PROVINCE
        return Place(code, code, (code,), (), level, level)

    def figures(self, place: Place) -> Figures:
        if place.code == "ID":
            below = tuple(Figures(str(n), str(n), people=sum(each)) for n, each in enumerate(self.tree))
        else:
            mine = self.tree[int(place.code)]
            below = tuple(Figures(f"{place.code}.{n}", "", people=each) for n, each in enumerate(mine))
        return Figures(place.code, place.code, people=sum(row.people for row in below), below=below)

    def above(self, place: Place) -> Place | None:
        return None if place.code == "ID" else self.place("ID")


def test_each_place_stands_in_the_table_of_the_one_above(world: Cast) -> None:
    above = Outside().above
    line = [place_of("33.19.01")]
    while (upper := above(line[-1])) is not None:
        line.append(upper)
    assert [place.code for place in line] == ["33.19.01", "33.19", "kanim-semarang", "33", "ID"]
    assert [p.code for p in (above(place_of("33.20")),) if p] == ["33"]
    assert sharing.LOWEST == Level.DISTRICT
