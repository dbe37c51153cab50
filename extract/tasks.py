"""From the works of a task table to task rows: sections, parents, shared cells, roles read into fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.assignees import split_assignees
from extract.headings import names_lead_and_support
from extract.labels import Label, parse_label, split_label
from extract.period_marks import marked_periods
from extract.row_kinds import is_blank
from extract.stages import staged_deadline
from extract.tables import TaskRow
from extract.works import Merged, Work, collect
from normalize.legacy import damage
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import LogicalTable, Role, Row

# What a heading row gives to the rows under it when they leave it blank.
_SHARED: tuple[Role, ...] = ("lead", "support", "oversight", "start", "deadline", "product", "funding")
_WORK: tuple[Role, ...] = ("task", "activity", "objective")  # a row with one of these says what is to be done
_OWN: tuple[Role, ...] = ("lead", "support", "oversight", "start", "deadline", "product", "status", "funding")
_WHO: tuple[Role, ...] = ("lead", "support", "oversight")
_REPAIRED = 0.8
# A row is nearer to one neighbour than to the other when it shares so many times more words with it.
_CLEARLY = 1.5


@dataclass(frozen=True, slots=True)
class _Section:
    label: str | None
    title: str
    rank: int


@dataclass(slots=True)
class _Node:
    """A work in the hierarchy of its table."""

    work: Work
    values: dict[Role, str]
    label: Label | None
    section: _Section | None = None
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)
    is_group: bool = False
    task_index: int | None = None

    @property
    def level(self) -> int:
        return 1 if self.parent is None else self.parent.level + 1


def task_rows(table: LogicalTable) -> list[TaskRow]:
    """Read the task rows of a table whose kind is "task", in its order."""
    places: dict[Role, int] = {
        column.role: number for number, column in enumerate(table.columns) if column.role != "extra"
    }
    nodes = _nodes(table, places)
    _share_cells(nodes, places, lost=not _draws_merged_cells(table))
    nodes = [node for node in nodes if any(not is_blank(node.values.get(role, "")) for role in _WORK)]
    _nest(nodes)
    for node in nodes:
        _settle_group(node, places)
    tasks: list[TaskRow] = []
    for node in nodes:
        if not node.is_group:
            node.task_index = len(tasks)
            tasks.append(_task_row(table, places, node))
    return tasks


def _nodes(table: LogicalTable, places: dict[Role, int]) -> list[_Node]:
    """Read every work by roles, under its section; sections come from rows and from a general column."""
    nodes: list[_Node] = []
    open_sections: list[_Section] = []
    general: _Section | None = None
    openings: list[int] = []
    for item in collect(table):
        if not isinstance(item, Work):
            opened = _section_of([table.rows[index] for index in item.rows])
            open_sections = [s for s in open_sections if s.rank < opened.rank] + [opened]
            continue
        values = _values(item, places)
        text = values.pop("section", "")
        node = _Node(item, values, parse_label(values.get("stt", "")))
        if text:
            label, title = split_label(" ".join(text.split()))
            found = _Section(label, title, rank=90)
            if general is None:
                _backfill(nodes, found)
            general = found
            openings.append(len(nodes))
        node.section = general or (open_sections[-1] if open_sections else None)
        nodes.append(node)
    if not table.spans_known:
        _place_page_feet(nodes, openings, table)
    return nodes


def _backfill(nodes: Sequence[_Node], section: _Section | None) -> None:
    """Give the rows above the first general cell to it: a merged cell's text stands in the middle of its rows."""
    for node in nodes:
        node.section = section
        node.work.flags.add("section_inferred")


def _place_page_feet(nodes: Sequence[_Node], openings: Sequence[int], table: LogicalTable) -> None:
    """File the last row of a page under the general cell that opens overleaf, when its wording says so.

    The text of a merged cell stands in its middle, so its first row may lie on the page before, blank where
    the conversion lost the merging. The row is taken when it shares clearly more words with the row that
    opens the cell than with the row before it, a word counting the more the fewer rows have it.
    """
    words = [_words(node) for node in nodes]
    rows_with = Counter(word for of_row in words for word in of_row)

    def kinship(one: int, other: int) -> float:
        common, either = words[one] & words[other], words[one] | words[other]
        return sum(1 / rows_with[w] for w in common) / (sum(1 / rows_with[w] for w in either) or 1.0)

    for opening in openings:
        foot = opening - 1
        if foot < 1 or _piece(nodes[foot], table) == _piece(nodes[opening], table):
            continue
        if kinship(foot, opening) > _CLEARLY * kinship(foot, foot - 1):
            _backfill([nodes[foot]], nodes[opening].section)


def _piece(node: _Node, table: LogicalTable) -> int:
    return table.rows[node.work.rows[0]].piece


def _words(node: _Node) -> set[str]:
    said: tuple[Role, ...] = (*_WORK, "product")
    return {word.strip(".,;:-") for role in said for word in key(node.values.get(role, "")).split()}


