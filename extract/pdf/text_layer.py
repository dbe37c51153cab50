"""Is the text of a page to be trusted? Judged page by page, before anything is read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extract.pdf.content import PageContent

FULL_PAGE = 0.7  # part of the page that pictures cover on a scan
FEW_LETTERS = 200  # a signature block on a scanned page has fewer; a page of text has 1,500


class Verdict(NamedTuple):
    """`needs_ocr`: the page's words are (also) in a picture; `keep_text`: what text there is stands."""

    needs_ocr: bool
    keep_text: bool
    reason: str


def judge(page: PageContent) -> Verdict:
    """Say whether a page's text layer is the page's text."""
    letters = sum(len(run.text) for run in page.runs)
    covered = _covered(page)
    if letters == 0:
        if not page.pictures and not page.rulings.horizontal:
            return Verdict(False, False, "blank page")
        return Verdict(True, False, "the page is a picture without text")
    if covered >= FULL_PAGE:
        if letters < FEW_LETTERS:
            return Verdict(True, False, "a scanned page with a few words of text")
        return Verdict(True, False, "a picture of the whole page over a hidden text layer")
    return Verdict(False, True, "text")


def _covered(page: PageContent) -> float:
    area = page.width * page.height
    if not page.pictures or area <= 0:
        return 0.0
    return max((x1 - x0) * (bottom - top) for x0, top, x1, bottom in page.pictures) / area
