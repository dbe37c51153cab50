"""One page of a PDF, open: its content, and the boxes of single letters while it is open."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import TYPE_CHECKING

from extract.errors import DamagedFileError
from extract.pdf import pdfium
from extract.pdf.content import PageContent, Run
from extract.pdf.geometry import View
from extract.pdf.rulings import read_drawings
from extract.pdf.runs import TextReader
from extract.pdf.stamps import settle, with_stamps
from extract.pdf.untangle import untangle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from extract.pdf.content import Letter


class OpenPage:
    """A page held open in pdfium (a context manager); `content` is read at once."""

    def __init__(self, document: int, index: int) -> None:
        self._document = document
        self._index = index
        self._stamped = self._text_page = 0
        self._page = pdfium.functions().load_page(document, index) or 0
        if not self._page:
            message = "pdfium cannot read this page"
            raise DamagedFileError(message, index + 1)

    def __enter__(self) -> OpenPage:
        self._open_text(self._page)
        self._typed = self._open_stamps()
        self.view = page_view(self._page)
        runs = self._runs()
        turn = _usual_turn(runs)
        if turn:
            self.view = self.view._replace(turn=(self.view.turn - turn) % 360)
            runs = self._runs()
        drawings = read_drawings(self._page, self.view)
        runs = untangle(runs, self.letters, self._typed)
        self.content = PageContent(
            self._index + 1, self.view.width, self.view.height, runs, drawings.rulings, drawings.pictures,
            drawings.text_under_picture, drawings.paths, turn,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ask = pdfium.functions()
        if self._text_page:
            ask.close_text(self._text_page)
        for page in filter(None, (self._stamped, self._page)):
            ask.close_page(page)

    def _open_text(self, page: int) -> None:
        self._text_page = pdfium.functions().load_text(page) or 0
        if not self._text_page:
            self.__exit__(None, None, None)
            message = "pdfium cannot read the text of this page"
            raise DamagedFileError(message, self._index + 1)
        self._reader = TextReader(self._text_page)

    def _open_stamps(self) -> int:
        """Read the page with its signature fields instead, where it has any; give the first stamped character."""
        typed = len(self._reader.text)
        self._stamped = with_stamps(self._document, self._index, self._page) or 0
        if self._stamped:
            pdfium.functions().close_text(self._text_page)
            self._open_text(self._stamped)
        return typed

    def _runs(self) -> list[Run]:
        runs = self._reader.runs(self.view)
        return settle(runs, self._typed) if len(self._reader.text) > self._typed else runs

    def letters(self, runs: Sequence[Run]) -> list[list[Letter]]:
        """Give the letters of each run with the room they take."""
        return self._reader.letters(runs, self.view)


def page_view(page: int) -> View:
    """Give the visible box of a page and its rotation."""
    box = pdfium.Numbers(ctypes.c_float, 4)
    pdfium.functions().page_box(page, box.base)
    left, top, right, bottom = box.values
    return View(left, bottom, right, top, pdfium.functions().rotation(page) * 90)


def _usual_turn(runs: list[Run]) -> int:
    """Tell how most letters of the page are turned (a table typed sideways on an upright page)."""
    if not any(run.turn for run in runs):
        return 0
    letters: Counter[int] = Counter()
    for run in runs:
        letters[run.turn] += len(run.text)
    return letters.most_common(1)[0][0]
