"""Reading OUT for the report, through DuckDB: whole columns where they are small, texts only of what is shown."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import duckdb

from phuluc.audit.report.model import Body, Document, Fact, Filled, Finding, Group, Member, Milestone, Task
from phuluc.audit.report.wording import alphabetical
from phuluc.exits import UsageError
from phuluc.language import say
from phuluc.warehouse.shape import create_table, literal
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from phuluc.audit.report.model import DueKind
    from schemas.review import Severity

_NATIONAL = ("bo.", "cp", "ttg", "qh")
"""Classes of which there is one in the country; of any other an unknown place may be any place."""

_READ = """status <> 'failed' AND status <> 'duplicate'"""
_ORDER_OF_SEVERITY = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
_DUES = """
SELECT task_id,
    max(end_date) FILTER (recurrence IS NULL) AS due,
    bool_and(coalesce("precision" = 'year', false)) FILTER (end_date IS NOT NULL) AS whole_year,
    min(CASE
        WHEN end_date IS NOT NULL AND recurrence IS NULL THEN 0
        WHEN type = 'recurring' OR recurrence IS NOT NULL THEN 1
        WHEN type = 'continuous' THEN 2 WHEN type = 'relative' THEN 3 WHEN type = 'by_reference' THEN 4
        WHEN status = 'unparsed' THEN 5 ELSE 6 END) AS kind
FROM deadlines GROUP BY task_id
"""
_LEADS = """
SELECT task_id,
    arg_min(coalesce(class_id, lower(text)), part_index) AS lead,
    string_agg(DISTINCT coalesce(canonical_name, text), '; ' ORDER BY coalesce(canonical_name, text)) AS name
