"""A document that `bench.statistics_pages` draws without any table: contents, numbered prose, two columns, a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.statistics_pages import FUELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.statistics_pages import Press


def no_tables(press: Press) -> None:
    press.heading("Contents")
    for number in range(1, 12):
        press.text(70, press.y, f"{number}. The {FUELS[number % 9].lower()} market and its rules {'.' * 60}")
        press.text(520, press.y, str(3 * number + number % 4))
        press.y += 15
    press.new_page()
    for number in range(1, 7):
        press.text(62, press.y, f"{number}.")
        press.prose(0.5, indent=22)
    press.new_page()
    for left in (50, 316):
        press.left, press.right, press.y = left, left + 246, 62
        press.prose(8, size=9)
    press.new_page()
    press.left, press.right = 62, 550
    press.prose(1)
    _chart(press)
    press.prose(1)


def _chart(press: Press) -> None:
    top = press.y
    for step in range(6):
        press.text(80, top + 24 * step, str(100 - 20 * step), "Helvetica", 8)
        press.rule(98, top + 24 * step - 3, 500, top + 24 * step - 3)
    for number, year in enumerate(range(1996, 2010)):
        press.text(100 + 28 * number, top + 134, str(year), "Helvetica", 8)
        press.canvas.rect(104 + 28 * number, 792 - top - 117, 12, 20 + 13 * (number % 6), stroke=1, fill=0)
    press.text(230, top + 150, "Production       Consumption", "Helvetica", 8)
    press.y = top + 180


NONE: dict[str, Callable[[Press], None]] = {"no_tables": no_tables}
