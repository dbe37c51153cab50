"""PDF file to Document, page by page; a page that fails is a problem, not the end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

import pypdfium2

from extract.document import Block, Document, Page, Paragraph, Problem, Table
from extract.errors import (
    DamagedFileError,
    EncryptedFileError,
    MissingHelperError,
    NeedsOcrError,
    NoPagesError,
    ReadError,
)
from extract.pdf import pdfium
from extract.pdf.cells import fill, nested, table_of
from extract.pdf.coarse import parted_rows
from extract.pdf.flow import drop_page_number, paragraphs, text_lines
from extract.pdf.lattice import grids as find_grids
from extract.pdf.legacy import LegacyFonts
from extract.pdf.page import OpenPage
from extract.pdf.stream import find as find_unruled
from extract.pdf.text_layer import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extract.pdf.cells import Filled
    from extract.pdf.content import Ruling
    from extract.pdf.lattice import Grid
    from extract.pdf.lines import Line
    from extract.readers import Ocr

_LOCKED = (4, 5)  # FPDF_GetLastError: password, security


def read_pdf(path: Path, *, ocr: Ocr = "auto") -> Document:
    """Read the text layer and the ruling lines of every page; recognise pages that are pictures.

    Raises:
        EncryptedFileError: a password is needed.
        DamagedFileError: pdfium cannot open it, or no page of it.
        NoPagesError: it has none.
        NeedsOcrError: no page has a text layer, and nothing was recognised.
        MissingHelperError: every page is a picture and Tesseract is not installed.
    """
    document = _open(path)
    try:
        return _read(document, ocr)
    finally:
        document.close()


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if _error_code(error) in _LOCKED and _fresh_error_code(path) in _LOCKED:
            message = "a password is needed to open the file"
            raise EncryptedFileError(message) from error
        if _has_no_pages(path):  # pdfium calls this a format error too
            message = "the document has no pages"
            raise NoPagesError(message) from error
        message = f"not a readable PDF ({error})"
        raise DamagedFileError(message) from error


def _error_code(error: pypdfium2.PdfiumError) -> int | None:
    return getattr(error, "err_code", None)


def _fresh_error_code(path: Path) -> int | None:
    """Open once more and give pdfium's error code, with the code of the document before wiped out.

    pdfium keeps its last error: a file without pages, opened after an encrypted one, fails with "password" too.
    """
    code = None
    for source in (b"no PDF", path):
        try:
            pypdfium2.PdfDocument(source).close()
        except pypdfium2.PdfiumError as error:
            code = _error_code(error)
    return code


def _has_no_pages(path: Path) -> bool:
    """Whether a sound file that pdfium does not open only lacks pages."""
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415 - 0.2 s, and for broken files only
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415 - as above
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415 - as above

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each broken cross-reference
    try:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file), fallback=False)
            return "Pages" in document.catalog and next(PDFPage.create_pages(document), None) is None
    except Exception:
        return False


def _read(document: pypdfium2.PdfDocument, ocr: Ocr) -> Document:
    count = len(document)
    if count == 0:
        message = "the document has no pages"
        raise NoPagesError(message)
    handle = pdfium.handle(document.raw)
    blocks: list[Block] = []
    pages: list[Page] = []
    problems: list[Problem] = []
    fonts = LegacyFonts()
    for index in range(count):
        try:
            page, found, problem = _read_page(handle, index, fonts)
            if ocr == "always" or (
                problem is not None and problem.code == "page_needs_ocr" and ocr == "auto"
            ):
                page, found, problem = _recognise(document, index, page)
        except ReadError as error:
            problems.append(Problem("page_unreadable", error.message, index + 1))
            continue
        pages.append(page)
        blocks += found
        if problem is not None:
            problems.append(problem)
    if not pages:
        message = "no page can be read"
        raise DamagedFileError(message)
    if not blocks and any(problem.code == "missing_helper" for problem in problems):
        raise MissingHelperError(problems[0].message)
    if not blocks and any(problem.code == "page_needs_ocr" for problem in problems):
        message = f"no text on any of {count} pages"
        raise NeedsOcrError(message)
    if any(page.text_source == "ocr" for page in pages):
        from extract.scan.register import same_columns  # noqa: PLC0415 - only for scans

        blocks = list(same_columns(blocks))
    legacy = fonts.state.label
    return Document("pdf", tuple(blocks), tuple(pages), legacy_encoding=legacy, problems=tuple(problems))


def _recognise(
    document: pypdfium2.PdfDocument, index: int, page: Page
) -> tuple[Page, list[Block], Problem | None]:
    """Read a page from its picture; without the engine it is a page without text."""
    from extract.scan.reader import recognise_pdf_page  # noqa: PLC0415 - OpenCV, 0.1 s, only for scans

    try:
        return recognise_pdf_page(document, index)
    except MissingHelperError as error:
        return page, [], Problem(error.code, error.message, page.number)


def _read_page(document: int, index: int, fonts: LegacyFonts) -> tuple[Page, list[Block], Problem | None]:
    number = index + 1
    with OpenPage(document, index) as opened:
        content = fonts.decoded(opened.content)
        page = Page(number, content.width, content.height)
        verdict = judge(content)
        if verdict.needs_ocr:
            return page, [], Problem("page_needs_ocr", verdict.reason, number)
        grids = find_grids(content.rulings)
        filled, outside = fill(grids, content.runs, opened.letters)
        ruled = [parted_rows(table, opened.letters) for table in filled if any(table.runs)]
        free = _free_rules(content.rulings.horizontal, grids) if outside else []
        streamed, rest = find_unruled(outside, free, opened.letters)
        tables = nested([*_tables(ruled, number, "lattice"), *_tables(streamed, number, "stream")])
        tables.sort(key=_top)
        lines = drop_page_number(text_lines(rest), content.height)
        return page, list(_in_order(tables, lines, number)), None


def _tables(filled: list[Filled], number: int, method: Literal["lattice", "stream"]) -> Iterator[Table]:
    return (table_of(each, number, method) for each in filled)


def _top(table: Table) -> tuple[float, float]:
    return (table.bbox[1], table.bbox[0]) if table.bbox else (0.0, 0.0)


def _free_rules(rules: list[Ruling], grids: list[Grid]) -> list[Ruling]:
    """Give the rules that belong to none of the grids."""
    spans = [(grid.xs[0] - 1, grid.ys[0] - 1, grid.xs[-1] + 1, grid.ys[-1] + 1) for grid in grids]
    return [
        rule
        for rule in rules
        if not any(top <= rule.at <= bottom and left <= (rule.lo + rule.hi) / 2 <= right
                   for left, top, right, bottom in spans)
    ]  # fmt: skip


def _in_order(tables: list[Table], lines: list[list[Line]], number: int) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables from top to bottom."""
    everything = [line for segments in lines for line in segments]
    edges = [table.column_edges for table in tables]
    body = (
        min([line.x0 for line in everything] + [xs[0] for xs in edges], default=0.0),
        max([line.x1 for line in everything] + [xs[-1] for xs in edges], default=0.0),
    )
    start = 0
    for table in tables:
        stop = start
        while stop < len(lines) and lines[stop][0].baseline <= _top(table)[0] + lines[stop][0].size / 2:
            stop += 1
        yield from paragraphs(lines[start:stop], number, body)
        yield table
        start = stop
    yield from paragraphs(lines[start:], number, body)
