"""The figures of statistics tables: one indicator a figure, with the headings above it and the headings before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from normalize.quantities import Figure, parse_figure
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import LogicalTable, Row

_ORDINAL = regex.compile(r"(?:s?tt|số tt|số thứ tự|stt\.?|tt\.?|no\.?)", regex.IGNORECASE)
UNIT_COLUMN = regex.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính|đơn vị đo)", regex.IGNORECASE)
_UNIT_NAMED = regex.compile(
    r"(?:đơn vị(?: tính)?|đvt)\s*:\s*(?P<unit>[\p{L}%²³/. ]{1,25}?)\s*(?:[);\n,]|$)", regex.IGNORECASE
)
_UNIT_BRACKET = regex.compile(
    r"\(\s*(?:đvt:?\s*)?(?P<unit>%|‰|(?:nghìn |ngàn |triệu |tỷ |tỉ )?(?:đồng|đ|usd|vnđ|vnd)|tỷ|triệu"
    r"|km|km²|m|m²|m³|m2|m3|ha|tấn|kg|người|hộ|lượt|vụ|cái|chiếc"
    r"|giường|xã|kwh|lít|điểm|ngày|giờ|bộ|hồ sơ|cơ sở|đơn vị|lao động|lớp|học sinh)\s*\)",
    regex.IGNORECASE,
)
_RATE = regex.compile(r"(?:tỷ|tỉ) (?:lệ|trọng)|\b%", regex.IGNORECASE)
_PERIOD = regex.compile(
    r"(?:(?:\d+|sáu|chín|ba) tháng(?: đầu| cuối)? năm(?: \d{4})?|(?:tháng|quý) (?:\d{1,2}"
    r"|[ivx]+)(?:\s?/\s?\d{4}| năm \d{4})?"
    r"|(?:cả )?năm (?:\d{4}|trước|nay|báo cáo|học \d{4}-\d{4})|giai đoạn \d{4}\s?[-–]\s?\d{4}"
    r"|\d{4}\s?[-–]\s?\d{4}|(?:19|20)\d\d"
    r"|lũy kế[^()]{0,30}|luỹ kế[^()]{0,30}|kỳ (?:trước|này|báo cáo)|cùng kỳ[^()]{0,30})",
    regex.IGNORECASE,
)
_SPAN = regex.compile(
    r"(?:số liệu )?(?:tính )?từ (?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r" đến (?:hết )?(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}",
    regex.IGNORECASE,
)
_NUMBERED = regex.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđ]|[A-Z])\s?[.)]\s*\P{N}")
_FOOTNOTE = regex.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\*+\)|\*+)$")
_BRACKET = regex.compile(r"\s*\([^()]*\)")
_CHILD = regex.compile(r"[-–+•*]|trong đó\b|gồm\b|- ", regex.IGNORECASE)
# A column whose body is figures in fewer cells than this is a column of headings or notes.
_FIGURE_SHARE = 0.5
_FIRST_COLUMN_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a statistics table.

    `row` and `column` index the logical table. Both paths are empty where a row cannot be told (the piece of a
    table whose header stands on a lost page): a figure is never put under a heading that is not its own.
    """

    row: int
    column: int
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    value_text: str
    value: float | None
    denominator: float | None
    unit: str | None
    period_text: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns are for: ordinal numbers, row headings, units, figures."""

    ordinal: int | None
    labels: tuple[int, ...]
    unit: int | None
    figures: tuple[int, ...]


def read_indicators(table: LogicalTable) -> list[Indicator]:
    """Give every figure of a statistics table in reading order; an empty list for a table of any other kind."""
    if table.kind != "statistics":
        return []
    bodies = [(index, row) for index, row in enumerate(table.rows) if row.kind not in ("header", "numbering")]
    columns = _columns(table, [row for _, row in bodies])
    found: list[Indicator] = []
    path = _RowPath(columns)
    title_unit, title_period = _unit_in(table.title), _period_in(table.title)
    for index, row in bodies:
        orphan = _is_orphan(row, columns)
        row_path = () if orphan else path.step(row)
        row_unit = row.slots[columns.unit].text.strip() or None if columns.unit is not None else None
        for column, slot in enumerate(row.slots):
            if slot.above or slot.left or not slot.text.strip():
                continue
            if not orphan and (column in columns.labels or column in (columns.ordinal, columns.unit)):
                continue
            figure = parse_figure(slot.text)
            if figure is None or (figure.value is None and column not in columns.figures):
                continue
            headings = () if orphan else _headings(table, column)
            found.append(
                Indicator(
                    row=index,
                    column=column,
                    row_path=row_path,
                    column_path=headings,
                    value_text=figure.text,
                    value=figure.value,
                    denominator=figure.denominator,
                    unit=figure.unit or row_unit or _column_unit(headings) or title_unit,
                    period_text=_column_period(headings) or title_period,
                    page=row.page,
                )
            )
    return found


def _headings(table: LogicalTable, column: int) -> tuple[str, ...]:
    return tuple(_without_marks(heading) for heading in table.columns[column].headings if heading.strip())


def _without_marks(heading: str) -> str:
    """Drop the mark of a footnote from a heading ("Số TTHC liên thông ngang ¹")."""
    return str(_FOOTNOTE.sub("", heading)).strip()


def _columns(table: LogicalTable, bodies: Sequence[Row]) -> _Columns:
    ordinal: int | None = None
    unit: int | None = None
    labels: list[int] = []
    figures: list[int] = []
    for number, column in enumerate(table.columns):
        heading = key(column.headings[-1]) if column.headings else ""
        texts = [row.slots[number].text.strip() for row in bodies if number < len(row.slots)]
        filled = [text for text in texts if text]
        known = [figure for text in filled if (figure := parse_figure(text))]
        # The first column names the rows unless it is nothing but figures (002: "0" of a stray row under "Lĩnh vực").
        share = _FIGURE_SHARE if labels or figures else _FIRST_COLUMN_SHARE
        numeric = bool(filled) and len(known) >= share * len(filled)
        if ordinal is None and not labels and not figures and _ORDINAL.fullmatch(heading):
            ordinal = number
        elif UNIT_COLUMN.fullmatch(heading) and not numeric:
            unit = number
        elif numeric:
            figures.append(number)
        elif not figures and filled:
            labels.append(number)
    if ordinal is None and table.columns and not table.columns[0].headings and _counts(bodies):
        ordinal = 0
    return _Columns(ordinal, tuple(labels), unit, tuple(figures))


def _counts(bodies: Sequence[Row]) -> bool:
    """Whether the first column counts the rows (1, 2, 3 …)."""
    firsts = [row.slots[0].text.strip(" .") for row in bodies if row.slots and row.slots[0].text.strip()]
    return len(firsts) > 2 and firsts == [str(number) for number in range(1, len(firsts) + 1)]


def _is_orphan(row: Row, columns: _Columns) -> bool:
    """Whether a row has figures where the others have words: the rest of another table whose header is lost."""
    if not columns.labels:
        return False
    texts = [row.slots[number].text.strip() for number in columns.labels if number < len(row.slots)]
    return any(texts) and all(_plain_figure(parse_figure(text)) for text in texts if text)


def _plain_figure(figure: Figure | None) -> bool:
    return figure is not None and figure.unit is None


class _RowPath:
    """The row headings that are open, from outermost; `step` moves on to the next row."""

    def __init__(self, columns: _Columns) -> None:
        self._columns = columns
        self._open: list[tuple[int, str]] = []

    def step(self, row: Row) -> tuple[str, ...]:
        """Give the path of a row and open it for those under it."""
        texts: list[str] = []
        for number in self._columns.labels:
            text = row.slots[number].text.strip() if number < len(row.slots) else ""
            if text and text not in texts:
                texts.append(text)
        if not texts:
            return tuple(text for _, text in self._open)
        level = self._level(row, texts[0])
        self._open = [(outer, text) for outer, text in self._open if outer < level]
        path = (*(text for _, text in self._open), *texts)
        self._open.append((level, texts[0]))
        return path

    def _level(self, row: Row, text: str) -> int:
        """How deep a row stands, by its number, its bullet, or the group heading above it.

        Levels: 0 group heading (words alone), 10 numbered, 10 + 10 for each point ("2.1"), 90 bullets.
        """
        ordinal = (
            row.slots[self._columns.ordinal].text.strip(" .)") if self._columns.ordinal is not None else ""
        )
        if _CHILD.match(ordinal) or _CHILD.match(text):
            return 90
        if ordinal:
            return _label_level(ordinal)
        if match := _NUMBERED.match(text):
            return _label_level(match["label"])
        if self._has_no_figures(row):
            return 0
        # Without a number: under the last numbered row where rows carry their numbers in the text itself.
        return 10 if self._columns.ordinal is not None else 80

    def _has_no_figures(self, row: Row) -> bool:
        return not any(
            number < len(row.slots) and row.slots[number].text.strip() for number in self._columns.figures
        )


def _label_level(label: str) -> int:
    if regex.fullmatch(r"[IVX]+", label):
        return 4
    if regex.fullmatch(r"[A-ZĐ]", label):
        return 2
    if regex.fullmatch(r"\d+(?:\.\d+)*", label):
        return 10 + 10 * label.count(".")
    return 70


def _column_unit(headings: Sequence[str]) -> str | None:
    for heading in reversed(headings):
        if match := _UNIT_BRACKET.search(heading):
            return str(match["unit"])
    return "%" if headings and _RATE.match(headings[-1]) and "%" in headings[-1] else None


def _unit_in(title: str) -> str | None:
    match = _UNIT_NAMED.search(title) or _UNIT_BRACKET.search(title)
    return str(match["unit"]).strip() if match else None


def _column_period(headings: Sequence[str]) -> str | None:
    for heading in reversed(headings):
        plain = str(_BRACKET.sub("", heading)).strip()
        if _PERIOD.fullmatch(plain):
            return plain
    return None


def _period_in(title: str) -> str | None:
    match = _SPAN.search(title)
    return str(match[0]) if match else None
