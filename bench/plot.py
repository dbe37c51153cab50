"""A line plot as SVG, for the figures in docs/: a few curves, two axes, a legend."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 320, 60, 40, 40
_COLOURS = ("#1f6f8b", "#c8553d", "#5a8f29", "#7b4b94")
_STEPS = 4


def line_plot(title: str, x: str, y: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Draw every curve of (x, y) points from zero to the largest value of both axes."""
    points = [point for curve in curves.values() for point in curve] or [(1.0, 1.0)]
    right, top = (max(point[axis] for point in points) or 1.0 for axis in (0, 1))

    def place(point: tuple[float, float]) -> str:
        across = _LEFT + point[0] / right * (_WIDTH - _LEFT - 20)
        down = _HEIGHT - _BOTTOM - point[1] / top * (_HEIGHT - _BOTTOM - _TOP)
        return f"{across:.1f},{down:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" fill="#333">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>',
        f'<text x="{_WIDTH - 20}" y="{_HEIGHT - 8}" text-anchor="end">{escape(x)}</text>',
    ]
    for step in range(_STEPS + 1):
        value = top * step / _STEPS
        left, level = place((0, value)).split(",")
        parts.append(f'<path d="M{left} {level}H{_WIDTH - 20}" stroke="#ddd"/>')
        unit = f" {y}" if step == _STEPS else ""
        parts.append(f'<text x="{_LEFT - 6}" y="{level}" text-anchor="end">{value:.0f}{escape(unit)}</text>')
        across, floor = place((right * step / _STEPS, 0)).split(",")
        parts.append(
            f'<text x="{across}" y="{float(floor) + 16}" text-anchor="middle">{right * step / _STEPS:.0f}</text>'
        )
    for number, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(map(place, curve))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(
            f'<text x="{_WIDTH - 20}" y="{20 + 16 * number}" text-anchor="end" fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])
