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

import numpy as np
import pypdfium2
import tesserocr

from extract.readers import read
from extract.scan.cells import cell_boxes, inked
from extract.scan.engine import LANGUAGE, Box, data_folders, engine, label_engine
from extract.scan.page import around, straight
from extract.scan.picture import pages
from extract.scan.reader import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extract.scan.picture import Picture, Pixels
    from extract.scan.sheet import Members, Sheet

_MARGIN = 8  # pixels of paper around the ink of a cell


class Work(NamedTuple):
    """What tesserocr alone is given: a page without rules, its cells, what stands around the tables."""

    grey: Pixels
    dpi: float
    cells: list[Box]
    rest: Pixels


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.scans", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    engine()
    label_engine()
    folder = next(folder for folder in data_folders() if (folder / f"{LANGUAGE}.traineddata").is_file())
    api = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
    every_alone = every_ours = 0.0
    for path in options.files:
        prepared = [_prepare(picture) for picture in _pictures(path)]
        alone, ours = [], []
        for _ in range(options.runs):
            alone.append(_timed(lambda: _recognise(api, prepared)))  # noqa: B023 - called at once
            ours.append(_timed(lambda: read(path, ocr="always")))  # noqa: B023 - called at once
        every_alone, every_ours = every_alone + min(alone), every_ours + min(ours)
        cells = sum(len(work.cells) for work in prepared)
        print(f"{path.name}: {len(prepared)} pages, {cells} cells; alone {min(alone):.2f} s, ours {min(ours):.2f} s, "
              f"factor {min(ours) / min(alone):.2f}")  # fmt: skip
    print(f"all: factor {every_ours / every_alone:.2f}")
    return 0


def _pictures(path: Path) -> Iterator[Picture]:
    if path.suffix.lower() != ".pdf":
        yield from pages(path)
        return
    document = pypdfium2.PdfDocument(path)
    for index in range(len(document)):
        yield drawn(document[index])


def _prepare(picture: Picture) -> Work:
    sheet, grids = straight(picture, 1)
    cells = [inked(sheet, box) for grid in grids for box in cell_boxes(sheet, grid)]
    rest = sheet.grey.copy()
    free = around(sheet, [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in grids])
    rest[(sheet.parts.labels > 0) & ~np.isin(sheet.parts.labels, free)] = 255
    return Work(sheet.grey, sheet.dpi, [_box(sheet, members) for members in cells if len(members)], rest)


def _box(sheet: Sheet, members: Members) -> Box:
    parts, (height, width) = sheet.parts, sheet.grey.shape
    return Box(
        max(int(parts.left[members].min()) - _MARGIN, 0), max(int(parts.top[members].min()) - _MARGIN, 0),
        min(int(parts.right[members].max()) + _MARGIN, width), min(int(parts.bottom[members].max()) + _MARGIN, height),
    )  # fmt: skip


def _recognise(api: tesserocr.PyTessBaseAPI, prepared: list[Work]) -> None:
    for grey, dpi, cells, rest in prepared:
        _show(api, grey, dpi)
        api.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
        for x0, top, x1, bottom in cells:
            api.SetRectangle(x0, top, x1 - x0, bottom - top)
            api.GetUTF8Text()
        _show(api, rest, dpi)
        api.SetPageSegMode(tesserocr.PSM.SINGLE_COLUMN)
        api.GetUTF8Text()


def _show(api: tesserocr.PyTessBaseAPI, grey: Pixels, dpi: float) -> None:
    height, width = grey.shape
    api.SetImageBytes(grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(dpi))


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
