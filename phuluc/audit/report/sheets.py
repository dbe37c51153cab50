"""`audit.xlsx`: what the page shows, and all of what the page cuts short; a sheet a view. Imports openpyxl."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from phuluc.audit.report.overview import coverage
from phuluc.audit.report.wording import Wording
from phuluc.workbook import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from phuluc.audit.report.comparison import Comparison
    from phuluc.audit.report.gather import Report
    from phuluc.audit.report.model import Document, Task
    from phuluc.audit.report.reading import Tables
    from phuluc.audit.report.scores import Score

    Row = Sequence[object]

_AT_ONCE = 5_000
_A4 = 9
_LINE_HEIGHT = 15  # points
_MOST_LINES = 24
_MOST_ROWS = 1_048_574
_MOST_TEXT = 2_000
_MOST_THEMES = 10_000  # a sheet has 16,384 columns
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="0D5468")
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


class _Column(NamedTuple):
    heading: str
    width: int


def write_sheets(target: Path, report: Report, tables: Tables) -> None:
    """Write the workbook; the same report gives the same bytes."""
    book = Workbook(write_only=True)
    sheets = _Sheets(report, tables)
    for name, columns, rows in (
        ("overview", sheets.overview_columns(), sheets.overview()),
        ("findings", sheets.finding_columns(), sheets.findings()),
        ("groups", sheets.group_columns(), sheets.groups()),
        ("members", sheets.member_columns(), sheets.members()),
        ("years", sheets.year_columns(), sheets.years()),
        ("coverage", *sheets.coverage()),
        ("calendar", sheets.calendar_columns(), sheets.calendar()),
        ("scores", sheets.score_columns(), sheets.scores()),
        ("rules", sheets.rule_columns(), sheets.rules()),
    ):
        _fill(book, sheets.w(f"sheet.{name}"), columns, rows)
    draft = target.with_name(target.name + ".new")
    book.save(draft)
    _settle(draft, target)


def _fill(book: Workbook, title: str, columns: Sequence[_Column], rows: Iterable[Row]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    _lay_out(sheet, columns)
    heads = [_heading(sheet, column.heading) for column in columns]
    for head in heads:
        head.font, head.fill, head.alignment = _HEAD, _HEAD_FILL, _WRAPPED
    sheet.append(heads)
    widths = [column.width for column in columns]
    for number, row in enumerate(islice(rows, _MOST_ROWS), start=2):
        _heighten(sheet, number, max(map(_lines, row, widths), default=1))
        sheet.append([_cell(sheet, value) for value in row])


def _heighten(sheet: Any, number: int, lines: int) -> None:
    """Give a row room for its lines: neither Excel nor LibreOffice measures folded text in a file it opens."""
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE_HEIGHT * min(lines, _MOST_LINES)


def _lines(value: object, width: int) -> int:
    if not isinstance(value, str) or (len(value) < width and "\n" not in value):
        return 1
    return sum(1 + len(line) // width for line in value.split("\n"))


def _lay_out(sheet: Any, columns: Sequence[_Column]) -> None:  # the stubs know little of write-only sheets
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToHeight = 0  # as wide as a page, as long as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    made = cell(sheet, text)  # the code of a theme that has no title may be anything
    return made if isinstance(made, Cell) else WriteOnlyCell(sheet, value=str(made))


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dt.date):
        made = WriteOnlyCell(sheet, value=dt.datetime.combine(value, dt.time()))
        made.number_format = "dd/mm/yyyy"
        return made
    return cell(sheet, value[:_MOST_TEXT] if isinstance(value, str) else value)


class _Sheets:
    """The rows of every sheet in the report's language."""

    def __init__(self, report: Report, tables: Tables) -> None:
        self.w = Wording(report.options.lang)
        self._report = report
        self._tables = tables

    def _columns(self, *columns: tuple[str, int]) -> list[_Column]:
        return [_Column(self.w(key), width) for key, width in columns]

    def _body(self, place: int) -> str:
        return self._report.bodies[place].label

    def _bodies(self, places: Iterable[int]) -> str:
        return "; ".join(map(self._body, places))

    def _of_document(self, doc: int | None) -> Row:
        if doc is None:
            return (None, None, None)
        document = self._report.documents[doc]
        return (document.symbol or document.path, self._body(document.body), _years(document))

    def overview_columns(self) -> list[_Column]:
        return [_Column(self.w("title"), 48), _Column("", 60), _Column("", 80)]

    def overview(self) -> Iterator[Row]:
        report, w = self._report, self.w
        if report.options.as_of:
            yield (w("as_of", date=report.options.as_of),)
        yield (w("figure.documents"), len(report.documents))
        yield (w("figure.tasks"), report.task_count)
        for severity, count in report.by_severity.items():
            yield (w(f"figure.{severity}s"), count, w(f"{severity}.meaning"))
        yield (w("figure.groups"), len(report.comparisons))
        if report.unread:
            yield (w("unread", count=report.unread),)
        yield ()
        yield (w("scores"), w("scores.formulas"), w("scores.about"))
        for name in ("completeness", "soundness", "concord"):
            yield (w(name), w(f"{name}.formula"), w(f"{name}.about"))
        yield ()
        yield (w("coverage"), "", w("coverage.about"))
        yield (w("calendar"), "", w("calendar.about"))
        for kind, count in report.due_kinds.items():
            if kind != "date":
                yield (f"{w('calendar.undated')}: {w(f'kind.{kind}')}", count)

    def finding_columns(self) -> list[_Column]:
        return self._columns(
            ("severity", 11), ("rule", 30), ("message", 60), ("document", 20), ("body", 32), ("plan_year", 11),
            ("page", 8), ("section", 28), ("stt", 8), ("task", 50), ("evidence", 50), ("related", 40),
            ("file", 28), ("rule.code", 22), ("finding.id", 36),
        )  # fmt: skip

    def findings(self) -> Iterator[Row]:
        report, lang = self._report, self._report.options.lang
        documents = {document.doc_id: document for document in report.documents}
        found = self._tables.findings()
        while part := list(islice(found, _AT_ONCE)):
            named = {task for each in part for task in (each.task_id, *each.related) if task}
            tasks = self._tables.tasks(named)
            for each in part:
                task = tasks.get(each.task_id or "")
                yield (
                    self.w(each.severity), report.rule_title(each.rule, lang), each.message,
                    *self._of_document(each.doc), each.page or (task.page if task else None),
                    task.section if task else None, task.stt if task else None, task.text if task else None,
                    each.text, "\n".join(self._related(each.related, tasks, documents)), each.file, each.rule,
                    each.finding_id,
                )  # fmt: skip

    def _related(
        self, ids: Iterable[str], tasks: dict[str, Task], documents: dict[str, Document]
    ) -> Iterator[str]:
        for each in ids:
            if each in tasks:
                document = self._report.documents[tasks[each].doc]
                yield f"{document.symbol or document.path}: {tasks[each].text or ''}"
            elif each in documents:
                yield documents[each].symbol or documents[each].path

    def group_columns(self) -> list[_Column]:
        return self._columns(
            ("group", 60), ("theme", 24), ("count.bodies", 12), ("has", 40), ("count.lacking", 12), ("lacks", 40),
            ("group.leads", 50), ("count.days", 12), ("group.id", 36),
        )  # fmt: skip

    def groups(self) -> Iterator[Row]:
        for part, tasks in self._parts():
            for each in part:
                leads = "\n".join(f"{name}: {self._bodies(bodies)}" for name, bodies in each.leads)
                yield (
                    _text(tasks, each), self._report.theme_title(each.group.theme, self.w.lang),
                    len(each.bodies), self._bodies(each.bodies), len(each.lacking), self._bodies(each.lacking),
                    leads, each.spread, each.group.group_id,
                )  # fmt: skip

    def _parts(self) -> Iterator[tuple[list[Comparison], dict[str, Task]]]:
        comparisons = iter(self._report.comparisons)
        while part := list(islice(comparisons, _AT_ONCE // 10)):
            yield part, self._tables.tasks(m.fact.task_id for each in part for m in each.group.members)

    def member_columns(self) -> list[_Column]:
        return self._columns(
            ("group", 40), ("theme", 20), ("document", 20), ("body", 32), ("plan_year", 11), ("task", 50),
            ("lead", 28), ("differs", 10), ("product", 30), ("differs", 10), ("deadline", 24), ("due", 12),
            ("days.middle", 12), ("score.alike", 10), ("member.reason", 40), ("page", 8), ("group.id", 36),
            ("member.id", 36),
        )  # fmt: skip

    def members(self) -> Iterator[Row]:
        yes = self.w("yes")
        for part, tasks in self._parts():
            for each in part:
                group = each.group
                theme = self._report.theme_title(group.theme, self.w.lang)
                for place, (fact, score, _) in enumerate(group.members):
                    reason = self._report.options.reasons.get((group.group_id, fact.task_id))
                    task = tasks[fact.task_id]
                    yield (
                        _text(tasks, each), theme, *self._of_document(fact.doc), task.text,
                        task.lead, yes if each.odd_lead[place] else None,
                        task.product, yes if each.odd_product[place] else None,
                        task.deadline, fact.due, each.days[place], round(score, 2),
                        reason.speak(self.w.lang) if reason else None, task.page, group.group_id, fact.task_id,
                    )  # fmt: skip

    def year_columns(self) -> list[_Column]:
        return self._columns(
            ("group", 60), ("body", 32), ("plan_year", 14), ("year.change", 50), ("group.id", 36)
        )

    def years(self) -> Iterator[Row]:
        documents = self._report.documents
        for part, tasks in self._parts():
            for each in part:
                members = each.group.members
                for shift in each.shifts:
                    years = [documents[members[at].fact.doc].year for at in (shift.before, shift.after)]
                    said = []
                    if shift.days:
                        key = "year.earlier" if shift.days < 0 else "year.later"
                        said.append(self.w(key, days=abs(shift.days)))
                    said += [self.w("year.lead_changed")] if shift.lead_changed else []
                    said += [self.w("year.product_changed")] if shift.product_changed else []
                    change = ", ".join(said) or self.w("year.same")
                    yield (
                        _text(tasks, each), self._body(shift.body), f"{years[0]} → {years[1]}", change,
                        each.group.group_id,
                    )  # fmt: skip
                for body, last, later in each.dropped:
                    change = self.w("year.dropped", **{"from": str(last), "to": str(later)})
                    yield (
                        _text(tasks, each),
                        self._body(body),
                        f"{last} → {later}",
                        change,
                        each.group.group_id,
                    )

    def coverage(self) -> tuple[list[_Column], Iterator[Row]]:
        everything = (len(self._report.bodies), _MOST_THEMES)
        groups = [each.group for each in self._report.comparisons]
        whole = coverage(groups, self._report.documents, self._report.bodies, everything)
        themes = [
            _Column(f"{self._report.theme_title(theme, self.w.lang)} ({size})", 16)
            for theme, size in whole.themes
        ]
        rows = ((row.name, row.tasks, *(each.value for each in row.cells)) for row in whole.rows)
        return [*self._columns(("body", 40), ("tasks", 11)), *themes], iter(rows)

    def calendar_columns(self) -> list[_Column]:
        months = [_Column(self.w("month", month=month), 10) for month in range(1, 13)]
        return [
            *self._columns(("year", 8), ("body", 40)),
            *months,
            *self._columns(("calendar.year", 10), ("calendar.total", 8)),
        ]

    def calendar(self) -> Iterator[Row]:
        counts: dict[tuple[int, int], list[int]] = {}
        for each in self._report.milestones:
            row = counts.setdefault((each.year, each.body), [0] * 13)
            row[(each.month - 1) % 13] += each.deadlines  # month 0, "some time in the year", comes last
        for (year, body), row in sorted(counts.items()):
            yield (year, self._body(body), *row, sum(row))

    def score_columns(self) -> list[_Column]:
        return self._columns(
            ("document", 20), ("body", 32), ("plan_year", 11), ("tasks", 10), ("lead", 10), ("deadline", 10),
            ("product", 10), ("error", 9), ("warning", 10), ("info", 9), ("agreeing", 10), ("compared", 10),
            ("completeness", 14), ("soundness", 14), ("concord", 14), ("file", 30),
        )  # fmt: skip

    def scores(self) -> Iterator[Row]:
        return map(self._score, self._report.scores)

    def _score(self, score: Score) -> Row:
        return (
            *self._of_document(score.doc), *score.filled, score.errors, score.warnings, score.infos,
            *score.agreement, score.completeness, score.soundness, score.concord,
            self._report.documents[score.doc].path,
        )  # fmt: skip

    def rule_columns(self) -> list[_Column]:
        return self._columns(
            ("severity", 11), ("rule", 36), ("count", 12), ("in_documents", 12), ("why", 60), ("example", 60),
            ("rule.code", 24),
        )  # fmt: skip

    def rules(self) -> Iterator[Row]:
        lang = self.w.lang
        for each in self._report.counts:
            rule = self._report.rules.get(each.rule)
            yield (
                self.w(each.severity), self._report.rule_title(each.rule, lang), each.findings, each.documents,
                rule.why.speak(lang) if rule else None, rule.example.speak(lang) if rule else None, each.rule,
            )  # fmt: skip


def _text(tasks: dict[str, Task], comparison: Comparison) -> str | None:
    return tasks[comparison.group.members[0].fact.task_id].text


def _years(document: Document) -> int | str | None:
    if document.year == document.last_year:
        return document.year
    return f"{document.year}–{document.last_year}"


def _settle(draft: Path, target: Path) -> None:
    """Write the package again: one time for everything, where openpyxl takes the clock's; every cell wrapped.

    Giving a hundred thousand cells their alignment one by one takes openpyxl longer than all the rest.
    """
    settled = target.with_name(target.name + ".settled")
    changed = {"docProps/core.xml": _without_clock, "xl/styles.xml": _wrapped}
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(settled, "w") as package:
        for name in made.namelist():
            content = made.read(name)
            if name in changed:
                root = etree.fromstring(content)
                changed[name](root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            package.writestr(zipfile.ZipInfo(name, _DAY_ONE), content, zipfile.ZIP_DEFLATED)
    draft.unlink()
    os.replace(settled, target)  # noqa: PTH105 - the atomic one, by name


def _without_clock(core: etree._Element) -> None:
    for element in core.iter("{http://purl.org/dc/terms/}*"):
        element.text = "1980-01-01T00:00:00Z"


def _wrapped(styles: etree._Element) -> None:
    """Let every form of cell that says nothing of its alignment begin at the top and fold its lines.

    Both lists: Excel gives a cell without a form the first of cellXfs, LibreOffice that of cellStyleXfs.
    """
    space = f"{{{styles.nsmap[None]}}}"
    for name in ("cellStyleXfs", "cellXfs"):
        for form in styles.iterfind(f"{space}{name}/{space}xf"):
            if form.find(f"{space}alignment") is None:
                form.set("applyAlignment", "1")
                form.insert(0, form.makeelement(f"{space}alignment", {"vertical": "top", "wrapText": "1"}))
