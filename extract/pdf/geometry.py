"""From pdfium's coordinates (points up from the bottom left, unturned) to those of the page as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extract.document import BBox
    from extract.pdf.content import Run


class View(NamedTuple):
    """How a page is turned and where its visible box lies in the file's own coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0  # degrees clockwise

    @property
    def width(self) -> float:
        """Width as displayed."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height as displayed."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file stands on the page as displayed, from its top left corner."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """Give the displayed box of a box of the file (any two opposite corners)."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def set_upright(run: Run) -> Run:
    """Give a turned run the coordinates it has when the page is turned so that it reads upright."""
    _, x0, top, x1, bottom, baseline, *_ = run
    if run.turn == 90:
        return run._replace(x0=top, top=-x1, x1=bottom, bottom=-x0, baseline=-baseline)
    if run.turn == 270:
        return run._replace(x0=-bottom, top=x0, x1=-top, bottom=x1, baseline=baseline)
    if run.turn == 180:
        return run._replace(x0=-x1, top=-bottom, x1=-x0, bottom=-top, baseline=-baseline)
    return run


def set_back(run: Run) -> Run:
    """Undo `set_upright`."""
    _, x0, top, x1, bottom, baseline, *_ = run
    if run.turn == 90:
        return run._replace(x0=-bottom, top=x0, x1=-top, bottom=x1, baseline=-baseline)
    if run.turn == 270:
        return run._replace(x0=top, top=-x1, x1=bottom, bottom=-x0, baseline=baseline)
    if run.turn == 180:
        return run._replace(x0=-x1, top=-bottom, x1=-x0, bottom=-top, baseline=-baseline)
    return run