FROM units WHERE role = 'lead' GROUP BY task_id
"""
_KINDS: tuple[DueKind, ...] = (
    "date", "recurring", "continuous", "relative", "by_reference", "unparsed", "none",
)  # fmt: skip


class Tables:
    """The tables of one output folder; raises UsageError where it holds none."""

    def __init__(self, out: Path) -> None:
        if not any((out / "documents").glob("**/*.parquet")):
            raise UsageError(say("not_an_output", out=out))
        self._duck = duckdb.connect()
        self._duck.execute("SET enable_progress_bar = false")
        for name in TABLES:
            self._view(out, name)
        self.documents, self.bodies = self._documents()
        self.place_of = {document.doc_id: place for place, document in enumerate(self.documents)}

    def close(self) -> None:
        """Let the files go."""
        self._duck.close()

    def _view(self, out: Path, name: str) -> None:
        paths = [literal(str(path)) for path in sorted((out / name).glob("**/*.parquet"))]
        if paths:
            files = f"read_parquet([{', '.join(paths)}], hive_partitioning = false)"
            self._duck.execute(f"CREATE VIEW {name} AS FROM {files}")
            return
        self._duck.execute(create_table(name, "duckdb", keyed=False))

    def _ask(self, query: str, values: object = None) -> list[tuple[Any, ...]]:
        return self._duck.execute(query, values).fetchall()

    def _documents(self) -> tuple[list[Document], list[Body]]:
        """Give every document that was read once, in order of its path, and the bodies that issued them."""
        rows = self._ask(
            "SELECT doc_id, source_path, source_format, status, symbol, title, issuer, issuer_class_id, "
            "province_name, period_start_year, period_end_year, issue_date, issue_year, task_count "
            f"FROM documents WHERE {_READ} "
            "QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY source_path) = 1 ORDER BY source_path"
        )
        keys = [_body(*row[6:9], path=row[1]) for row in rows]
        bodies = sorted(set(keys), key=lambda body: [alphabetical(each or "") for each in body])
        places = {body: place for place, body in enumerate(bodies)}
        documents = [
            Document._make([*row[:6], places[key], *_period(row[9], row[10], row[12]), row[11], row[13]])
            for row, key in zip(rows, keys, strict=True)
        ]
        return documents, bodies

    def unread(self) -> int:
        """Count the inputs that could not be read."""
        return int(self._ask("SELECT count(*) FROM documents WHERE status = 'failed'")[0][0])

    def filled(self) -> dict[int, Filled]:
        """Count by document what its tasks say; headings whose work is in their children are left out."""
        rows = self._ask(
            f"SELECT doc_id, count(*), count(nullif(lead, '')), count(*) FILTER (kind < 5), "
            f"count(nullif(product, '')) FROM tasks LEFT JOIN ({_DUES}) USING (task_id) "
            "WHERE source <> 'prose' AND NOT has_children GROUP BY doc_id"
        )
        return {self.place_of[row[0]]: Filled(*row[1:]) for row in rows if row[0] in self.place_of}

    def milestones(self) -> list[Milestone]:
        """Count deadlines by body, year and month of their last day."""
        counts: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        for doc_id, year, month, count in self._ask(
            "SELECT doc_id, year(end_date), CASE WHEN \"precision\" = 'year' THEN 0 ELSE month(end_date) END, "
            "count(*) FROM deadlines WHERE end_date IS NOT NULL AND recurrence IS NULL GROUP BY ALL"
        ):
            if doc_id in self.place_of:
                counts[self.documents[self.place_of[doc_id]].body, year, month] += count
        return [Milestone(*key, count) for key, count in sorted(counts.items())]

    def due_kinds(self) -> dict[DueKind, int]:
        """Count tasks by the kind of their deadline."""
        rows = self._ask(f"SELECT kind, count(*) FROM ({_DUES}) GROUP BY kind ORDER BY kind")
        return {_KINDS[kind]: count for kind, count in rows}

    def groups(self) -> list[Group]:
        """Give every group of like tasks with what is compared of each member, in order of size and id."""
        rows = self._ask(
            "SELECT g.group_id, g.theme, g.task_id, g.doc_id, g.score, g.representative, u.lead, u.name, "
            f"t.product, d.kind, d.due, d.whole_year FROM task_groups g JOIN tasks t USING (task_id) "
            f"LEFT JOIN ({_LEADS}) u USING (task_id) LEFT JOIN ({_DUES}) d USING (task_id) "
            "ORDER BY g.group_id, t.doc_id, t.task_index"
        )
        members: defaultdict[tuple[str, str | None], list[Member]] = defaultdict(list)
        for (
            group_id,
            theme,
            task_id,
            doc_id,
            score,
            representative,
            lead,
            name,
            product,
            kind,
            due,
            whole,
        ) in rows:
            if doc_id not in self.place_of:
                continue
            fact = Fact(
                task_id, self.place_of[doc_id], lead, name, _folded(product),
                _KINDS[6 if kind is None else kind], due, bool(whole),
            )  # fmt: skip
            members[group_id, theme].append(Member(fact, score, representative))
        groups = [Group(*key, tuple(sorted(found, key=self._side_by_side))) for key, found in members.items()]
        return sorted(groups, key=lambda group: (-len({m.fact.doc for m in group.members}), group.group_id))

    def _side_by_side(self, member: Member) -> tuple[bool, int, int, int]:
        """Order members: the representative first, then by body and year, so that what changed stands together."""
        document = self.documents[member.fact.doc]
        return (not member.representative, document.body, document.year or 0, member.fact.doc)

    def finding_counts(self) -> list[tuple[str, Severity, int | None, int]]:
        """Give (rule, severity, document, number) of all findings, of which the page may not hold every one."""
        rows = self._ask(
            "SELECT rule, severity, doc_id, count(*) FROM findings GROUP BY rule, severity, doc_id "
            f"ORDER BY {_ORDER_OF_SEVERITY}, rule, doc_id"
        )
        return [(rule, severity, self.place_of.get(doc_id), count) for rule, severity, doc_id, count in rows]

    def findings(self, most: int | None = None) -> Iterator[Finding]:
        """Give findings, the gravest first; within a severity in order of rule, file and place in it."""
        limit = "" if most is None else f"LIMIT {most}"
        asked = self._duck.cursor().execute(
            "SELECT f.finding_id, f.rule, f.severity, f.doc_id, f.task_id, f.related_ids, f.message, "
            "f.evidence.file, f.evidence.page, f.evidence.text FROM findings f LEFT JOIN tasks t USING (task_id) "
            f"ORDER BY {_ORDER_OF_SEVERITY}, f.rule, f.evidence.file, coalesce(f.evidence.page, t.page), "
            f"t.task_index, f.finding_id {limit}"
        )
        while rows := asked.fetchmany(5_000):
            for row in rows:
                yield Finding._make(
                    [*row[:3], self.place_of.get(row[3]), row[4], tuple(row[5] or ()), *row[6:]]
                )

    def tasks(self, wanted: Iterable[str]) -> dict[str, Task]:
        """Give the texts of tasks by id."""
        self._want(wanted)
        rows = self._ask(
            "SELECT task_id, doc_id, page, stt, concat_ws(' ', section_label, section_title), "
            "concat_ws(chr(10), task, activity), product, lead, support, deadline "
            "FROM tasks WHERE task_id IN (FROM wanted) ORDER BY doc_id, task_index"
        )
        return {
            row[0]: Task(row[0], self.place_of[row[1]], *(value or None for value in row[2:]))
            for row in rows
            if row[1] in self.place_of
        }

    def boxes(self, wanted: Iterable[str]) -> dict[str, tuple[int, tuple[float, float, float, float]]]:
        """Give page and box (x0, top, x1, bottom in points) of the rows of tasks, where there are any."""
        self._want(wanted)
        rows = self._ask(
            "SELECT task_id, r.page_first, r.bbox FROM tasks JOIN rows r USING (row_id) "
            "WHERE task_id IN (FROM wanted) AND r.bbox IS NOT NULL AND r.page_first IS NOT NULL"
        )
        return {task_id: (page, tuple(box)) for task_id, page, box in rows}

    def due_dates(self, most: int) -> tuple[int, list[tuple[str, int, int, int]]]:
        """Give the number of dated deadlines, and (task, year, month, day) of the first; day 0: in that year."""
        dated = (
            "(SELECT DISTINCT doc_id, task_id, end_date, \"precision\" = 'year' AS whole_year FROM deadlines "
            "WHERE end_date IS NOT NULL AND recurrence IS NULL)"
        )
        rows = self._ask(f"FROM {dated} ORDER BY end_date, doc_id, task_id, whole_year LIMIT {most}")
        return self._ask(f"SELECT count(*) FROM {dated}")[0][0], [
            (task_id, due.year, due.month, 0 if whole_year else due.day)
            for doc_id, task_id, due, whole_year in rows
            if doc_id in self.place_of
        ]

    def _want(self, ids: Iterable[str]) -> None:
        names = sorted(set(ids))
        self._duck.execute(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest($1::VARCHAR[]) AS task_id", [names]
        )


def _body(issuer: str | None, class_id: str | None, province: str | None, *, path: str) -> Body:
    if issuer is None:
        return Body(path)
    if province or (class_id or "").startswith(_NATIONAL):
        return Body(issuer, _short_place(province))
    return Body(issuer, file=path)


def _short_place(province: str | None) -> str | None:
    for kind in ("Tỉnh ", "Thành phố "):
        if province and province.startswith(kind):
            return province.removeprefix(kind)
    return province


def _period(first: int | None, last: int | None, issued: int | None) -> tuple[int | None, int | None]:
    """Give the years of a plan; one without a period ("Phân công nhiệm vụ …") belongs to the year of its date."""
    if first is None:
        return issued, issued
    return first, last if last is not None else first


def _folded(text: str | None) -> str | None:
    """Give a text as it is compared: without case, marks of lists and ends of sentences."""
    words = (text or "").casefold().replace("-", " ").replace(";", " ").replace(".", " ").split()
    return " ".join(words) or None
