"""Pages of English statistics drawn with their truth: tables ruled, half ruled and not ruled at all, among prose.

What offices print, one document each: a release of figures, a report in two columns, an accounts page, a survey with
long questions, lists and contents that are no tables. Numbers are made up from fixed seeds. The names of half of the
documents begin with "held": rules are not to be made by looking at those.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 612.0, 792.0
MARGIN = 62.0
PROSE = (
    "The estimates presented here are based on a sample of households and are subject to both sampling and "
    "nonsampling error. Differences between groups are reported only where they are statistically significant. "
    "In 2009 the rate rose by 1.4 percentage points, the largest increase since the series began in 1967; most of "
    "the change came from full-time workers, while the number of people who worked part of the year did not move. "
    "Member States notified 214 measures under the Directive, of which 61 concerned food and 37 transport. "
)
COUNTRIES: list[str] = str.split(
    "Belgium Bulgaria Denmark Germany Estonia Ireland Greece Spain France Italy Cyprus Latvia Lithuania "
    "Luxembourg Hungary Malta Netherlands Austria Poland Portugal Romania Slovenia Slovakia Finland "
    "Sweden United_Kingdom Czech_Republic EU-27"
)
STATES: list[str] = str.split(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware District_of_Columbia "
    "Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland "
    "North_Carolina"
)
FUELS = [
    "Coal",
    "Natural gas",
    "Petroleum products",
    "Nuclear electric power",
    "Hydroelectric",
    "Wood and waste",
    "Geothermal",
    "Solar and wind",
    "Net imports of electricity",
]
ACCOUNTS = [
    "Individual income taxes",
    "Corporation income taxes",
    "Social insurance and retirement receipts",
    "Excise taxes",
    "Estate and gift taxes",
    "Customs duties",
    "Miscellaneous receipts",
]


@dataclass(slots=True)
class Sheet:
    """A table as its author meant it.

    `head`: rows of (text, columns covered), "" for nothing there. `body`: rows of texts, "\\n" where a cell is broken
    over lines; a row of one text is a heading across. `ruling`: none, head (above and below the heading, at the foot),
    under (below the heading only), rows, all, box (a frame and the heading's rule), columns (verticals, no rules
    between rows), shaded (every second row).
    """

    head: list[list[tuple[str, int]]]
    body: list[list[str]]
    ruling: str = "none"
    widths: list[float] = field(default_factory=list)
    font: str = "Times-Roman"
    size: float = 9
    leading: float = 1.3
    align: Literal["right", "centre", "left"] = "right"
    low: bool = False  # figures stand at the last line of a long label
    gap_every: int = 0
    leaders: bool = False
    padding: float = 3
    row_gap: float = 0
    span_rules: bool = True
    one_go: bool = False  # each line drawn in one go, as some typesetters do
    title: str = ""
    notes: str = ""


class Press:
    """A document being drawn, and the truth about its tables."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.pdf"
        self.canvas = Canvas(str(self.path), pagesize=(WIDTH, HEIGHT), invariant=True)
        self.y = MARGIN
        self.left, self.right = MARGIN, WIDTH - MARGIN
        self.by_word = False  # some programs draw every word by itself
        self.tables: list[list[tuple[int, int, int, str]]] = []

    def text(self, x: float, y: float, text: str, font: str = "Times-Roman", size: float = 10) -> None:
        self.canvas.setFont(font, size)
        if not self.by_word:
            self.canvas.drawString(x, HEIGHT - y, text)
            return
        for word in text.split(" "):
            self.canvas.drawString(x, HEIGHT - y, word)
            x += stringWidth(f"{word} ", font, size)

    def prose(self, times: float = 1, font: str = "Times-Roman", size: float = 10, indent: float = 0) -> None:
        words = (PROSE * (int(times) + 1))[: int(times * len(PROSE))].split()
        self.flow(" ".join(words), font, size, indent)

    def flow(self, text: str, font: str = "Times-Roman", size: float = 10, indent: float = 0) -> None:
        line = ""
        for word in [*text.split(), ""]:
            longer = f"{line} {word}".strip()
            if not word or stringWidth(longer, font, size) > self.right - self.left - indent:
                self.text(self.left + indent, self.y, line, font, size)
                self.y += 1.22 * size
                longer = word
            line = longer
        self.y += 0.8 * size

    def heading(self, text: str, font: str = "Helvetica-Bold", size: float = 12) -> None:
        self.y += size
        self.text(self.left, self.y, text, font, size)
        self.y += 1.8 * size

    def new_page(self) -> None:
        self.canvas.showPage()
        self.y = MARGIN

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def table(self, sheet: Sheet) -> None:
        if sheet.title:
            self.flow(sheet.title, "Helvetica-Bold", 9)
        _Setter(self, sheet).draw()
        self.y += 6
        if sheet.notes:
            self.flow(sheet.notes, sheet.font, sheet.size - 1.5)

    def save(self) -> None:
        self.canvas.showPage()
        self.canvas.save()
        parts = ["<document>"]
        for cells in self.tables:
            parts.append("<table><region page='1' row-increment='0' col-increment='0'>")
            parts += [
                f"<cell start-row='{row}' start-col='{first}' end-col='{last}'>"
                f"<content>{escape(text)}</content></cell>"
                for row, first, last, text in cells
            ]
            parts.append("</region></table>")
        truth = self.path.with_name(f"{self.path.stem}-str.xml")
        truth.write_text("\n".join([*parts, "</document>"]), encoding="utf-8")


