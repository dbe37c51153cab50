"""The processor time of a scan against tesserocr alone for the same cells: `uv run python -m bench.scans FILE…`.

Alone means: the pages already drawn, upright and without rules, the cells already found; each cell with ink is
given to tesserocr (vie, page segmentation mode 6, one thread), the text around the tables in mode 4. Ours is the whole
`extract.readers.read`. Best of N runs each, taken in turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import pypdfium2

from extract.pdf.lattice import grids as find_grids
from extract.readers import read
from extract.scan.cells import cell_boxes, inked_part
from extract.scan.engine import Box, engine
from extract.scan.ink import erase_dust, ink_of
from extract.scan.page import upright
from extract.scan.picture import pages
from extract.scan.reader import _drawn
from extract.scan.rules import erase_rules, find_rules, rules_of
from extract.scan.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.scan.picture import Picture


class Work(NamedTuple):
    sheet: Sheet
    cells: list[Box]
    around: Sheet


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.scans", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    engine()
    for path in options.files:
        prepared = [_prepare(picture) for picture in _pictures(path)]
        alone, ours = [], []
        for _ in range(options.runs):
            alone.append(_timed(lambda: _recognise(prepared)))  # noqa: B023 - called at once
            ours.append(_timed(lambda: read(path, ocr="always")))  # noqa: B023 - called at once
        cells = sum(len(work.cells) for work in prepared)
        print(f"{path.name}: {len(prepared)} pages, {cells} cells; alone {min(alone):.2f} s, ours {min(ours):.2f} s, "
              f"factor {min(ours) / min(alone):.2f}")  # fmt: skip
    return 0


def _pictures(path: Path) -> Iterator[Picture]:
    if path.suffix.lower() != ".pdf":
        yield from pages(path)
        return
    document = pypdfium2.PdfDocument(path)
    for index in range(len(document)):
        yield _drawn(document[index])


def _prepare(picture: Picture) -> Work:
    grey, dpi = upright(picture)
    ink = ink_of(grey, dpi)
    rulings = find_rules(grey, dpi)
    grids = find_grids(rulings)
    erase_rules(grey, ink, dpi, rules_of(grids, rulings))
    erase_dust(grey, ink, dpi)
    sheet = Sheet(grey, ink, dpi, 1)
    boxes = [inked_part(sheet, box) for grid in grids for box in cell_boxes(sheet, grid)]
    rest = grey.copy()
    for grid in grids:
        x0, top, x1, bottom = (
            round(v * dpi / 72) for v in (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        )
        rest[max(top - 2, 0) : bottom + 3, max(x0 - 2, 0) : x1 + 3] = 255
    return Work(sheet, [box for box in boxes if box], Sheet(rest, ink, dpi, 1))


def _recognise(prepared: list[Work]) -> None:
    reader = engine()
    for sheet, cells, around in prepared:
        reader.show(sheet.grey, sheet.dpi)
        for box in cells:
            reader.read_block(box)
        reader.show(around.grey, around.dpi)
        reader.read_page(Box(0, 0, around.grey.shape[1], around.grey.shape[0]))


def _timed(work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
