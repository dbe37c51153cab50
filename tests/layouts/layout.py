"""The ways of laying a document out, each with its name: what is drawn, and in which formats it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Format = Literal["docx", "xlsx", "html", "text", "pdf", "office_pdf"]
MARKUP: tuple[Format, ...] = ("docx", "html")
PAPER: tuple[Format, ...] = ("pdf", "office_pdf")
EVERY: tuple[Format, ...] = ("docx", "xlsx", "html", "text", "pdf", "office_pdf")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way; the defaults are the commonest.

    Attributes:
        header_levels: at least so many levels of headings (a common heading is put over lead and support).
        numbering: shape of the numbering row, "1", "(1)", "A" or "".
        sections: merged (label, then the title over the rest), across (one cell over all columns),
            plain (label and title in cells of their own, the rest empty), first (all in the first cell).
        merges: spans (drawn as merged), blank (text in the first cell, the others empty), repeat.
        numbers: how running numbers are printed: as written, "two" digits, "dot" behind, "none", "same"
            (the column is there, its cells are empty).
        cut: rows that begin so (index among body rows) go on overleaf: their cells are cut in the middle.
        cut_header: whether the header stands again after such a cut.
        header_again: pages repeat the header (paper formats).
        split_rows: rows may be cut at a page end (paper formats).
        size: page, in points; `rotate` is the /Rotate entry, the text stands upright when shown.
        rulings: all, none, double (two lines beside each other: phantom columns), horizontal.
        broken_headings: headings are broken over lines after each second word.
        nested: the table stands in a cell of a layout table.
        residue: bullets as `<ul>` markup, headings in `<b>` (text only).
        dropped: empty cells at the beginning of a row are lost, its end is padded (text only).
        spare_columns: an empty column behind each (spreadsheets and markup).
        thead: markup says which rows are headings.
    """

    name: str
    formats: tuple[Format, ...] = EVERY
    header_levels: int = 1
    numbering: str = ""
    sections: Literal["merged", "across", "plain", "first"] = "merged"
    merges: Literal["spans", "blank", "repeat"] = "spans"
    numbers: Literal["plain", "two", "dot", "none", "same"] = "plain"
    cut: tuple[int, ...] = ()
    cut_header: bool = False
    header_again: bool = True
    split_rows: bool = True
    size: tuple[float, float] = (595, 842)
    rotate: int = 0
    rulings: Literal["all", "none", "double", "horizontal"] = "all"
    broken_headings: bool = False
    nested: bool = False
    residue: bool = False
    dropped: bool = False
    spare_columns: bool = False
    thead: bool = True
    font_size: float = 9


LANDSCAPE = (842.0, 595.0)
SHORT = (842.0, 330.0)  # short sheets: many page ends in a small document
COMMON = Layout("common", size=LANDSCAPE)

LAYOUTS: tuple[Layout, ...] = (
    COMMON,
    replace(COMMON, name="portrait", formats=PAPER, size=(595, 842)),
    replace(COMMON, name="two_header_levels", header_levels=2),
    replace(COMMON, name="three_header_levels", header_levels=3, thead=False),
    replace(COMMON, name="numbering_row", numbering="1"),
    replace(COMMON, name="numbering_row_parentheses", numbering="(1)", thead=False),
    replace(COMMON, name="numbering_row_letters", numbering="A", header_levels=2),
    replace(COMMON, name="sections_across", sections="across"),
    replace(COMMON, name="sections_plain_cells", sections="plain", thead=False),
    replace(COMMON, name="sections_in_first_cell", sections="first"),
    replace(COMMON, name="two_digit_numbers", numbers="two"),
    replace(COMMON, name="numbers_with_dot", numbers="dot"),
    replace(COMMON, name="empty_numbers", numbers="same"),
    replace(COMMON, name="no_number_column", numbers="none", sections="across"),
    replace(COMMON, name="shared_cells_blank", merges="blank", formats=("text", "xlsx")),
    replace(COMMON, name="shared_cells_repeated", merges="repeat"),
    replace(COMMON, name="broken_headings", broken_headings=True, formats=("docx", "html", "xlsx")),
    replace(COMMON, name="no_thead", thead=False, formats=MARKUP),
    replace(COMMON, name="nested", nested=True, formats=MARKUP),
    replace(COMMON, name="spare_columns", spare_columns=True, formats=("xlsx", "html")),
    replace(COMMON, name="cut_with_header", cut=(1, 4), cut_header=True, formats=("text", "docx", "html")),
    replace(COMMON, name="cut_without_header", cut=(1, 4), formats=("text", "docx", "html")),
    replace(COMMON, name="residue", residue=True, formats=("text",), cut=(2,), cut_header=True),
    replace(COMMON, name="leading_cells_dropped", dropped=True, merges="blank", formats=("text",)),
    replace(COMMON, name="short_pages", size=SHORT, formats=PAPER),
    replace(COMMON, name="short_pages_one_header", size=SHORT, header_again=False, formats=PAPER),
    replace(COMMON, name="short_pages_whole_rows", size=SHORT, split_rows=False, formats=PAPER),
    replace(
        COMMON, name="short_pages_two_levels", size=SHORT, header_levels=2, numbering="(1)", formats=PAPER
    ),
    replace(
        COMMON, name="short_pages_plain", size=SHORT, header_again=False, sections="plain", formats=PAPER
    ),
    replace(COMMON, name="rotated_90", size=(595, 842), rotate=90, formats=("pdf",)),
    replace(COMMON, name="rotated_270", size=(595, 842), rotate=270, formats=("pdf",)),
    replace(COMMON, name="three_metres", size=(595, 8504), formats=("pdf",)),
    replace(COMMON, name="double_rulings", rulings="double", formats=("pdf",)),
    replace(COMMON, name="no_rulings", rulings="none", formats=("pdf", "docx", "html")),
    replace(COMMON, name="horizontal_rulings", rulings="horizontal", formats=("pdf",)),
)  # fmt: skip


def layout_named(name: str) -> Layout:
    return next(layout for layout in LAYOUTS if layout.name == name)
