"""Pictures of the places findings point to: the page as printed, cut out around the row, the row outlined.

Only of PDF files that are at hand and unchanged (the SHA-256 of their bytes is the document's id), and only as many as
fit: a page of a report is read by people.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from io import BytesIO
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.report.model import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pypdfium2

    from extract.pdf.picture import Rendered
    from phuluc.audit.report.model import Document, Finding, ReportOptions
    from phuluc.audit.report.reading import Tables

    Box = tuple[float, float, float, float]

MOST_BYTES = 6_000_000
"""Of all pictures together, as they stand in the page."""
_AROUND, _BESIDE = 22.0, 8.0  # points shown above and below the row, left and right of it
_TALLEST = 420.0  # points; a row over a whole page is shown by its beginning
_COLOURS = 16
_MARGIN = 36.0  # points of paper left and right that need not be shown
_MOST_WORDS = 8
_OUTLINE = (199, 119, 0)


class Picture(NamedTuple):
    """A picture as the page holds it."""

    source: str  # data: address
    width: int
    height: int
    page: int


class _Place(NamedTuple):
    """Where to look: a row's box in points, or words that stand on the page."""

    doc: int
    page: int
    box: Box | None
    words: str


def take_pictures(tables: Tables, findings: Sequence[Finding], options: ReportOptions) -> dict[str, Picture]:
    """Give pictures by finding_id: of every rule some, the gravest first."""
    if not options.files:
        return {}
    places = _places(tables, findings, options.files)
    chosen = _chosen([each for each in findings if each.finding_id in places], options.most_pictures)
    of_document: defaultdict[int, set[_Place]] = defaultdict(set)
    for each in chosen:
        of_document[places[each.finding_id].doc].add(places[each.finding_id])
    taken: dict[_Place, Picture] = {}
    for doc, wanted in of_document.items():
        path = _unchanged(tables.documents[doc], options.files)
        if path is not None:
            taken.update(_of_file(path, wanted))
    return _within(MOST_BYTES, {each.finding_id: taken.get(places[each.finding_id]) for each in chosen})


def _places(tables: Tables, findings: Iterable[Finding], files: Mapping[str, Path]) -> dict[str, _Place]:
    """Say where to look for each finding in a PDF file that may be at hand."""
    found = [(each, each.doc) for each in findings if each.doc is not None]
    readable = {
        place for place, each in enumerate(tables.documents) if each.format == "pdf" and each.doc_id in files
    }
    boxes = tables.boxes(each.task_id for each, doc in found if each.task_id and doc in readable)
    places: dict[str, _Place] = {}
    for each, doc in found:
        if doc in readable and each.task_id in boxes:
            places[each.finding_id] = _Place(doc, *boxes[each.task_id], "")
        elif doc in readable and each.page is not None and each.text:
            places[each.finding_id] = _Place(doc, each.page, None, each.text)
    return places


def _chosen(findings: Iterable[Finding], most: int) -> list[Finding]:
    """Deal from the rules in turn, so that a rule with a thousand findings leaves room for the others."""
    of_rule: defaultdict[tuple[int, str], list[Finding]] = defaultdict(list)
    for each in findings:
        of_rule[SEVERITIES.index(each.severity), each.rule].append(each)
    rounds = zip_longest(*(of_rule[key][:most] for key in sorted(of_rule)))
    return [each for each in chain.from_iterable(rounds) if each is not None][:most]


def _within(most: int, taken: Mapping[str, Picture | None]) -> dict[str, Picture]:
    kept: dict[str, Picture] = {}
    counted: set[str] = set()
    for finding_id, picture in taken.items():
        if picture is None:
            continue
        if picture.source not in counted:
            most -= len(picture.source)
            counted.add(picture.source)
        if most < 0:
            break
        kept[finding_id] = picture
    return kept


def _unchanged(document: Document, files: Mapping[str, Path]) -> Path | None:
    """Give the file of a document where it has the very bytes that were converted."""
    path = files[document.doc_id]
    try:
        return path if hashlib.sha256(path.read_bytes()).hexdigest() == document.doc_id else None
    except OSError:  # gone, or not ours to read: a report without the picture
        return None


def _of_file(path: Path, wanted: Iterable[_Place]) -> Iterator[tuple[_Place, Picture]]:
    import pypdfium2  # noqa: PLC0415 - only where there is something to draw

    from extract.pdf.picture import render  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        of_page: defaultdict[int, list[_Place]] = defaultdict(list)
        for each in wanted:
            of_page[each.page].append(each)
        for number, places in sorted(of_page.items()):
            if 1 <= number <= len(pdf):
                rendered = render(pdf, number)
                for place in places:
                    box = place.box or (None if rendered.turn else _box_of(place.words, pdf[number - 1]))
                    if box is not None:
                        yield place, _cut(rendered, box, number)
    finally:
        pdf.close()


def _box_of(text: str, page: pypdfium2.PdfPage) -> Box | None:
    """Give the line a text begins in, as wide as the page; None where it is not there, or not there alone.

    Its longest beginning that stands on the page decides, as the words of a sentence go on in other lines; "Kế hoạch
    số" alone may stand anywhere.
    """
    width, height = page.get_size()
    if page.get_rotation():
        return None
    words = re.split(r" \| |\n", text, maxsplit=1)[0].split()
    textpage = page.get_textpage()
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        searcher = textpage.search(" ".join(words[:count]))
        found, again = searcher.get_next(), searcher.get_next()
        if found is not None:
            if again is not None or textpage.count_rects(*found) == 0:
                return None
            _, bottom, _, top = textpage.get_rect(0)
            return (_MARGIN, height - top - 2, width - _MARGIN, height - bottom + 2)
    return None


def _cut(rendered: Rendered, box: Box, page: int) -> Picture:
    from PIL import ImageDraw  # noqa: PLC0415

    image, scale, _ = rendered
    x0, top, x1, bottom = box
    bottom = min(bottom, top + _TALLEST)
    frame = (x0 - _BESIDE, top - _AROUND, x1 + _BESIDE, bottom + _AROUND)
    left, upper = max(0, round(frame[0] * scale)), max(0, round(frame[1] * scale))
    right, lower = min(image.width, round(frame[2] * scale)), min(image.height, round(frame[3] * scale))
    cut = image.crop((left, upper, max(right, left + 1), max(lower, upper + 1)))
    outline = [(x0 * scale - left, top * scale - upper), (x1 * scale - left, bottom * scale - upper)]
    ImageDraw.Draw(cut).rectangle(outline, outline=_OUTLINE, width=3)
    stream = BytesIO()
    cut.quantize(_COLOURS).save(stream, "PNG", optimize=True)
    data = base64.b64encode(stream.getvalue()).decode()
    return Picture(f"data:image/png;base64,{data}", cut.width, cut.height, page)