def _section_of(rows: Sequence[Row]) -> _Section:
    row = rows[0]
    texts = [row.slots[column].text for column in row.filled() if not is_blank(row.slots[column].text)]
    label: str | None = None
    if len(texts) > 1 and parse_label(texts[0]):
        label, title = texts[0], texts[1]
    else:
        label, title = split_label(" ".join(texts[-1].split()))
    label = label.strip(" .):/(") if label else None
    parsed = parse_label(label) if label else None
    title = " ".join([title, *(rest.slots[rest.filled()[0]].text for rest in rows[1:])])
    return _Section(label, " ".join(title.split()), parsed.rank if parsed else 15)


def _values(work: Work, places: dict[Role, int]) -> dict[Role, str]:
    """Read the cells by roles; a cell over several columns counts for the first, for doers for each."""
    values: dict[Role, str] = {}
    owner: dict[int, Role] = {}
    for role, column in sorted(places.items(), key=lambda item: (item[0] != "task", item[1])):
        cell = work.cells[column]
        if not cell.text:
            continue
        first = owner.setdefault(id(cell), role)
        if first == role or (first in _WHO and role in _WHO):
            values[role] = cell.text
    return values


def _draws_merged_cells(table: LogicalTable) -> bool:
    """Tell whether a blank cell of this table is blank: its format has merged cells and its author uses them."""
    return table.spans_known and any(
        slot.tall for row in table.rows if row.kind in ("body", "continuation") for slot in row.slots
    )


def _share_cells(nodes: Sequence[_Node], places: dict[Role, int], *, lost: bool) -> None:
    """Repeat the cells that were meant for several rows; `lost`: the table cannot show which those are."""
    work = places.get("task", 0)
    leading = [role for role, column in places.items() if column < work and role not in ("stt", "section")]
    unnamed = [column for column in range(work) if column not in places.values()]
    for before, node in pairwise(nodes):
        if before.section == node.section:
            if lost:
                _share_unnamed(before, node, unnamed)
                _share_leading(before, node, leading)
            _share_work(before, node)


def _share_unnamed(before: _Node, node: _Node, unnamed: Sequence[int]) -> None:
    """Repeat blank cells of columns without a role between the number and the work, and the number with them.

    "1 | 12 hồ sơ trễ hạn | Rà soát hồ sơ | …" above "| | Phân công trực | …": one shortcoming, two remedies.
    """
    if "stt" in node.values or "task" not in node.values:
        return
    shared = [
        column for column in unnamed if before.work.cells[column].text and not node.work.cells[column].text
    ]
    for column in shared:
        node.work.cells[column] = before.work.cells[column]
    if shared:
        node.work.flags.add("cells_shared")
        _borrow(node, before, ("stt",))
        node.label = before.label


def _share_leading(before: _Node, node: _Node, leading: Sequence[Role]) -> None:
    """Repeat what stands left of the work, and the work itself, where blank cells may be merged ones."""
    blank = [role for role in leading if role not in node.values and role in before.values]
    if "task" in node.values:
        _borrow(node, before, blank)
        if blank and "stt" not in node.values:
            _borrow(node, before, ("stt",))
            node.label = before.label
    elif "stt" in node.values and any(role in node.values for role in ("activity", "product", *_WHO)):
        _borrow(node, before, (*blank, "task"))


def _share_work(before: _Node, node: _Node) -> None:
    """Repeat the shared cells of a task in the rows of its further activities or products.

    A row without number and task that names an activity or product belongs to the task above; a converter
    (or an author who cleared borders instead of merging) left its shared cells blank.
    """
    if not _is_further(node.values, before.values):
        return
    _borrow(node, before, ("stt", "objective", "task"))
    if "product" in node.values:
        _borrow(node, before, ("activity",))
    if not any(role in node.values for role in ("lead", "support")):
        _borrow(node, before, ("lead", "support", "oversight"))
    if "deadline" not in node.values and "start" not in node.values:
        _borrow(node, before, ("start", "deadline"))
    node.label = before.label
    node.work.flags.add("cells_shared")


def _is_further(values: dict[Role, str], before: dict[Role, str]) -> bool:
    if "stt" in values or "task" in values or "task" not in before:
        return False
    return "activity" in values or "product" in values or "lead" in values or "deadline" in values


def _borrow(node: _Node, giver: _Node, roles: Sequence[Role]) -> None:
    for role in roles:
        if role in giver.values and role not in node.values:
            node.values[role] = giver.values[role]
            node.work.flags.add("cells_shared")


def _nest(nodes: Sequence[_Node]) -> None:
    """Find the parent of every node by its number: 1.1 under 1, 12a under 12, "-" under what stands above."""
    open_nodes: list[_Node] = []
    for node in nodes:
        if open_nodes and open_nodes[-1].section != node.section:
            open_nodes = []
        if node.label is None:
            _nest_unnumbered(open_nodes, node)
            continue
        while open_nodes and not _under(node, open_nodes[-1]):
            open_nodes.pop()
        if open_nodes:
            _adopt(open_nodes[-1], node)
        open_nodes.append(node)


