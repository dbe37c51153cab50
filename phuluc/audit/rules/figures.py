"""Figures that do not add up: totals of columns and rows, shares, percentages.

A relation between columns is not always what its headings seem to say, so the table itself is asked: where a
total holds in some rows, a row in which it does not is wrong; where it holds in none, the headings were misread.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import regex

from extract.labels import parse_label
from normalize.quantities import parse_number
from normalize.text import key
from phuluc.audit.grid import Grid, equal, grids, is_numbering, number, row_text
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.content import IndicatorRecord
    from schemas.layout import RowRecord
    from schemas.review import Severity

_TOTAL = regex.compile(r"(?:tổng(?: số| cộng)?|cộng|ts)\b")
_TOTAL_ROW = regex.compile(
    r"\W*(?:[\divxab]+[.)]\s*)?(?:tổng(?:\s+cộng|\s+số)?|cộng|toàn tỉnh|toàn sở)\W*(?:\([^)]*\))?\W*"
)
_OF_WHICH = regex.compile(r"(?:trong đó|bao gồm|gồm|chia ra|chia theo)\b")
_OF_WHICH_ROW = regex.compile(r"[-+•*\s]*(?:trong đó|riêng)\b")
_NO_SUM = regex.compile(
    r"%|tỷ lệ|tỉ lệ|bình quân|đơn giá|chỉ số|điểm|xếp|ghi chú|năm\b(?! (?:báo cáo|trước))|so với|tăng|giảm|hài lòng"
)
_OPPOSITES = (
    ("đúng", "chậm"), ("đúng", "quá hạn"), ("đúng hạn", "trễ"), ("trước hạn", "quá hạn"),
    ("chưa đến hạn", "quá hạn"), ("giấy", "điện tử"), ("ngang", "dọc"), ("nam", "nữ"), ("kỳ trước", "mới"),
    ("tại nơi", "qua mạng"), ("trực tiếp", "trực tuyến"), ("đạt", "không đạt"), ("hoàn thành", "chưa hoàn thành"),
    ("đã", "chưa"), ("có", "không"),
)  # fmt: skip


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "figures",
        {
            "total_of_columns": total_of_columns,
            "total_of_rows": total_of_rows,
            "total_of_subrows": total_of_subrows,
            "received_and_resolved": received_and_resolved,
        },
    )


class _Sum(NamedTuple):
    """A column that is the sum of others; `partial`: others may be left out ("trong đó")."""

    total: int
    parts: tuple[int, ...]
    partial: bool


def total_of_columns(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find rows whose total is not the sum of its parts."""
    del thresholds
    for grid in grids(dossier):
        for relation in _sums(grid):
            yield from _broken_sums(dossier, grid, relation)


def _sums(grid: Grid) -> Iterator[_Sum]:
    for index, path in enumerate(grid.paths):
        if not _TOTAL.match(path[-1]):
            continue
        if len(path) == 1:
            yield from _learnt(grid, index)
            continue
        parent = path[:-1]
        below = [
            (other, each[len(parent) :])
            for other, each in enumerate(grid.paths)
            if other != index and each[: len(parent)] == parent and not _NO_SUM.search(each[-1])
        ]
        beside = tuple(other for other, rest in below if len(rest) == 1 and not _TOTAL.match(rest[0]))
        within = tuple(other for other, rest in below if len(rest) == 2 and _OF_WHICH.match(rest[0]))
        if len(within) > 1:
            opposed = _opposed([grid.paths[other][-1] for other in within])
            yield _Sum(index, within, partial=not opposed)
        elif len(beside) > 1 and len(beside) == len(below):
            yield _Sum(index, beside, partial=False)


def _learnt(grid: Grid, total: int) -> Iterator[_Sum]:
    """Give the columns beside a total that add up to it in most rows, where no heading says which they are."""
    counted = [
        not _NO_SUM.search(path[-1]) and not is_numbering(grid, at) for at, path in enumerate(grid.paths)
    ]
    best: tuple[int, tuple[int, ...]] | None = None
    for step in (1, -1):
        parts: list[int] = []
        at = total + step
        while 0 <= at < len(grid.paths) and counted[at]:
            parts.append(at)
            at += step
            rows = [
                (row[total], [row[part] for part in parts]) for row in grid.values if row[total] is not None
            ]
            held = sum(
                None not in figures and equal(whole or 0, sum(each or 0 for each in figures))
                for whole, figures in rows
            )
            if len(parts) > 1 and held > 1 and held >= _MOST * len(rows) and (best is None or held > best[0]):
                best = held, tuple(sorted(parts))
    if best is not None:
        yield _Sum(total, best[1], partial=False)


