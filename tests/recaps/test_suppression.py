"""What the nameless may know of a table: no hidden cell follows from what is shown."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from timpora.recaps.suppression import Published, publish

tables = st.lists(st.integers(0, 30), min_size=1, max_size=12)
thresholds = st.integers(0, 8)


@given(tables, thresholds)
def test_no_figure_between_nothing_and_the_threshold_is_shown(cells: list[int], threshold: int) -> None:
    shown = publish(cells, threshold=threshold)
    assert all(cell is None or cell == 0 or cell >= threshold for cell in shown.cells)


@given(tables, thresholds)
def test_what_is_shown_is_true(cells: list[int], threshold: int) -> None:
    shown = publish(cells, threshold=threshold)
    assert all(cell in (None, true) for cell, true in zip(shown.cells, cells, strict=True))
    assert shown.total in (None, sum(cells))


@given(tables, thresholds)
def test_a_table_without_small_figures_is_shown_whole(cells: list[int], threshold: int) -> None:
    large = [cell + threshold if cell else 0 for cell in cells]
    assert publish(large, threshold=threshold) == Published(tuple(large), sum(large))


@given(tables, thresholds, st.data())
def test_no_hidden_cell_follows_from_the_total_and_the_cells_shown(
    cells: list[int], threshold: int, data: st.DataObject
) -> None:
    guarded = data.draw(st.none() | st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    shown = publish(cells, threshold=threshold, guarded=guarded)
    hidden = [place for place, cell in enumerate(shown.cells) if cell is None]
    if shown.total is None:
        return  # nothing to subtract from
    left = shown.total - sum(cell or 0 for cell in shown.cells)
    for place in hidden:
        # Another table with the same total and the same cells shown has another figure here.
        possible = {figure for figure in range(left + 1) if len(hidden) > 1 or figure == left}
        assert len(possible) > 1, (cells, shown, place)


@given(tables, thresholds)
def test_the_total_is_hidden_only_where_it_is_the_one_small_figure(cells: list[int], threshold: int) -> None:
    shown = publish(cells, threshold=threshold)
    assert (shown.total is None) == (len(cells) == 1 and 0 < cells[0] < threshold)


def test_even_who_knows_the_rule_cannot_tell_a_hidden_figure() -> None:
    threshold, highest = 5, 11
    for size in (1, 2, 3):
        alike: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
        for cells in product(range(highest + 1), repeat=size):
            alike[publish(cells, threshold=threshold)].append(cells)
        for shown, tables_of_it in alike.items():
            if any(highest in cells for cells in tables_of_it):
                continue  # larger tables of the same look were not tried
            for place, cell in enumerate(shown.cells):
                assert cell is not None or len({cells[place] for cells in tables_of_it}) > 1, shown


def test_a_lone_small_figure_takes_the_next_smallest_with_it() -> None:
    assert publish([7, 2, 30, 9], threshold=5) == Published((None, None, 30, 9), 48)
    assert publish([7, 2, 30, 7], threshold=5) == Published((None, None, 30, None), 46)


def test_an_empty_cell_is_hidden_beside_a_small_one_and_shown_otherwise() -> None:
    assert publish([7, 2, 0], threshold=5).cells == (7, None, None)
    assert publish([7, 0, 0], threshold=5).cells == (7, 0, 0)


def test_only_what_is_guarded_is_hidden_for_being_small() -> None:
    assert publish([3, 9, 2], threshold=5, guarded=[False, False, False]).cells == (3, 9, 2)
    assert publish([3, 9, 2], threshold=5, guarded=[True, False, False]).cells == (None, 9, None)
