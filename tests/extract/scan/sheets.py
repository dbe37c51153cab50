"""Pictures of pages drawn for one purpose each: a ruled table, a letterhead, and what a scanner does to them."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.scan.picture import Pixels

DPI = 200
POINT = DPI / 72
PAPER, INK = (252, 251, 248), (25, 25, 30)
COLUMNS = (40.0, 75.0, 330.0, 450.0, 550.0)
HEADINGS = ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian")
ROWS = (
    ("1", "Xây dựng kế hoạch cải cách hành chính", "Văn phòng Sở", "Quý I"),
    ("2", "Rà soát thủ tục hành chính của Sở", "Thanh tra Sở", "Quý III/2024"),
    ("3", "Tổng hợp báo cáo kết quả thực hiện", "Văn phòng Sở", "Tháng 11/2024"),
)


def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(str(files("font_roboto") / "files" / name), round(size * POINT))


def blank(width: float = 595, height: float = 420) -> Image.Image:
    return Image.new("RGB", (round(width * POINT), round(height * POINT)), PAPER)


def write(
    page: Image.Image, at: tuple[float, float], text: str, size: float = 12, *, bold: bool = False
) -> None:
    """Write a line with its top left corner at a place in points."""
    place = (at[0] * POINT, at[1] * POINT)
    ImageDraw.Draw(page).text(place, text, fill=INK, font=font(size, bold=bold))


def rule(page: Image.Image, x0: float, y0: float, x1: float, y1: float) -> None:
    ImageDraw.Draw(page).line([v * POINT for v in (x0, y0, x1, y1)], fill=INK, width=2)


def table(
    page: Image.Image,
    rows: Sequence[Sequence[str]],
    top: float = 120,
    high: float = 30,
    *,
    bold: bool = False,
) -> None:
    """Draw a ruled table; an empty string after a text lets that cell go on to the right."""
    bottom = top + high * len(rows)
    for number in range(len(rows) + 1):
        rule(page, COLUMNS[0], top + high * number, COLUMNS[-1], top + high * number)
    rule(page, COLUMNS[0], top, COLUMNS[0], bottom)
    rule(page, COLUMNS[-1], top, COLUMNS[-1], bottom)
    for number, row in enumerate(rows):
        y = top + high * number
        for column, text in enumerate(row):
            write(page, (COLUMNS[column] + 5, y + 7), text, bold=bold or (number == 0 and row == HEADINGS))
            if column and text:
                rule(page, COLUMNS[column], y, COLUMNS[column], y + high)


def plan(rows: Sequence[Sequence[str]] = (HEADINGS, *ROWS)) -> Image.Image:
    page = blank()
    write(page, (40, 40), "SỞ KHOA HỌC VÀ CÔNG NGHỆ", bold=True)
    write(page, (330, 40), "Độc lập - Tự do - Hạnh phúc", bold=True)
    write(page, (220, 80), "KẾ HOẠCH CÔNG TÁC", 14, bold=True)
    table(page, rows)
    return page


def seal(page: Image.Image, x: float, y: float, radius: float = 50) -> Image.Image:
    """Stamp a red seal over what stands at a place in points (multiplied, as ink lies on ink)."""
    stamp = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(stamp)
    for inner in (0.0, 4.0, 18.0):
        r = radius - inner
        box = [v * POINT for v in (x - r, y - r, x + r, y + r)]
        pen.ellipse(box, outline=(225, 50, 55), width=5)
    pen.regular_polygon((x * POINT, y * POINT, 16 * POINT), 5, fill=(225, 50, 55))
    both = np.asarray(page, np.uint16) * np.asarray(stamp, np.uint16) // 255
    return Image.fromarray(both.astype(np.uint8))


def scanned(page: Image.Image, skew: float = 0.0, turn: int = 0, noise: float = 5.0) -> Image.Image:
    """Lay the page askew (degrees counter-clockwise) on the glass, turn it, add a sensor's noise."""
    laid = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=PAPER).rotate(turn, expand=True)
    grain = np.random.default_rng(7).normal(0, noise, (*laid.size[::-1], 1))
    return Image.fromarray(np.clip(np.asarray(laid) + grain, 0, 255).astype(np.uint8))


def pixels(page: Image.Image) -> Pixels:
    return np.asarray(page)