_MOST = 0.6
"""Share of the rows in which a relation must hold to be one."""


def _opposed(names: Sequence[str]) -> bool:
    """Tell whether two parts are all there is: on time and late, on paper and electronic."""
    return len(names) == 2 and any(
        (one in names[0] and two in names[1]) or (one in names[1] and two in names[0])
        for one, two in _OPPOSITES
    )


def _broken_sums(dossier: Dossier, grid: Grid, relation: _Sum) -> Iterator[Sighting]:
    checked = []
    for row, values in zip(grid.rows, grid.values, strict=True):
        total, parts = values[relation.total], [values[part] for part in relation.parts]
        figures = [part for part in parts if part is not None]
        if total is not None and len(figures) > 1:
            checked.append((row, total, figures, len(figures) == len(parts)))
    holds = sum(equal(total, sum(figures)) for _, total, figures, _ in checked)
    if not holds and len(checked) > 1:
        # Women, minorities and graduates add up to nothing, but none of them is more than all.
        checked = [each for each in checked if max(each[2]) > each[1]] if relation.partial else []
        if len(checked) * 3 > len(grid.rows):
            return
    for row, total, figures, whole in checked:
        found = sum(figures)
        if equal(total, found):
            continue
        severity: Severity | None = None
        if max(figures) <= total and (relation.partial or not whole):
            if found < total and not (holds > 1 and whole):
                continue  # "trong đó" need not name all parts
            severity = "warning"
        yield Sighting(
            values={
                "total": number(total),
                "sum": number(found),
                "column": " / ".join(grid.paths[relation.total]),
            },
            doc_id=dossier.doc_id,
            related=[row.row_id],
            page=row.page_first,
            text=row_text(row),
            severity=severity,
        )


