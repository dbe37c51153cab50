"""Rulings to grids: spans are missing rulings; jitter, double rules and open sides do no harm."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.pdf.content import Ruling, Rulings
from extract.pdf.lattice import Grid, GridCell, grids


def rulings(xs: list[float], ys: list[float]) -> Rulings:
    return Rulings([Ruling(y, xs[0], xs[-1]) for y in ys], [Ruling(x, ys[0], ys[-1]) for x in xs])


def only(found: list[Grid]) -> Grid:
    assert len(found) == 1
    return found[0]


def shape(grid: Grid) -> tuple[int, int]:
    return len(grid.ys) - 1, len(grid.xs) - 1


def test_a_full_grid_has_a_cell_in_each_field() -> None:
    grid = only(grids(rulings([0, 50, 100], [0, 20, 40, 60])))
    assert grid.cells == [GridCell(r, c, 1, 1) for r in range(3) for c in range(2)]


def test_a_missing_ruling_is_a_merged_cell() -> None:
    drawn = rulings([0, 50, 100], [0, 20, 40])
    drawn.vertical[1] = Ruling(50, 20, 40)  # the first row is one cell over both columns
    assert only(grids(drawn)).cells[0] == GridCell(0, 0, 1, 2)
    drawn = rulings([0, 50, 100], [0, 20, 40])
    drawn.horizontal[1] = Ruling(20, 50, 100)  # the first column is one cell over both rows
    assert GridCell(0, 0, 2, 1) in only(grids(drawn)).cells


def test_a_frame_is_no_table() -> None:
    assert grids(rulings([0, 100], [0, 50])) == []


def test_rules_that_nothing_crosses_are_no_table() -> None:
    assert grids(Rulings([Ruling(10, 0, 500), Ruling(800, 0, 500)], [])) == []


@pytest.mark.parametrize("gap", [0.7, 1.5, 2.4, 3.9])
def test_double_rules_make_no_phantom_rows_or_columns(gap: float) -> None:
    xs = [x + shift for x in (0, 50, 100) for shift in (0, gap)]
    ys = [y + shift for y in (0, 20, 40) for shift in (0, gap)]
    assert shape(only(grids(rulings(xs, ys)))) == (2, 2)


def test_columns_dragged_aside_in_one_row_stay_one_column() -> None:
    drawn = rulings([0, 100], [0, 20, 40])
    drawn.vertical.extend([Ruling(50, 0, 20), Ruling(57, 20, 40)])
    assert shape(only(grids(drawn))) == (2, 2)


def test_open_sides_are_closed() -> None:
    drawn = Rulings([Ruling(y, 0, 150) for y in (0, 20, 40)], [Ruling(50, 0, 40), Ruling(100, 0, 40)])
    assert shape(only(grids(drawn))) == (2, 3)


def test_a_row_cut_at_the_page_end_needs_no_last_rule() -> None:
    drawn = Rulings([Ruling(y, 0, 100) for y in (0, 20)], [Ruling(x, 0, 55) for x in (0, 50, 100)])
    assert shape(only(grids(drawn))) == (2, 2)


def test_dashes_are_one_ruling() -> None:
    drawn = rulings([0, 50, 100], [0, 40])
    drawn.horizontal.extend(Ruling(20, x, x + 3) for x in range(0, 99, 5))
    assert shape(only(grids(drawn))) == (2, 2)


def test_tables_beside_each_other_stay_two() -> None:
    left, right = rulings([0, 50, 100], [0, 20, 40]), rulings([120, 170, 220], [0, 20, 40])
    assert len(grids(Rulings(left.horizontal + right.horizontal, left.vertical + right.vertical))) == 2


@st.composite
def merged_grid(draw: st.DrawFn) -> tuple[list[float], list[float], list[GridCell]]:
    """A grid whose cells are merged at random into rectangles."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    xs = [40.0 * i + draw(st.floats(0, 8)) for i in range(columns + 1)]
    ys = [25.0 * i + draw(st.floats(0, 6)) for i in range(rows + 1)]
    taken, cells = set[tuple[int, int]](), []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide, high = 1, 1
            for _ in range(draw(st.integers(0, 2))):
                if column + wide < columns and (row, column + wide) not in taken and high == 1:
                    wide += 1
            for _ in range(draw(st.integers(0, 1))):
                if row + high < rows:
                    high += 1
            cells.append(GridCell(row, column, high, wide))
            taken |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
    return xs, ys, cells


def outlines(xs: list[float], ys: list[float], cells: list[GridCell], jitter: random.Random) -> Rulings:
    drawn = Rulings([], [])
    for row, column, high, wide in cells:
        x0, x1, top, bottom = xs[column], xs[column + wide], ys[row], ys[row + high]
        shake = [jitter.uniform(-0.4, 0.4) for _ in range(4)]
        drawn.horizontal.extend([Ruling(top + shake[0], x0, x1), Ruling(bottom + shake[1], x0, x1)])
        drawn.vertical.extend([Ruling(x0 + shake[2], top, bottom), Ruling(x1 + shake[3], top, bottom)])
    return drawn


@given(merged_grid(), st.randoms(use_true_random=False))
def test_every_cell_drawn_is_found_and_none_else(
    drawn: tuple[list[float], list[float], list[GridCell]], jitter: random.Random
) -> None:
    xs, ys, cells = drawn
    found = grids(outlines(xs, ys, cells, jitter))
    boxes = {
        tuple(round(value / 5) for value in (g.xs[c.column], g.ys[c.row], g.xs[c.column + c.column_span],
                                             g.ys[c.row + c.row_span]))
        for g in found for c in g.cells
    }  # fmt: skip
    expected = {
        (xs[c.column], ys[c.row], xs[c.column + c.column_span], ys[c.row + c.row_span]) for c in cells
    }
    if len(cells) == 1:
        assert boxes == set()
        return
    near = {box for box in boxes if any(_near(box, other) for other in expected)}
    assert len(near) == len(expected) == len(boxes)


def _near(box: tuple[int, ...], expected: tuple[float, ...]) -> bool:
    return all(abs(5 * a - b) <= 4 for a, b in zip(box, expected, strict=True))


@given(merged_grid())
def test_pdfplumber_finds_the_same_cells(drawn: tuple[list[float], list[float], list[GridCell]]) -> None:
    xs, ys, cells = drawn
    net = outlines(xs, ys, cells, random.Random(1))  # noqa: S311 - a jitter, no secret
    edges = [
        {"orientation": "h", "object_type": "line", "x0": lo, "x1": hi, "top": at, "bottom": at, "width": hi - lo}
        for at, lo, hi in net.horizontal
    ] + [
        {"orientation": "v", "object_type": "line", "x0": at, "x1": at, "top": lo, "bottom": hi, "height": hi - lo}
        for at, lo, hi in net.vertical
    ]  # fmt: skip
    merged = merge_edges(edges, 3, 3, 3, 3)
    reference = cells_to_tables(intersections_to_cells(edges_to_intersections(merged, 3, 3)))
    ours = sum(len(grid.cells) for grid in grids(net))
    assert ours == sum(len(table) for table in reference if len(table) > 1)
