"""Tables that go on overleaf get the same column edges, though the scanner drew each sheet in anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.document import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.document import Block

_SHIFT = 30.0  # points by which a sheet may lie aside
_STRETCH = 0.02  # part by which rollers stretch it
_NEAR = 3.0  # points: edges this near after shift and stretch are one


def same_columns(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks, the edges of a table on the next page laid over those of the table before.

    Only `column_edges` change; boxes say where things stand on their own page.
    """
    before: Table | None = None
    for block in blocks:
        if isinstance(block, Table):
            placed = _placed(block, before) if before is not None else block
            yield placed
            before = placed
        else:
            yield block


def _placed(table: Table, before: Table) -> Table:
    if table.method != "ocr" or before.method != "ocr" or table.page == before.page:
        return table
    edges, model = table.column_edges, before.column_edges
    if len(edges) < 2 or len(model) < 2 or abs(edges[0] - model[0]) > _SHIFT:
        return table
    stretch = (model[-1] - model[0]) / (edges[-1] - edges[0])
    if abs(stretch - 1) > _STRETCH:
        return table
    moved = [model[0] + (edge - edges[0]) * stretch for edge in edges]
    return replace(table, column_edges=tuple(_snapped(moved, model)))


def _snapped(edges: Sequence[float], model: Sequence[float]) -> list[float]:
    snapped: list[float] = []
    for edge in edges:
        nearest = min(model, key=lambda other: abs(other - edge))
        chosen = nearest if abs(nearest - edge) <= _NEAR else edge
        if snapped and chosen <= snapped[-1]:
            chosen = edge
        snapped.append(chosen)
    return snapped
