"""A page that lies straight, as the steps that read it share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extract.scan.picture import Pixels


class Sheet(NamedTuple):
    """A straightened page: its grey pixels without rules, its ink, dots per inch, page number."""

    grey: Pixels
    ink: Pixels
    dpi: float
    number: int

    @property
    def point(self) -> float:
        """Pixels in a point."""
        return self.dpi / 72
