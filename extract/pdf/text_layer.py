"""Is the text of a page to be trusted? Judged page by page, before anything is read from it.

Cases met: a scan without text; a scan under an invisible text layer made by a bad OCR; a scan on which only a
signature's few words are text; letters whose font does not say what they are (NUL, U+FFFD).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from extract.pdf.content import PageContent

SCANNED = 0.6  # part of the page that pictures cover on a scan
FEW_LETTERS = 250  # on a page that is mostly picture: a signature stamp has fewer, a page of text 1,500
MOST_NAMELESS = 0.03  # part of the letters that may lack a Unicode value (a bullet, a ligature)
MANY_PATHS = 300  # letters drawn as outlines; a page of rules alone has fewer

_NAMELESS = "\x00\ufffd"


class Verdict(NamedTuple):
    """What a page's text layer is worth.

    "digital": it is the page's text. "none": there is none and something to recognise (a picture, drawn
    letters). "suspicious": there is one and it is not to be trusted.
    """

    layer: Literal["digital", "none", "suspicious"]
    reason: str

    @property
    def needs_ocr(self) -> bool:
        """Whether the page's words must come from its picture."""
        return self.layer != "digital"


def judge(page: PageContent) -> Verdict:
    """Say what the text layer of a page is worth."""
    letters = sum(len(run.text) for run in page.runs)
    covered = _covered(page)
    if letters == 0:
        if covered > 0.02 or page.drawn_paths > MANY_PATHS:
            return Verdict("none", "the page is a picture without text")
        return Verdict("digital", "an empty page")
    hidden = sum(len(run.text) for run in page.runs if run.font.hidden)
    if covered >= SCANNED:
        if hidden > letters / 2:
            return Verdict("suspicious", "an invisible text layer over a scanned page")
        if letters - hidden < FEW_LETTERS:
            return Verdict("suspicious", "a scanned page with a few words of text")
        if page.text_under_picture:
            return Verdict("suspicious", "a text layer under the picture of the whole page")
    nameless = sum(run.text.count(sign) for run in page.runs for sign in _NAMELESS)
    if nameless > MOST_NAMELESS * letters:
        return Verdict("suspicious", f"{nameless} of {letters} letters have no Unicode value")
    return Verdict("digital", "a text layer")


def _covered(page: PageContent) -> float:
    """Give the part of the page that pictures cover (a scan may come in strips)."""
    area = page.width * page.height
    if not page.pictures or area <= 0:
        return 0.0
    return min(sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in page.pictures) / area, 1.0)
