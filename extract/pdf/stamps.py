"""The number and the date that signing software stamps into a page.

Most decisions published since 2020 are typed as "Số:      /TB-UBND … ngày     tháng 11": the clerk's program sets
"565" and "15" into the gaps when it signs, each as the picture (appearance) of a signature field (ISO 32000-1,
12.7.4.5). They are not in the page's own text. What else a signature shows ("Ký bởi: …", the time of signing)
is no text of the document and stays out.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

from pypdfium2 import raw

from extract.pdf import pdfium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Run

OFF_LINE = 0.6  # of the letter size: how far a stamp may stand above or below the line it is meant for
BESIDE = 2.0  # of the letter size: how far it may stand before or after that line's words

# "565", "15", "12a", "565/TB-UBND"; no time of signing
_NUMBER = re.compile(r"\s*\d{1,6}[^\W\d_]{0,2}(?:/[\w-]+)*\s*")


def with_stamps(document: int, index: int, page: int) -> int | None:
    """Load the page once more with the appearances of its form fields drawn in; None where it has none.

    A signature is a form field; of any other, too, only a number set into a line is taken (`settle`).
    The open `page` stays as it is, so that lines drawn in a seal are not taken for the page's. The caller closes
    what it gets.
    """
    ask = pdfium.functions()
    typed = ctypes.cast(page, raw.FPDF_PAGE)
    if not any(_is_field(typed, i) for i in range(ask.count_annotations(page))):
        return None
    if raw.FPDFPage_Flatten(typed, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return None
    return ask.load_page(document, index) or None


def _is_field(page: raw.FPDF_PAGE, number: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, number)
    if not annotation:
        return False
    try:
        return bool(raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def settle(runs: Sequence[Run], first: int) -> list[Run]:
    """Set stamps on the line they stand in and leave out the rest; `first` is the first stamped character."""
    typed = [run for run in runs if run.start < first]
    stamps = [run for run in runs if run.start >= first]
    return [*typed, *(placed for stamp in stamps if (placed := _placed(stamp, typed)))]


def _placed(stamp: Run, typed: Sequence[Run]) -> Run | None:
    if not _NUMBER.fullmatch(stamp.text):
        return None
    near = [
        run for run in typed
        if run.turn == stamp.turn == 0 and abs(run.baseline - stamp.baseline) < OFF_LINE * run.size
    ]  # fmt: skip
    if not near:
        return None
    line = min(near, key=lambda run: abs(run.baseline - stamp.baseline))
    words = [run for run in near if run.baseline == line.baseline]
    left, right = min(run.x0 for run in words), max(run.x1 for run in words)
    if not left - BESIDE * line.size < (stamp.x0 + stamp.x1) / 2 < right + BESIDE * line.size:
        return None
    return stamp._replace(baseline=line.baseline)
