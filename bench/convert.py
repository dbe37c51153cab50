"""The whole convert against two yardsticks, on the same files in the same run.

    uv run python -m bench.convert [--documents 36] [--pages 10] [--repeat 3] [--office]

- ours: `phuluc convert DIR -o OUT --workers 1`, PDF to Parquet, process start included;
- pdfplumber: `page.extract_tables()` of every page, nothing else, process start included;
- pdfium: the bare text of every page, nothing else, process start included.

Wanted: at least 10 times as fast as pdfplumber, at most 4 times as slow as pdfium. The best of the
repetitions counts on every side (the machine's noise only ever adds). Exit code 1 if either is missed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.layouts.gold import load_gold, plan_of
from tests.layouts.layout import COMMON
from tests.layouts.plan import Plan, PlanRow, PlanTable, load
from tests.layouts.writing import print_with_office, write

FASTER_THAN_PDFPLUMBER = 10.0
SLOWER_THAN_PDFIUM = 4.0
PDFPLUMBER = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()
"""
PDFIUM = """
import sys, pypdfium2
for path in sys.argv[1:]:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()
"""


def main() -> int:
    options = _arguments()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = documents(folder / "plans", options)
        pages, size = _pages(paths), sum(path.stat().st_size for path in paths)
        print(f"{len(paths)} documents, {pages} pages, {size / 1e6:.1f} MB, best of {options.repeat}")
        out = folder / "out"
        phuluc = [str(Path(sys.executable).parent / "phuluc"), "convert", str(folder / "plans")]
        ours = _best([*phuluc, "-o", str(out), "--workers", "1"], options.repeat, out)
        pdfium = _best([sys.executable, "-c", PDFIUM, *map(str, paths)], options.repeat)
        plumber = _best([sys.executable, "-c", PDFPLUMBER, *map(str, paths)], 1)
    print(f"phuluc convert       {ours:8.2f} s   {1000 * ours / pages:6.2f} ms a page")
    print(f"pdfplumber tables    {plumber:8.2f} s   {plumber / ours:6.1f} times ours (wanted: 10 or more)")
    print(f"pdfium text          {pdfium:8.2f} s   ours is {ours / pdfium:.2f} times it (wanted: 4 or less)")
    return int(plumber / ours < FASTER_THAN_PDFPLUMBER or ours / pdfium > SLOWER_THAN_PDFIUM)


def documents(folder: Path, options: argparse.Namespace) -> list[Path]:
    """Write plans of about the wanted number of pages, no two alike."""
    folder.mkdir(parents=True)
    sources = [*map(plan_of, load_gold()), *load("plans")]
    plans = [_long(sources, number, options.pages) for number in range(options.documents)]
    if not options.office:
        return [write(plan, COMMON, "pdf", folder) for plan in plans]
    drafts = folder.parent / "drafts"
    drafts.mkdir()
    print_with_office([write(plan, COMMON, "docx", drafts) for plan in plans], drafts)
    return [Path(shutil.move(path, folder / path.name)) for path in sorted(drafts.glob("*.pdf"))]


def _long(sources: list[Plan], number: int, pages: int) -> Plan:
    """One plan's table repeated until it fills the pages, each row marked so that no two documents are equal."""
    source = sources[number % len(sources)]
    table = source.tables[0]
    weight = sum(max(len(cell) for cell in row.cells) for row in table.rows)
    rows: list[PlanRow] = []
    for turn in range(max(1, pages * 950 // weight)):
        rows += [_marked(row, f"{number}.{turn}") for row in table.rows]
    return replace(
        source, name=f"plan-{number:02}", tables=(PlanTable(table.title, table.columns, tuple(rows)),)
    )


def _marked(row: PlanRow, mark: str) -> PlanRow:
    longest = max(range(len(row.cells)), key=lambda column: len(row.cells[column]))
    cells = list(row.cells)
    cells[longest] += f" (lần {mark})"
    return replace(row, cells=tuple(cells))


def _pages(paths: list[Path]) -> int:
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(path)) for path in paths)


def _best(command: list[str], repeat: int, out: Path | None = None) -> float:
    times = []
    for _ in range(repeat):
        if out is not None:
            shutil.rmtree(out, ignore_errors=True)
        started = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        times.append(time.perf_counter() - started)
        if done.returncode:
            sys.exit(f"{command[:3]} failed: {done.stderr[-2000:]}")
    return min(times)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=36)
    parser.add_argument("--pages", type=int, default=10, help="about so many a document")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--office", action="store_true", help="print the PDFs with LibreOffice")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