class _Setter:
    def __init__(self, press: Press, sheet: Sheet) -> None:
        self.press, self.sheet = press, sheet
        self.columns = (
            max(sum(span for _, span in row) for row in sheet.head) if sheet.head else len(sheet.body[0])
        )
        room = press.right - press.left
        shares = sheet.widths or [2.6, *[1.0] * (self.columns - 1)]
        self.edges = [press.left]
        for share in shares:
            self.edges.append(self.edges[-1] + room * share / sum(shares))
        self.cells: list[tuple[int, int, int, str]] = []
        self.pitch = sheet.size * sheet.leading
        self.rules: list[float] = []

    def draw(self) -> None:
        press, sheet = self.press, self.sheet
        top = press.y - sheet.size
        row = 0
        for line in sheet.head:
            self._head(line, row, last=line is sheet.head[-1])
            row += 1
        below_head = press.y - sheet.size + 1
        if sheet.head:
            press.y += 2
        for index, texts in enumerate(sheet.body):
            if sheet.gap_every and index and index % sheet.gap_every == 0:
                press.y += 0.6 * self.pitch
            if sheet.ruling == "shaded" and index % 2:
                self._shade(texts)
            self._row(texts, row)
            row += 1
            self.rules.append(press.y - sheet.size + 1)
            press.y += sheet.row_gap
        self._rule(top, below_head, press.y - sheet.size + 1 - sheet.row_gap)
        press.tables.append(self.cells)

    def _head(self, line: list[tuple[str, int]], row: int, *, last: bool) -> None:
        press, sheet = self.press, self.sheet
        height = max(text.count("\n") + 1 for text, _ in line)
        bold = (
            sheet.font.replace("Times-Roman", "Times-Bold") if "Times" in sheet.font else f"{sheet.font}-Bold"
        )
        column = 0
        for text, span in line:
            left, right = self.edges[column], self.edges[column + span]
            parts = text.split("\n")
            for at, part in enumerate(parts):
                y = (
                    press.y + (height - len(parts) + at) * self.pitch
                )  # headings stand at the foot of their room
                width = stringWidth(part, bold, sheet.size)
                x = (left + right - width) / 2 if column or span > 1 else left + sheet.padding
                if span == 1 and column and sheet.align == "right":
                    x = right - sheet.padding - width
                elif span == 1 and column and sheet.align == "left":
                    x = left + sheet.padding
                press.text(x, y, part, bold, sheet.size)
            if text:
                self.cells.append((row, column, column + span - 1, " ".join(parts)))
            if (
                span > 1
                and text
                and not last
                and sheet.span_rules
                and sheet.ruling in ("head", "under", "rows")
            ):
                below = press.y + (height - 1) * self.pitch + 3
                press.rule(left + 4, below, right - 2, below)
            column += span
        press.y += height * self.pitch

    def _row(self, texts: list[str], row: int) -> None:
        press, sheet = self.press, self.sheet
        if len(texts) == 1:
            press.text(
                self.edges[0] + sheet.padding,
                press.y,
                texts[0],
                sheet.font.replace("Roman", "Bold"),
                sheet.size,
            )
            self.cells.append((row, 0, 0, texts[0]))
            press.y += self.pitch
            return
        height = max(text.count("\n") + 1 for text in texts)
        spread: list[tuple[float, float, str]] = []
        for column, text in enumerate(texts):
            parts = text.split("\n")
            for at, part in enumerate(parts):
                down = at + (height - len(parts) if sheet.low and column else 0)
                x, y = self._place(column, part), press.y + down * self.pitch
                if sheet.leaders and column == 0 and at == len(parts) - 1:
                    room = self.edges[1] - x - stringWidth(part, sheet.font, sheet.size) - 6
                    part += " " + "." * max(int(room / stringWidth(".", sheet.font, sheet.size)), 0)  # noqa: PLW2901
                spread.append((y, x, part))
            if text.strip():
                self.cells.append((row, column, column, " ".join(parts)))
        self._write(spread)
        press.y += height * self.pitch

    def _write(self, spread: list[tuple[float, float, str]]) -> None:
        press, sheet = self.press, self.sheet
        if not sheet.one_go:
            for y, x, part in spread:
                if part.strip():
                    press.text(x, y, part, sheet.font, sheet.size)
            return
        for y in sorted({y for y, _, _ in spread}):
            blank = stringWidth(" ", sheet.font, sheet.size)
            line, start, pen = press.canvas.beginText(), 0.0, None
            line.setFont(sheet.font, sheet.size)
            for _, x, part in sorted(part for part in spread if part[0] == y and part[2].strip()):
                if pen is None:
                    start = pen = x
                    line.setTextOrigin(start, HEIGHT - y)
                    words = part
                else:
                    count = max(round((x - pen) / blank), 1)
                    words += " " * count + part
                pen = x + stringWidth(part, sheet.font, sheet.size)
            line.textOut(words)
            press.canvas.drawText(line)

    def _place(self, column: int, part: str) -> float:
        sheet = self.sheet
        left, right = self.edges[column] + sheet.padding, self.edges[column + 1] - sheet.padding
        width = stringWidth(part, sheet.font, sheet.size)
        if column == 0 or sheet.align == "left":
            return left
        return right - width if sheet.align == "right" else (left + right - width) / 2

    def _shade(self, texts: list[str]) -> None:
        height = max(text.count("\n") + 1 for text in texts) * self.pitch
        canvas, bottom = self.press.canvas, self.press.y + height - self.sheet.size + 1
        canvas.setFillGray(0.88)
        canvas.rect(self.edges[0], HEIGHT - bottom, self.edges[-1] - self.edges[0], height, stroke=0, fill=1)
        canvas.setFillGray(0)

    def _rule(self, top: float, below_head: float, foot: float) -> None:
        press, left, right = self.press, self.edges[0], self.edges[-1]
        ruling = self.sheet.ruling
        across = {
            "head": [top, below_head, foot],
            "under": [below_head],
            "shaded": [below_head],
            "rows": [top, below_head, *self.rules],
            "all": [top, below_head, *self.rules],
            "box": [top, below_head, foot],
            "columns": [top, below_head, foot],
        }.get(ruling, [])
        for y in across:
            press.rule(left, y, right, y)
        downs = {"all": self.edges, "columns": self.edges, "box": [left, right]}.get(ruling, [])
        for x in downs:
            start = top if x in (left, right) or len(self.sheet.head) == 1 else below_head
            press.rule(x, start, x, foot)
        if ruling in ("all", "columns") and len(self.sheet.head) > 1:
            self._upper_verticals(top, below_head)

    def _upper_verticals(self, top: float, below_head: float) -> None:
        """Draw the verticals of a heading of several levels, and the rules between its levels."""
        y = top
        for number, line in enumerate(self.sheet.head):
            height = max(text.count("\n") + 1 for text, _ in line) * self.pitch
            bottom = below_head if number == len(self.sheet.head) - 1 else y + height
            column = 0
            for text, span in line:
                self.press.rule(self.edges[column], y, self.edges[column], bottom)
                if text and bottom != below_head:
                    self.press.rule(self.edges[column], bottom, self.edges[column + span], bottom)
                column += span
            y = bottom


