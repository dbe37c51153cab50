"""Pictures of the places findings point to: the page as printed, cut out around the row, the row outlined.

Only of PDF files that are at hand and unchanged (the SHA-256 of their bytes is the document's id), and only as many as
fit: a page of a report is read by people.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from io import BytesIO
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.report.model import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from PIL import Image

    from phuluc.audit.report.model import Document, Finding, ReportOptions
    from phuluc.audit.report.reading import Tables

    Box = tuple[float, float, float, float]

MOST_BYTES = 6_000_000
"""Of all pictures together, as they stand in the page."""
_AROUND, _BESIDE = 22.0, 8.0  # points shown above and below the row, left and right of it
_TALLEST = 420.0  # points; a row over a whole page is shown by its beginning
_COLOURS = 16
_OUTLINE = (199, 119, 0)


class Picture(NamedTuple):
    """A picture as the page holds it."""

    source: str  # data: address
    width: int
    height: int
    page: int


class _Wanted(NamedTuple):
    task_id: str
    page: int
    box: Box


def take_pictures(tables: Tables, findings: Sequence[Finding], options: ReportOptions) -> dict[str, Picture]:
    """Give pictures by finding_id: of every rule some, the gravest first."""
    if not options.files:
        return {}
    boxes = tables.boxes(each.task_id for each in findings if each.task_id)
    chosen = _chosen(
        [each for each in findings if each.task_id in boxes and each.doc is not None], options.most_pictures
    )
    of_document: defaultdict[int, list[_Wanted]] = defaultdict(list)
    for task_id, doc in {each.task_id: each.doc for each in chosen}.items():
        if task_id is not None and doc is not None:
            of_document[doc].append(_Wanted(task_id, *boxes[task_id]))
    taken: dict[str, Picture] = {}
    for doc, wanted in of_document.items():
        path = _at_hand(tables.documents[doc], options.files)
        if path is not None:
            taken.update(_of_file(path, wanted))
    return _within(MOST_BYTES, chosen, taken)


def _chosen(findings: Iterable[Finding], most: int) -> list[Finding]:
    """Deal from the rules in turn, so that a rule with a thousand findings leaves room for the others."""
    of_rule: defaultdict[tuple[int, str], list[Finding]] = defaultdict(list)
    for each in findings:
        of_rule[SEVERITIES.index(each.severity), each.rule].append(each)
    rounds = zip_longest(*(of_rule[key][:most] for key in sorted(of_rule)))
    return [each for each in chain.from_iterable(rounds) if each is not None][:most]


def _within(most: int, chosen: Iterable[Finding], taken: Mapping[str, Picture]) -> dict[str, Picture]:
    kept: dict[str, Picture] = {}
    counted: set[str] = set()
    for each in chosen:
        picture = taken.get(each.task_id or "")
        if picture is None:
            continue
        if picture.source not in counted:
            most -= len(picture.source)
            counted.add(picture.source)
        if most < 0:
            break
        kept[each.finding_id] = picture
    return kept


def _at_hand(document: Document, files: Mapping[str, Path]) -> Path | None:
    """Give the file of a document where it has the very bytes that were converted."""
    path = files.get(document.doc_id)
    if document.format != "pdf" or path is None:
        return None
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() == document.doc_id:
            return path
    except OSError:  # not there, or not ours to read: a report without the picture
        pass
    return None


def _of_file(path: Path, wanted: Iterable[_Wanted]) -> Iterator[tuple[str, Picture]]:
    import pypdfium2  # noqa: PLC0415 - only where there is something to draw

    from extract.pdf.picture import render  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        of_page: defaultdict[int, list[_Wanted]] = defaultdict(list)
        for each in wanted:
            of_page[each.page].append(each)
        for number, rows in sorted(of_page.items()):
            if 1 <= number <= len(pdf):
                image, scale = render(pdf, number)
                for row in rows:
                    yield row.task_id, _cut(image, row, scale)
    finally:
        pdf.close()


def _cut(image: Image.Image, row: _Wanted, scale: float) -> Picture:
    from PIL import ImageDraw  # noqa: PLC0415

    x0, top, x1, bottom = row.box
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
    return Picture(f"data:image/png;base64,{data}", cut.width, cut.height, row.page)
