"""One plan in one layout to one file: DOCX, XLSX, HTML, tab-separated text; PDF by `drawing` or LibreOffice."""

from __future__ import annotations

import html
import subprocess
from typing import TYPE_CHECKING

from tests.layouts.sheet import Sheet, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.layouts.layout import Format, Layout
    from tests.layouts.plan import Plan

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
DEVISE = "Độc lập - Tự do - Hạnh phúc"
SUFFIX = {"docx": ".docx", "xlsx": ".xlsx", "html": ".html", "text": ".txt", "pdf": ".pdf"}


def write(plan: Plan, layout: Layout, form: Format, folder: Path) -> Path:
    """Write the file and give its path."""
    path = folder / f"{plan.name}{SUFFIX[form]}"
    if form == "docx":
        _docx(plan, layout, path)
    elif form == "xlsx":
        _xlsx(plan, layout, path)
    elif form == "html":
        path.write_text(_html(plan, layout), encoding="utf-8")
    elif form == "text":
        path.write_text(_text(plan, layout), encoding="utf-8")
    else:
        from tests.layouts.drawing import draw

        draw(plan, layout, path)
    return path


def print_with_office(documents: Sequence[Path], folder: Path) -> None:
    """Print DOCX files to PDF through LibreOffice, all in one start of it."""
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, documents)],
        check=True,
        capture_output=True,
        timeout=600,
    )


def letterhead(plan: Plan) -> tuple[list[str], list[str]]:
    """The left and the right half of the letterhead."""
    left = [plan.of("parent"), plan.of("issuer"), plan.of("number")]
    return [line for line in left if line], [MOTTO, DEVISE, plan.of("place")]


def signature(plan: Plan) -> tuple[list[str], list[str]]:
    receivers = ["Nơi nhận:", "- Như Điều 3;", f"- Lãnh đạo {plan.of('issuer').capitalize()};", "- Lưu: VT."]
    return receivers, [part.strip() for part in plan.of("signer").split("//")]


def _docx(plan: Plan, layout: Layout, path: Path) -> None:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Pt(layout.size[0]), Pt(layout.size[1])
    page.orientation = WD_ORIENT.LANDSCAPE if layout.size[0] > layout.size[1] else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Pt(42)
    page.top_margin = page.bottom_margin = Pt(36)
    document.styles["Normal"].font.size = Pt(layout.font_size)
    document.styles["Normal"].font.name = "Liberation Serif"
    _docx_pair(document, letterhead(plan))
    for line in (plan.of("kind"), plan.of("title")):
        document.add_paragraph().add_run(line).bold = True
    for line in plan.text:
        document.add_paragraph(line)
    for table in plan.tables:
        if table.title:
            document.add_paragraph().add_run(table.title).bold = True
        for number, sheet in enumerate(lay_out(table, layout)):
            holder = document
            if number:
                document.add_paragraph("")
            if layout.nested:
                holder = document.add_table(1, 1).cell(0, 0)
            _docx_table(holder, sheet, layout)
        document.add_paragraph("")
    _docx_pair(document, signature(plan))
    document.save(str(path))


def _docx_pair(document, halves) -> None:  # python-docx has no types
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, halves, strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def _docx_table(holder, sheet: Sheet, layout: Layout) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = holder.add_table(sheet.row_count, sheet.column_count)
    if layout.rulings == "all":
        table.style = holder.part.document.styles["Table Grid"]
    widths = column_widths(sheet, layout.size[0] - 84)
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
        if not layout.split_rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if layout.header_again and layout.thead:
        for row in table.rows[: sheet.header_rows]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for box in sheet.boxes:
        cell = table.cell(box.row, box.column)
        if box.row_span > 1 or box.column_span > 1:
            cell = cell.merge(table.cell(box.row + box.row_span - 1, box.column + box.column_span - 1))
        lines = box.text.split("\n")
        run = cell.paragraphs[0].add_run(lines[0])
        run.bold = box.bold or None
        for line in lines[1:]:
            if box.row < sheet.header_rows:
                run.add_break()
                run.add_text(line)
            else:
                cell.add_paragraph(line)


def column_widths(sheet: Sheet, total: float) -> list[float]:
    """Widths in points: narrow where a column holds numbers, wide where it holds sentences."""
    longest = [3.0] * sheet.column_count
    for box in sheet.boxes:
        if box.column_span == 1:
            word = max((len(word) for word in box.text.split()), default=0) * 1.6 + 1.5
            longest[box.column] = max(longest[box.column], min(len(box.text), 90) ** 0.75, word)
    scale = total / sum(longest)
    return [width * scale for width in longest]


