"""The PDF reader alone against two yardsticks, in one process, imports not counted.

    uv run python -m bench.pdf_reading [FILE…] [--documents 8] [--pages 10] [--repeat 3] [--office]

- ours: `read_pdf`, text, rulings, tables and paragraphs of every page;
- pdfium: the bare text of every page, nothing else;
- pdfplumber: `page.extract_tables()` of every page, nothing else (once: it takes long).

Without files, plans are drawn for the occasion (see `bench.convert`). The best of the repetitions counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pypdfium2

from bench.convert import documents
from extract.pdf.reader import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    options = _arguments()
    with TemporaryDirectory() as scratch:
        paths = options.files or documents(Path(scratch) / "plans", options)
        pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
        print(f"{len(paths)} documents, {pages} pages, best of {options.repeat}")
        bare = _best(lambda: _bare(paths), options.repeat)
        ours = _best(lambda: _ours(paths), options.repeat)
        plumber = _best(lambda: _plumber(paths), 1)
    print(f"pdfium text       {1000 * bare / pages:8.2f} ms a page")
    print(f"read_pdf          {1000 * ours / pages:8.2f} ms a page, {ours / bare:.2f} times pdfium's text")
    print(f"pdfplumber tables {1000 * plumber / pages:8.2f} ms a page, {plumber / ours:.1f} times ours")
    return 0


def _bare(paths: list[Path]) -> None:
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_range()
            page.close()
        document.close()


def _ours(paths: list[Path]) -> None:
    for path in paths:
        read_pdf(path, ocr="never")


def _plumber(paths: list[Path]) -> None:
    import pdfplumber

    for path in paths:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()


def _best(work: Callable[[], None], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--pages", type=int, default=10, help="about so many a document")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--office", action="store_true", help="print the PDFs with LibreOffice")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