def columns(*texts: str) -> list[tuple[str, int]]:
    """Give a line of headings, one a column."""
    return [(text, 1) for text in texts]


def figures(
    seed: int, labels: list[str], columns: int, form: str = "count", holes: float = 0.0
) -> list[list[str]]:
    """Make body rows: a label and figures of one form (count, rate, money, share, blanked thousands)."""
    chance = random.Random(seed)  # noqa: S311 - figures to draw
    rows = []
    for label in labels:
        row = [label.replace("_", " ")]
        for _ in range(columns):
            number = chance.lognormvariate(6, 2)
            text = {
                "count": f"{number:,.0f}",
                "rate": f"{number % 30:.1f}",
                "money": f"${number * 9:,.0f}",
                "share": f"{number % 100:.0f}%",
                "spaced": f"{number * 20:,.0f}".replace(",", " "),
            }[form]
            row.append(chance.choice(["-", "", "(NA)", "…"]) if chance.random() < holes else text)
        rows.append(row)
    return rows


def draw_documents(folder: Path) -> None:
    """Draw every document with its truth into a folder."""
    from bench.statistics_documents import DOCUMENTS
    from bench.statistics_held import HELD
    from bench.statistics_none import NONE

    for name, draw in (DOCUMENTS | NONE | HELD).items():
        press = Press(folder, name)
        draw(press)
        press.save()
