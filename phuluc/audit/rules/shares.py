"""Percentages that are not the share they say they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from normalize.quantities import parse_number
from phuluc.audit.grid import Grid, grids, is_numbering, number, row_text
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds

_SHARE = regex.compile(r"%|tỷ lệ|tỉ lệ")
_FRACTION_SHARE = regex.compile(
    r"(?<![\d/.,])(?P<part>\d{1,6})\s?/\s?(?P<whole>\d{1,6})(?![\d/])(?!\s?/)"
    r"[^.;%\d\n]*(?:\d{1,4}[^.;%\d\n]+)?"
    r"(?<=\b(?:đạt|tỷ lệ|tỉ lệ|chiếm|bằng|đạt tỷ lệ|=)\s|[(=]|,\s)\s*"
    r"(?:tỷ lệ\s+|tỉ lệ\s+)?(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%",
    regex.IGNORECASE,
)
_DATE_BEFORE = regex.compile(r"(?:ngày|tháng|số|mức độ|lúc)\s*$", regex.IGNORECASE)


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described("shares", {"share_of_columns": share_of_columns, "share_of_fraction": share_of_fraction})


def share_of_columns(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find percentages that are not the share of the two columns that the other rows take it from."""
    for grid in grids(dossier):
        for column, path in enumerate(grid.paths):
            if not _SHARE.search(" ".join(path)):
                continue
            shares = [_percent(row.cells[column]) for row in grid.rows]
            pair = _shared_by(grid, shares, column, thresholds["share"])
            if pair is None:
                continue
            for row, values, share in zip(grid.rows, grid.values, shares, strict=True):
                part, whole = values[pair[0]], values[pair[1]]
                if share is None or part is None or not whole or _is_share(share, part, whole):
                    continue
                yield Sighting(
                    values={
                        "share": _comma(share),
                        "part": number(part),
                        "whole": number(whole),
                        "right": _comma(round(100 * part / whole, 1)),
                    },
                    doc_id=dossier.doc_id,
                    related=[row.row_id],
                    page=row.page_first,
                    text=row_text(row),
                    severity=None if abs(share - 100 * part / whole) > thresholds["points"] else "info",
                )


def _percent(cell: str | None) -> float | None:
    return None if cell is None else parse_number(cell.replace("%", "").strip())


def _shared_by(
    grid: Grid, shares: Sequence[float | None], column: int, least: float
) -> tuple[int, int] | None:
    """Find the columns a and b of which most rows say a/b."""
    counted = [index for index in range(len(grid.paths)) if index != column and not is_numbering(grid, index)]
    best: tuple[int, tuple[int, int]] | None = None
    for part in counted:
        for whole in counted:
            if part == whole:
                continue
            rows = [
                (share, values[part] or 0.0, values[whole] or 0.0)
                for share, values in zip(shares, grid.values, strict=True)
                if share is not None and values[part] is not None and values[whole]
            ]
            right = sum(_is_share(*row) for row in rows)
            if right >= 2 and right >= least * len(rows) and (best is None or right > best[0]):
                best = right, (part, whole)
    return best and best[1]


def _is_share(share: float, part: float, whole: float) -> bool:
    decimals = len(f"{share:g}".partition(".")[2])
    # Rounded up, down or to the nearest: all are in use.
    return bool(abs(share - 100 * part / whole) <= 10.0**-decimals + 1e-9)


def share_of_fraction(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find "3/4 … đạt 70%": a fraction and a percentage of one clause that disagree."""
    texts = [(passage.text, passage.page, "") for passage in dossier.passages if passage.block is not None]
    for row in dossier.rows:
        texts += [
            (cell, row.page_first, row.row_id) for cell in dict.fromkeys(row.cells) if cell and "%" in cell
        ]
    for text, page, row_id in texts:
        if "%" not in text or "/" not in text:
            continue
        for match in _FRACTION_SHARE.finditer(text):
            part, whole, share = int(match["part"]), int(match["whole"]), parse_number(match["share"])
            if not whole or share is None or part > whole or _DATE_BEFORE.search(text[: match.start()]):
                continue
            if abs(share - 100 * part / whole) > thresholds["points"]:
                yield Sighting(
                    values={
                        "part": part,
                        "whole": whole,
                        "share": match["share"],
                        "right": _comma(round(100 * part / whole, 1)),
                    },
                    doc_id=dossier.doc_id,
                    related=[row_id] if row_id else [],
                    page=page,
                    text=match[0],
                )


def _comma(value: float) -> str:
    return f"{value:g}".replace(".", ",")
