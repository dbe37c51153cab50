"""A person's own rows for the gazetteer: read from CSV or XLSX, and the review sheet that asks for them.

Columns (others are ignored): `name` (a spelling to know), `class_id`, `canonical` (full name), and, if wanted,
`names` and `abbreviations` (several, separated by "|"), `valid_from`, `valid_to` (2025-06-30), `source`.
A row needs `name` or `canonical`, and `class_id` or `canonical`; rows still to be filled in are skipped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from normalize.organisations import Body, Gazetteer, UnitContext, body_of, parse_units, standard
from phuluc.exits import UsageError
from phuluc.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

REVIEW_COLUMNS = ("name", "count", "class_id", "canonical", "candidates", "issuers", "source")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that no rule resolved: how often it stands, what it may mean, whose papers have it."""

    name: str
    count: int
    candidates: str
    issuers: str


def read_gazetteer(path: Path) -> Gazetteer:
    """Give the program's gazetteer with the rows of `path` before its own.

    Raises UsageError, naming the row, for a file that is no table of bodies.
    """
    bodies = []
    for number, row in enumerate(_rows(path), 2):
        try:
            body = _body(row)
        except ValueError as error:
            raise UsageError(say("unit.bad_row", file=path.name, number=number, error=error)) from error
        if body is not None:
            bodies.append(body)
    return standard().with_bodies(bodies)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _sheet_rows(path)
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(say("unit.not_utf8", file=path.name)) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
    _check_columns(reader.fieldnames or (), path)
    for row in reader:
        yield {
            key: value or "" for key, value in row.items() if key is not None and not isinstance(value, list)
        }


def _sheet_rows(path: Path) -> Iterator[Mapping[str, str]]:
    from zipfile import BadZipFile  # noqa: PLC0415  paid for only where it is needed

    from openpyxl import load_workbook  # noqa: PLC0415  heavy; only for a spreadsheet
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  paid for only where it is needed

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise UsageError(say("unit.not_sheet", file=path.name)) from error
    lines = book.worksheets[0].iter_rows(values_only=True)
    heads = [str(value or "").strip() for value in next(lines, ())]
    _check_columns(heads, path)
    for line in lines:
        cells = ["" if value is None else str(value).strip() for value in line]
        if any(cells):
            yield dict(zip(heads, cells, strict=False))


def _check_columns(heads: Iterable[str], path: Path) -> None:
    known = set(heads)
    if not known & {"name", "canonical"} or not known & {"class_id", "canonical"}:
        raise UsageError(say("unit.no_columns", file=path.name))


def _body(row: Mapping[str, str]) -> Body | None:
    """One row as a body; None for a row that is not filled in."""
    class_id, canonical = row.get("class_id", "").strip(), row.get("canonical", "").strip()
    name = row.get("name", "").strip()
    if not class_id and not canonical:
        return None
    known = standard().by_class.get(class_id)
    if not canonical and known is None:
        raise ValueError(say("unit.unknown_class", class_id=class_id))
    canonical = canonical or (known.canonical if known else "")
    class_id = class_id or _class_of(canonical)
    names = "|".join(filter(None, (name, row.get("names", ""))))
    body = body_of({**row, "class_id": class_id, "canonical": canonical, "names": names})
    if known is not None:
        return replace(body, kind=known.kind, level=known.level, head=known.head, issuers=())
    return body


def _class_of(canonical: str) -> str:
    """Give the class a full name has by itself; else one of the person's own."""
    from normalize.organisations.entity import slug  # noqa: PLC0415  paid for only where it is needed

    found = parse_units(canonical, UnitContext())
    if len(found) == 1 and found[0].class_id is not None and not found[0].class_id.endswith("*"):
        return found[0].class_id
    return f"own.{slug(canonical)}"


def unresolved_names(out: Path) -> list[Unresolved]:
    """Give the unresolved names of a converted archive, the most frequent first. Raises UsageError without tables."""
    from collections import Counter  # noqa: PLC0415  paid for only where it is needed

    import pyarrow.parquet as pq  # noqa: PLC0415  heavy; only for a review

    files = sorted((out / "units").rglob("*.parquet"))
    if not files:
        raise UsageError(say("unit.no_tables", out=out))
    issuers = _issuers(out)
    counts: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for file in files:
        table = pq.read_table(file, columns=["doc_id", "text", "kind"])
        for doc_id, text, kind in zip(*(table[name].to_pylist() for name in table.column_names), strict=True):
            if kind != "unresolved" or not text:
                continue
            name = " ".join(text.split())
            counts[name] += 1
            where.setdefault(name, Counter())[issuers.get(doc_id, ("", ""))] += 1  # type: ignore[index]
    found = []
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        best = [issuer for issuer, _ in where[name].most_common(3)]
        found.append(
            Unresolved(
                name,
                count,
                _candidates(name, best[0][1] or None),
                "; ".join(filter(None, (each[0] for each in best))),
            )
        )
    return found


def _issuers(out: Path) -> dict[str, tuple[str, str]]:
    """doc_id → (issuer with its province, class of the issuer)."""
    import pyarrow.parquet as pq  # noqa: PLC0415  as above

    found: dict[str, tuple[str, str]] = {}
    for file in sorted((out / "documents").rglob("*.parquet")):
        table = pq.read_table(file, columns=["doc_id", "issuer", "issuer_class_id", "province_name"])
        for row in table.to_pylist():
            named = " ".join(filter(None, (row["issuer"], row["province_name"])))
            found[row["doc_id"]] = (named, row["issuer_class_id"] or "")
    return found


def _candidates(name: str, issuer_class: str | None) -> str:
    mentions = parse_units(name, UnitContext(issuer_class=issuer_class))
    return "; ".join(
        f"{candidate.class_id} = {candidate.canonical}"
        for mention in mentions
        for candidate in mention.candidates
    )


def write_review(path: Path, names: Iterable[Unresolved]) -> None:
    """Write the sheet a person fills in: `class_id` or `canonical` beside each name; classes on a second sheet."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy; only for a review
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  paid for only where it is needed

    book = Workbook(write_only=True)
    sheet = book.create_sheet("names")
    sheet.freeze_panes = "A2"
    sheet.append(REVIEW_COLUMNS)
    for item in names:
        row: list[str | int | None] = [item.name, item.count, None, None, item.candidates, item.issuers, None]
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with "=" is text, not a formula
            cells.append(cell)
        sheet.append(cells)
    classes = book.create_sheet("classes")
    classes.append(("class_id", "canonical", "valid_to", "successor"))
    for body in standard().bodies:
        day = body.valid_to.isoformat() if body.valid_to else None
        classes.append((body.class_id, body.canonical, day, body.successor or None))
    book.save(path)