def _xlsx(plan: Plan, layout: Layout, path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    row = 1
    left, right = letterhead(plan)
    for index in range(max(len(left), len(right))):
        page.cell(row, 1, left[index] if index < len(left) else None)
        page.cell(row, 4, right[index] if index < len(right) else None)
        row += 1
    row += 1
    for line in (plan.of("kind"), plan.of("title"), *plan.text):
        page.cell(row, 1, line).font = Font(bold=True)
        row += 1
    line_style = Side(style="thin")
    border = Border(line_style, line_style, line_style, line_style)
    for table in plan.tables:
        row += 1
        if table.title:
            page.cell(row, 1, table.title).font = Font(bold=True)
            row += 1
        for sheet in lay_out(table, layout):
            for box in sheet.boxes:
                cell = page.cell(row + box.row, 1 + box.column, box.text or None)
                cell.data_type = "s" if box.text else "n"  # "45" is text here: a number would have a format
                cell.font = Font(bold=box.bold)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = border
                if box.row_span > 1 or box.column_span > 1:
                    page.merge_cells(
                        start_row=row + box.row,
                        start_column=1 + box.column,
                        end_row=row + box.row + box.row_span - 1,
                        end_column=box.column + box.column_span,
                    )
            row += sheet.row_count
    row += 1
    receivers, signer = signature(plan)
    for index in range(max(len(receivers), len(signer))):
        page.cell(row, 1, receivers[index] if index < len(receivers) else None)
        page.cell(row, 4, signer[index] if index < len(signer) else None)
        row += 1
    book.save(path)


def _html(plan: Plan, layout: Layout) -> str:
    left, right = letterhead(plan)
    parts = [
        "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>Văn bản</title>",
        "<style>p {margin: 0}</style></head><body>",
        f"<table><tr><td>{'<br>'.join(map(html.escape, left))}</td>",
        f"<td>{'<br>'.join(map(html.escape, right))}</td></tr></table>",
        f"<p><b>{html.escape(plan.of('kind'))}</b></p><p><b>{html.escape(plan.of('title'))}</b></p>",
        *(f"<p>{html.escape(line)}</p>" for line in plan.text),
    ]
    for table in plan.tables:
        if table.title:
            parts.append(f"<p><b>{html.escape(table.title)}</b></p>")
        for sheet in lay_out(table, layout):
            drawn = _html_table(sheet, layout)
            if layout.nested:
                drawn = f"<table><tr><td>{drawn}</td></tr></table>"
            parts.append(drawn)
    receivers, signer = signature(plan)
    parts.append(f"<table><tr><td>{'<br>'.join(map(html.escape, receivers))}</td>")
    parts.append(f"<td>{'<br>'.join(map(html.escape, signer))}</td></tr></table></body></html>")
    return "\n".join(parts)


def _html_table(sheet: Sheet, layout: Layout) -> str:
    rows: list[list[str]] = [[] for _ in range(sheet.row_count)]
    for box in sorted(sheet.boxes, key=lambda box: (box.row, box.column)):
        header = box.row < sheet.header_rows
        name = "th" if header and layout.thead else "td"
        spans = f" rowspan='{box.row_span}'" if box.row_span > 1 else ""
        spans += f" colspan='{box.column_span}'" if box.column_span > 1 else ""
        lines = list(map(html.escape, box.text.split("\n")))
        text = (
            "<br>".join(lines) if header or len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)
        )
        rows[box.row].append(f"<{name}{spans}>{f'<b>{text}</b>' if box.bold and text else text}</{name}>")
    border = " border='1'" if layout.rulings == "all" else ""
    return f"<table{border}>\n" + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "\n</table>"


def _text(plan: Plan, layout: Layout) -> str:
    left, right = letterhead(plan)
    lines = [*left, "", *right, "", plan.of("kind"), plan.of("title"), ""]
    for line in plan.text:
        lines += [line, ""]
    for table in plan.tables:
        if table.title:
            lines += [table.title, ""]
        for sheet in lay_out(table, layout):
            lines += [*_text_rows(sheet, layout), ""]
    receivers, signer = signature(plan)
    return "\n".join([*receivers, "", *signer, ""] if not lines else [*lines, *receivers, "", *signer, ""])


def _text_rows(sheet: Sheet, layout: Layout) -> list[str]:
    # A converter repeats no merged cell: the text stands in the first position, the others are empty.
    covered = None if layout.merges == "repeat" else ""
    lines = []
    for number, row in enumerate(sheet.grid(covered)):
        header = number < sheet.header_rows
        cells = [_residue(cell, header) if layout.residue else cell.replace("\n", " ") for cell in row]
        if layout.dropped and not header:
            while cells and not cells[0] and any(cells):
                cells = [*cells[1:], ""]
        lines.append("\t".join(cells))
    return lines


def _residue(cell: str, header: bool) -> str:
    if header and cell:
        return f"<b>{cell}</b>"
    if "\n- " in cell:
        return '<ul style="list-style-type: none"> ' + cell.replace("\n", " ") + " </ul>"
    return cell.replace("\n", " ")