def total_of_rows(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a last (or first) row of totals that is not the sum of the rows."""
    del thresholds
    for grid in grids(dossier, tasks=True):
        totals = [index for index, row in enumerate(grid.rows) if _is_total(row)]
        if len(totals) != 1 or totals[0] not in (0, len(grid.rows) - 1):
            continue
        total = totals[0]
        rest = [index for index in range(len(grid.rows)) if index != total]
        ways = [way for way in (_outer(grid, rest), _leaves(grid, rest), rest) if len(way) > 1]
        columns = [
            column
            for column, path in enumerate(grid.paths)
            if grid.values[total][column] is not None
            and not _NO_SUM.search(path[-1])
            and not is_numbering(grid, column)
        ]
        if not ways or not columns:
            continue
        best = max(ways, key=lambda way: sum(_adds_up(grid, total, way, column) for column in columns))
        right = sum(_adds_up(grid, total, best, column) for column in columns)
        if not right and len(columns) > 1:
            continue
        for column in columns:
            if _adds_up(grid, total, best, column):
                continue
            figures = [value for index in best if (value := grid.values[index][column]) is not None]
            if len(figures) < 2:
                continue
            sure = right > 0 or (len(best) == len(rest) and len(figures) == len(best))
            yield Sighting(
                values={
                    "total": number(grid.values[total][column] or 0),
                    "sum": number(sum(figures)),
                    "column": " / ".join(grid.paths[column]),
                },
                doc_id=dossier.doc_id,
                related=[grid.rows[total].row_id],
                page=grid.rows[total].page_first,
                text=row_text(grid.rows[total]),
                severity=None if sure else "warning",
            )


def _is_total(row: RowRecord) -> bool:
    words = [key(cell) for cell in row.cells if cell and parse_number(cell) is None]
    return bool(words) and any(_TOTAL_ROW.fullmatch(each) for each in words[:2])


def _label(row: RowRecord) -> tuple[str, ...] | None:
    label = parse_label(row.cells[0]) if row.cells[0] else None
    return None if label is None or label.kind == "bullet" else (label.kind, *label.path)


def _outer(grid: Grid, rest: Sequence[int]) -> list[int]:
    """Give the rows with the shortest numbers of the outermost kind (I, II; else 1, 2)."""
    labels = {index: label for index in rest if (label := _label(grid.rows[index]))}
    if not labels:
        return []
    kinds = [
        kind
        for kind in ("upper", "roman", "arabic", "lower")
        if any(each[0] == kind for each in labels.values())
    ]
    shortest = min(len(label) for label in labels.values() if label[0] == kinds[0])
    return [index for index, label in labels.items() if label[0] == kinds[0] and len(label) == shortest]


def _leaves(grid: Grid, rest: Sequence[int]) -> list[int]:
    """Give the rows that are no part of another: not "trong đó", no bullets, not 1.1 under 1."""
    labels = {index: _label(grid.rows[index]) for index in rest}
    inner = {label for label in labels.values() if label}
    return [
        index
        for index in rest
        if not (
            labels[index]
            and any(
                each != labels[index] and each[: len(labels[index] or ())] == labels[index] for each in inner
            )
        )
        and not any(cell and _OF_WHICH_ROW.match(key(cell)) for cell in grid.rows[index].cells[:2])
    ]


def _adds_up(grid: Grid, total: int, way: Sequence[int], column: int) -> bool:
    wanted = grid.values[total][column]
    return wanted is not None and equal(wanted, sum(grid.values[index][column] or 0 for index in way))


def total_of_subrows(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a row that is the sum of the rows under it in some columns and not in others."""
    del thresholds
    tables: defaultdict[str | None, dict[tuple[tuple[str, ...], tuple[str, ...]], IndicatorRecord]] = (
        defaultdict(dict)
    )
    for indicator in dossier.indicators:
        if indicator.row_path and indicator.value is not None:
            tables[indicator.table_id].setdefault(
                (tuple(indicator.row_path), tuple(indicator.column_path)), indicator
            )
    for found in tables.values():
        children: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[IndicatorRecord]] = defaultdict(
            list
        )
        for (row, column), indicator in found.items():
            if len(row) > 1 and (row[:-1], column) in found and not _NO_SUM.search(key(" ".join(column))):
                children[row[:-1], column].append(indicator)
        whole = {place: parts for place, parts in children.items() if len(parts) > 1}
        right = sum(_sum_holds(found[place], parts) for place, parts in whole.items() if found[place].value)
        # A row that is in no column the sum of those under it was given the wrong ones by its reader.
        columns = Counter(row for row, _ in whole)
        held = {place[0] for place, parts in whole.items() if _sum_holds(found[place], parts)}
        misread = {row for row, count in columns.items() if count > 1 and row not in held}
        for place, parts in whole.items():
            parent = found[place]
            if _sum_holds(parent, parts) or place[0] in misread or (not right and len(whole) > 1):
                continue
            found_sum = sum(part.value or 0 for part in parts)
            yield Sighting(
                values={
                    "total": number(parent.value or 0),
                    "sum": number(found_sum),
                    "column": " / ".join(place[1]),
                },
                doc_id=dossier.doc_id,
                related=[row for row in (parent.row_id, *(part.row_id for part in parts)) if row],
                page=parent.page,
                text=f"{' / '.join(place[0])}: {parent.value_text} ≠ {' + '.join(part.value_text for part in parts)}",
                severity=None if right > 1 else "warning",
            )


def _sum_holds(parent: IndicatorRecord, parts: Sequence[IndicatorRecord]) -> bool:
    return equal(parent.value or 0, sum(part.value or 0 for part in parts))


def received_and_resolved(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find dossiers received that are neither resolved nor pending."""
    del thresholds
    for grid in grids(dossier):
        places: Mapping[str, list[int]] = {
            name: [
                index
                for index, path in enumerate(grid.paths)
                if len(path) > 1 and _TOTAL.match(path[-1]) and any(word in " ".join(path) for word in words)
            ]
            for name, words in _DOSSIERS.items()
        }
        if any(len(columns) != 1 for columns in places.values()):
            continue
        received, resolved, pending = (columns[0] for columns in places.values())
        for row, values in zip(grid.rows, grid.values, strict=True):
            taken, done, open_ = values[received], values[resolved], values[pending]
            if (
                taken is not None
                and done is not None
                and open_ is not None
                and not equal(taken, done + open_)
            ):
                yield Sighting(
                    values={"received": number(taken), "resolved": number(done), "pending": number(open_)},
                    doc_id=dossier.doc_id,
                    related=[row.row_id],
                    page=row.page_first,
                    text=row_text(row),
                )


_DOSSIERS = {
    "received": ("tiếp nhận",),
    "resolved": ("đã giải quyết",),
    "pending": ("đang giải quyết", "chưa giải quyết", "đang xử lý"),
}
