"""Tesseract, in this process: one picture shown, boxes of it read one after the other."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import MissingHelperError

if TYPE_CHECKING:
    import tesserocr

    from extract.scan.picture import Pixels

LANGUAGE, LABEL_LANGUAGE = "vie", "eng"
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class Word(NamedTuple):
    """One word as recognised: its box and the baseline of its line in pixels, 0 to 1 for how sure it is."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    begins_line: bool
    baseline: float


class Box(NamedTuple):
    """A part of the picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


class Engine:
    """Tesseract with Vietnamese loaded."""

    def __init__(self, folder: Path, language: str) -> None:
        # Tesseract's own threads make it twice as slow: they wait for each other over single lines of text.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr  # noqa: PLC0415 - 30 MB of library, only when a scan comes

        self._t = tesserocr
        self._api: tesserocr.PyTessBaseAPI = tesserocr.PyTessBaseAPI(
            path=str(folder), lang=language, psm=tesserocr.PSM.SINGLE_BLOCK, oem=tesserocr.OEM.LSTM_ONLY
        )
        self.name = f"tesseract {tesserocr.tesseract_version().split()[1]} {language}"

    def show(self, grey: Pixels, dpi: float) -> None:
        """Take the picture that `read_block` and the others read from."""
        height, width = grey.shape
        self._api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(round(dpi))

    def read_block(self, box: Box) -> list[Word]:
        """Read a box of lines of one column (a cell)."""
        return self._read(box, self._t.PSM.SINGLE_BLOCK)

    def read_page(self, box: Box) -> list[Word]:
        """Read a box in which lines of different sizes stand, also beside each other."""
        return self._read(box, self._t.PSM.SINGLE_COLUMN)

    def read_strip(self, grey: Pixels, dpi: float) -> list[Word]:
        """Read a picture of one line."""
        self.show(grey, dpi)
        height, width = grey.shape
        return self._read(Box(0, 0, width, height), self._t.PSM.SINGLE_LINE)

    def read_label(self, grey: Pixels, dpi: float, letters: str) -> tuple[str, float]:
        """Read a picture of nothing but some letters, and say how sure that is (0 to 1)."""
        self._api.SetVariable("tessedit_char_whitelist", letters)
        self._api.SetPageSegMode(self._t.PSM.SINGLE_LINE)
        self.show(grey, dpi)
        try:
            return self._api.GetUTF8Text().strip(), self._api.MeanTextConf() / 100
        finally:
            self._api.SetVariable("tessedit_char_whitelist", "")

    def _read(self, box: Box, mode: int) -> list[Word]:
        self._api.SetPageSegMode(mode)
        self._api.SetRectangle(box.x0, box.top, box.x1 - box.x0, box.bottom - box.top)
        if not self._api.Recognize():
            return []
        return list(self._words())

    def _words(self) -> list[Word]:
        word, line = self._t.RIL.WORD, self._t.RIL.TEXTLINE
        found = self._api.GetIterator()
        words: list[Word] = []
        if found is None or found.Empty(word):
            return words
        baseline = 0.0
        while True:
            box = found.BoundingBox(word)
            text = found.GetUTF8Text(word) if box else ""
            begins = found.IsAtBeginningOf(line)
            if begins:
                ends = found.Baseline(line)
                baseline = (ends[0][1] + ends[1][1]) / 2 if ends else float(box[3] if box else 0)
            if box and text.strip():
                x0, top, x1, bottom = box
                words.append(
                    Word(text.strip(), x0, top, x1, bottom, found.Confidence(word) / 100, begins, baseline)
                )
            if not found.Next(word):
                return words


@cache
def engine() -> Engine:
    """Give the process's engine.

    Raises:
        MissingHelperError: no Vietnamese data for Tesseract is installed, or tesserocr is not.
    """
    found = _load(LANGUAGE)
    if found is None:
        message = "Tesseract's data for Vietnamese (tesseract-ocr-vie) is not installed"
        raise MissingHelperError(message)
    return found


@cache
def label_engine() -> Engine:
    """Give the engine for figures: English, which tells 2 from z better; Vietnamese where that is missing."""
    return _load(LABEL_LANGUAGE) or engine()


def _load(language: str) -> Engine | None:
    for folder in data_folders():
        if (folder / f"{language}.traineddata").is_file():
            try:
                return Engine(folder, language)
            except (ImportError, RuntimeError) as error:
                message = f"Tesseract cannot be loaded: {error}"
                raise MissingHelperError(message) from error
    return None


@cache
def data_folders() -> tuple[Path, ...]:
    """Give the folders where Tesseract's data can be, the one the user names first."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    said = _said_by_tesseract()
    return tuple(folder for folder in [*folders, *said] if folder.is_dir())


def _said_by_tesseract() -> list[Path]:
    """Ask the program (another system's folder): the first line is 'List of … in "/folder/" (3):'."""
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607 - as the user's PATH has it
            capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return []
    parts = (done.stdout or done.stderr).split('"')
    return [Path(parts[1])] if len(parts) > 2 else []
