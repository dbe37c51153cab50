"""Records about what was read, before what was understood: `tables` and `rows`."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

TableKind: TypeAlias = Literal["task", "statistics", "letterhead", "signature", "other"]
TableMethod: TypeAlias = Literal["lattice", "stream", "markup", "text", "ocr"]
RowKind: TypeAlias = Literal["header", "section", "numbering", "body", "continuation"]


@dataclass(slots=True, kw_only=True)
class TableRecord:
    """One table as its author meant it (page pieces joined), task table or not."""

    table_id: Annotated[str, "hash of the document's bytes and the table's position"]
    doc_id: Annotated[str, "document it stands in"]
    table_index: Annotated[int, "0-based position among the document's tables"]
    page_first: Annotated[int | None, "page it begins on; null where there are no pages"] = None
    page_last: Annotated[int | None, "page it ends on"] = None
    title: Annotated[str | None, "heading printed above it"] = None
    kind: Annotated[
        TableKind,
        "task: says what is to be done and by whom or when; statistics: numbers; letterhead, "
        "signature: the form's own layout tables; other: everything else",
    ]
    header: Annotated[
        list[str | None],
        "flattened column headings, one per column; empty when it has none",
    ] = field(default_factory=list)
    column_roles: Annotated[
        list[str | None],
        "what each column means, parallel to header; null: no known role",
    ] = field(default_factory=list)
    row_count: Annotated[int, "logical rows"]
    column_count: Annotated[int, "columns"]
    method: Annotated[
        TableMethod,
        "how it was found: lattice (ruling lines), stream (alignment of words), markup (the format's "
        "own table), text (separators in plain text), ocr (a picture)",
    ]
    confidence: Annotated[float, "0 to 1: how sure the grid is"]


@dataclass(slots=True, kw_only=True)
class RowRecord:
    """One logical row of one table, uninterpreted."""

    row_id: Annotated[str, "hash of the document's bytes and the row's position"]
    doc_id: Annotated[str, "document it stands in"]
    table_id: Annotated[str, "table it stands in"]
    row_index: Annotated[int, "0-based position in the table"]
    page_first: Annotated[int | None, "page it begins on; null where there are no pages"] = None
    page_last: Annotated[int | None, "page it ends on"] = None
    bbox: Annotated[
        list[float] | None,
        "x0, top, x1, bottom in points on page_first; null where the format has no page",
    ] = None
    cells: Annotated[
        list[str | None],
        "text of each column, merged cells repeated in each row they cover; null: empty",
    ]
    row_kind: Annotated[
        RowKind,
        "header: column headings; section: a title across the table; numbering: 1 2 3 4 under the "
        "header; body: content; continuation: the rest of a row cut at a page end",
    ]
