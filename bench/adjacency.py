"""Tables found and rebuilt, against ground truth, with pdfplumber (and Camelot, where installed) on the same pages.

    uv run python -m bench.adjacency FOLDER… [--drawn] [--documents TEXT] [--peers] [--each] [--show N]

FOLDER holds `name.pdf` beside `name-str.xml`, the form of the ICDAR 2013 table competition (its 67 documents are to
be had from its organisers, not from here). `--drawn` draws documents of the same kinds for the occasion (see
`bench.statistics_pages`).

The measure is that of the competition: every cell with text and its nearest neighbour with text to the right and
below are one relation (M. Göbel, T. Hassan, E. Oro, G. Orsi: "A Methodology for Evaluating Algorithms for Table
Understanding in PDF Documents", DocEng 2012; "ICDAR 2013 Table Competition"). Complete recognition: nothing is
told beforehand, so a table missed loses all of its relations and prose taken for a table adds wrong ones. Texts are
compared without blanks. Precision, recall and F1 of each document are averaged over documents.
"""

from __future__ import annotations

import argparse
import sys
import time
import unicodedata
from collections import Counter
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lxml import etree

from bench.statistics_pages import draw_documents
from extract.pdf.reader import read_pdf
from extract.understand import understand_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from extract.tables import LogicalTable

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


class GridCell(NamedTuple):
    """A cell of either side: where it begins and ends (inclusive), and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


Cells: TypeAlias = list[GridCell]
Relations: TypeAlias = "Counter[tuple[str, str, str]]"


class Score(NamedTuple):
    """What one document gave."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> int:
    options = _arguments()
    with TemporaryDirectory() as scratch:
        folders = [*options.folders]
        if options.drawn:
            draw_documents(Path(scratch))
            folders.append(Path(scratch))
        truths = sorted(path for folder in folders for path in folder.rglob("*-str.xml"))
        pairs = [(path.with_name(path.name[:-8] + ".pdf"), path) for path in truths]
        pairs = [pair for pair in pairs if pair[0].exists() and options.documents in pair[0].stem]
        if not pairs:
            print("no name.pdf beside a name-str.xml", file=sys.stderr)
            return 2
        for name, find in _finders(peers=options.peers):
            started = time.perf_counter()
            scores = [_score(find, pdf, truth, options) for pdf, truth in pairs]
            seconds = time.perf_counter() - started
            means = [sum(column) / len(scores) for column in zip(*((*s, s.f1) for s in scores), strict=True)]
            print(
                f"{name:20} precision {means[0]:.3f}  recall {means[1]:.3f}  F1 {means[2]:.3f}"
                f"  {len(scores)} documents, {seconds:.1f} s"
            )
    return 0


def _score(
    find: Callable[[Path], Iterable[Cells]], pdf: Path, truth: Path, options: argparse.Namespace
) -> Score:
    expected = relations(read_truth(truth))
    found = relations(find(pdf))
    right = sum((expected & found).values())
    score = Score(
        right / sum(found.values()) if found else float(not expected),
        right / sum(expected.values()) if expected else float(not found),
    )
    if options.each:
        print(f"  {pdf.stem:40} {score.precision:.3f} {score.recall:.3f} {score.f1:.3f}")
    for sign, differing in (("-", expected - found), ("+", found - expected)):
        for relation in list(differing)[: options.show]:
            print("     ", sign, *relation, sep=" | ")
    return score


def relations(tables: Iterable[Cells]) -> Relations:
    """Count the relations of all tables: (text, text of its neighbour, "right" or "below")."""
    counted: Relations = Counter()
    for cells in tables:
        owners = {
            (row, column): cell
            for cell in cells
            if normalised(cell.text)
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.column, cell.last_column + 1)
        }
        rows = max((row for row, _ in owners), default=-1) + 1
        columns = max((column for _, column in owners), default=-1) + 1
        lines = [("right", [(row, column) for column in range(columns)]) for row in range(rows)]
        lines += [("below", [(row, column) for row in range(rows)]) for column in range(columns)]
        seen = set()
        for direction, places in lines:
            along = [owners[place] for place in places if place in owners]
            for cell, other in pairwise(along):
                if cell is not other and (cell, other, direction) not in seen:
                    seen.add((cell, other, direction))
                    counted[normalised(cell.text), normalised(other.text), direction] += 1
    return counted


def normalised(text: str) -> str:
    """Give a text as it is compared: compatible letters as one, dashes as one, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def read_truth(path: Path) -> list[Cells]:
    """Read the tables of a `-str.xml`; the regions of a table are put together by their increments."""
    tables = []
    for table in etree.parse(path).getroot().iter("table"):
        cells = []
        for region in table.iter("region"):
            down, right = (int(region.get(f"{name}-increment") or 0) for name in ("row", "col"))
            for cell in region.iter("cell"):
                row, column = int(cell.get("start-row")) + down, int(cell.get("start-col")) + right
                last_row = int(cell.get("end-row") or cell.get("start-row")) + down
                last_column = int(cell.get("end-col") or cell.get("start-col")) + right
                text = "".join(cell.find("content").itertext())
                cells.append(GridCell(row, column, last_row, last_column, text))
        tables.append(cells)
    return tables


def _finders(*, peers: bool) -> Iterable[tuple[str, Callable[[Path], Iterable[Cells]]]]:
    yield "phuluc", cells_found
    if peers:
        yield "pdfplumber lines", lambda path: _plumber(path, "lines")
        yield "pdfplumber text", lambda path: _plumber(path, "text")
        if find_spec("camelot"):
            yield "camelot lattice", lambda path: _camelot(path, "lattice")
            yield "camelot hybrid", lambda path: _camelot(path, "hybrid")


def cells_found(path: Path) -> Iterable[Cells]:
    """Give the cells of the tables that this program finds in a file."""
    return [_cells_of(table) for table in understand_tables(read_pdf(path, ocr="never"))]


def _cells_of(table: LogicalTable) -> Cells:
    cells: Cells = []
    for number, row in enumerate(table.rows):
        for column in row.filled():
            last = number
            while last + 1 < len(table.rows) and table.rows[last + 1].slots[column].above:
                last += 1
            end = column + row.width(column) - 1
            cells.append(GridCell(number, column, last, end, row.slots[column].text))
    return cells


def _plumber(path: Path, strategy: str) -> Iterable[Cells]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as document:
        for page in document.pages:
            yield from (_plain(table) for table in page.extract_tables(settings))


def _camelot(path: Path, flavor: str) -> Iterable[Cells]:
    import camelot

    for table in camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True):
        yield _plain(table.df.to_numpy().tolist())


def _plain(table: Sequence[Sequence[str | None]]) -> Cells:
    return [
        GridCell(row, column, row, column, text or "")
        for row, texts in enumerate(table)
        for column, text in enumerate(texts)
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.adjacency", description="Tables found, against ground truth")
    parser.add_argument("folders", nargs="*", type=Path, help="folders with name.pdf and name-str.xml")
    parser.add_argument("--drawn", action="store_true", help="draw documents of the same kinds")
    parser.add_argument("--documents", default="", help="only documents whose name contains this")
    parser.add_argument("--peers", action="store_true", help="measure pdfplumber and Camelot too")
    parser.add_argument("--each", action="store_true", help="print every document")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong relations of each document")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