def _under(node: _Node, outer: _Node) -> bool:
    assert node.label is not None  # noqa: S101 # callers have asked
    if outer.label is None:
        return False
    if node.label.kind == outer.label.kind == "arabic":
        return node.label.inside(outer.label)
    if outer.label.kind == "upper" and node.label.kind == "roman":
        return True
    return node.label.inside(outer.label)


def _nest_unnumbered(open_nodes: Sequence[_Node], node: _Node) -> None:
    """Put a row without number under the numbered row above when that is only a heading, else beside it."""
    if not open_nodes:
        return
    above = open_nodes[-1]
    if not any(role in above.values for role in _OWN):
        _adopt(above, node)
    elif above.parent is not None:
        _adopt(above.parent, node)


def _adopt(parent: _Node, node: _Node) -> None:
    node.parent = parent
    parent.children.append(node)


def _settle_group(node: _Node, places: dict[Role, int]) -> None:
    """Decide whether a row with children is work of its own, and hand its shared cells down.

    It is a mere heading when its children share every cell it has: they leave it blank, or one merged cell
    covers the heading and them.
    """
    if not node.children:
        return
    own = [role for role in _OWN if role in node.values]
    shared = [role for role in own if role in _SHARED and _is_handed_down(node, role, places)]
    node.is_group = len(shared) == len(own)
    if node.is_group:
        for child in node.children:
            _borrow(child, node, shared)
            _file_under(child, node)


def _is_handed_down(parent: _Node, role: Role, places: dict[Role, int]) -> bool:
    """Tell whether a cell is its children's: some leave theirs blank, share it by merging, or all repeat it."""
    column = places[role]
    cell = parent.work.cells[column]
    return any(
        role not in child.values or child.work.cells[column] is cell for child in parent.children
    ) or all(child.values.get(role) == parent.values[role] for child in parent.children)


def _file_under(child: _Node, group: _Node) -> None:
    title = " ".join((group.values.get("task") or group.values.get("objective") or "").split())
    label = group.values.get("stt", "").strip(" .):/(") or None
    child.section = _Section(label, title, 95)


def _task_row(table: LogicalTable, places: dict[Role, int], node: _Node) -> TaskRow:
    work, values = node.work, dict(node.values)
    unsure = table.method == "text" and table.confidence < 1
    flags = work.flags | ({"columns_guessed"} if unsure else set())
    if "lead" in places:
        column = table.columns[places["lead"]]
        split = split_assignees(values.get("lead", ""))
        if split is not None and "support" not in values:
            values["lead"] = split[0]
            if split[1]:
                values["support"] = split[1]
                flags.add("lead_support_split")
        elif "support" not in places and names_lead_and_support(column.headings) and "lead" in values:
            flags.add("lead_support_unsplit")
    if _is_one_cell(work, places, "lead", "support"):
        flags.add("lead_support_merged")
    marked = marked_periods([cell.text for cell in work.cells], table.periods)
    if marked and "deadline" not in values:
        values["deadline"] = marked
        flags.add("deadline_from_marks")
    if staged := staged_deadline(work.cells, table.stages):
        values["deadline"] = staged
        flags.add("deadline_from_stages")
    used = {role: table.columns[places[role]] for role in values if role in places}
    if any(column.guessed for column in used.values()):
        flags.add("role_guessed")
    if damage("\n".join(cell.text for cell in work.cells)):
        flags.add("letters_lost")
    confidence = min((column.confidence for column in used.values()), default=0.0)
    confidence *= table.confidence * work.confidence * (_REPAIRED if "cells_shifted" in flags else 1.0)
    parent = node.parent
    while parent is not None and parent.is_group:
        parent = parent.parent
    section = node.section
    return TaskRow(
        row=work.rows[0],
        rows=tuple(work.rows),
        values=values,
        section_label=section.label if section else None,
        section_title=(section.title or None) if section else None,
        parent=parent.task_index if parent is not None else None,
        level=node.level,
        has_children=bool(node.children),
        extra=_extra(table, work),
        confidence=round(confidence, 3),
        flags=tuple(sorted(flags)),
    )


def _is_one_cell(work: Work, places: dict[Role, int], one: Role, other: Role) -> bool:
    """Tell whether one merged cell covers the columns of both roles."""
    return {one, other} <= places.keys() and work.cells[places[one]] is work.cells[places[other]]


def _extra(table: LogicalTable, work: Work) -> dict[str, str]:
    """Keep the cells of columns without a role, by heading; equal headings are told apart by a number."""
    extra: dict[str, str] = {}
    if all(column.role != "extra" for column in table.columns):
        return extra
    roles: set[int] = {id(work.cells[n]) for n, c in enumerate(table.columns) if c.role != "extra"}
    for number, column in enumerate(table.columns):
        cell: Merged = work.cells[number]
        if column.role != "extra" or not cell.text or id(cell) in roles:
            continue
        name = column.heading or f"cột {number + 1}"
        unique, count = name, 2
        while unique in extra:
            unique, count = f"{name} ({count})", count + 1
        extra[unique] = cell.text
    return extra
