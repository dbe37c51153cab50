"""What one PDF page holds before anything is understood: runs of text, ruling lines, pictures.

Coordinates are points from the top left corner of the page as it is read (see `extract.document`).
These are named tuples, not dataclasses: a page has hundreds of them and a frozen dataclass takes four times
as long to make, which shows in the time of a whole convert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from extract.document import BBox


Letter: TypeAlias = tuple[float, float, str]
"""One letter with the room it takes: from its origin (x) to that of the next, and the letter."""


class Font(NamedTuple):
    """A font as the PDF names it; legacy Vietnamese encodings are told by the name (".VnTimeH")."""

    name: str
    bold: bool
    hidden: bool = False  # drawn in the invisible mode, as OCR programs lay text over a scan


class Run(NamedTuple):
    """Letters drawn in one go: one font, one size, one direction.

    `text` is what the file says, undecoded and untidied. `baseline` is the y on which the letters stand (for
    turned text, see `turn`, the x). `start` and `end` are pdfium's character indices, so that boxes of single
    letters can be fetched for the few runs that reach over a ruling. `turn` is how the letters stand to the
    page, in degrees clockwise: 0, 90, 180 or 270. `word` is the width of the first word.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    font: Font
    start: int
    end: int
    turn: int = 0
    word: float = 0.0


class Ruling(NamedTuple):
    """A visible straight line: `at` is its y (horizontal) or x (vertical), `lo` to `hi` its extent."""

    at: float
    lo: float
    hi: float


class Rulings(NamedTuple):
    """All ruling lines of a page."""

    horizontal: list[Ruling]
    vertical: list[Ruling]


class PageContent(NamedTuple):
    """Everything read from one page; `turn` is the extra turn that sets text drawn sideways upright.

    `pictures` are the boxes of image objects; `text_under_picture` says that the last text is drawn before a
    picture. `drawn_paths` counts lines and shapes.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    rulings: Rulings
    pictures: list[BBox]
    text_under_picture: bool = False
    drawn_paths: int = 0
    turn: int = 0
