"""Output folders made up record by record: what the report is tried on, small and exact or large and plenty."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from phuluc.audit.rule import Rule, Words
from schemas.arrow import to_arrow
from schemas.document import DocumentRecord
from schemas.ids import stable_id
from schemas.layout import RowRecord
from schemas.review import Evidence, FindingRecord, TaskGroupRecord
from schemas.work import DeadlineRecord, TaskRecord, UnitRecord

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class MadeUp:
    """An output folder in the making; every method gives the id of what it adds."""

    tables: dict[str, list[object]] = field(
        default_factory=lambda: {
            name: []
            for name in (
                "documents",
                "tasks",
                "deadlines",
                "units",
                "rows",
                "findings",
                "task_groups",
            )
        }
    )

    def document(self, name: str, **values: object) -> str:
        doc_id = str(values.pop("doc_id", stable_id("", "document", name) * 2))
        year = values.pop("year", 2021)
        given: dict[str, object] = {
            "source_path": name,
            "source_format": "text",
            "byte_size": 1,
            "status": "ok",
            "symbol": f"{len(self.tables['documents']) + 1}/KH-SKHCN",
            "issuer": "Sở Khoa học và Công nghệ",
            "issuer_class_id": "so.skhcn",
            "period_start_year": year,
            "period_end_year": year,
            "converter_version": "1.1",
        } | values
        self.tables["documents"].append(DocumentRecord(doc_id=doc_id, **given))
        return doc_id

    def task(self, doc_id: str, text: str, **values: object) -> str:
        """Add a task; `due` a date or None, `lead` one unit, `box` its place on page 1."""
        index = sum(each.doc_id == doc_id for each in self.tables["tasks"][-400:])
        task_id = stable_id(doc_id, "task", index)
        due, box = values.pop("due", None), values.pop("box", None)
        given: dict[str, object] = {
            "lead": "Văn phòng",
            "product": "Báo cáo",
            "source": "table",
            "deadline": f"Trước {due:%d/%m/%Y}" if isinstance(due, dt.date) else None,
        } | values
        row_id = stable_id(doc_id, "row", index) if box else None
        self.tables["tasks"].append(
            TaskRecord(
                task_id=task_id,
                doc_id=doc_id,
                row_id=row_id,
                task_index=index,
                task=text,
                confidence=1,
                **given,
            )
        )
        if box:
            self.tables["rows"].append(
                RowRecord(
                    row_id=row_id,
                    doc_id=doc_id,
                    table_id="t",
                    row_index=index,
                    page_first=1,
                    bbox=box,
                    cells=[text],
                    row_kind="body",
                )
            )
        self._deadline(task_id, doc_id, due, given["deadline"])
        if given["lead"]:
            self._unit(task_id, doc_id, str(given["lead"]))
        self.tables["documents"][-1].task_count += 1
        return task_id

    def _deadline(self, task_id: str, doc_id: str, due: object, text: object) -> None:
        dated = {"type": "date", "start_date": due, "end_date": due, "precision": "day", "status": "ok"}
        none = {"type": "none", "status": "no_deadline", "reason": "empty"}
        said = {"type": due, "status": "ok"} if isinstance(due, str) else dated if due else none
        self.tables["deadlines"].append(
            DeadlineRecord(
                deadline_id=stable_id(task_id, "deadline", 0),
                task_id=task_id,
                doc_id=doc_id,
                part_index=0,
                text=text,
                confidence=1,
                **said,
            )
        )

    def _unit(self, task_id: str, doc_id: str, name: str) -> None:
        self.tables["units"].append(
            UnitRecord(
                unit_mention_id=stable_id(task_id, "unit", 0),
                task_id=task_id,
                doc_id=doc_id,
                role="lead",
                part_index=0,
                text=name,
                start=0,
                end=len(name),
                kind="unit",
                class_id=f"sub.{len(name)}.{name[:4].casefold()}",
                canonical_name=name,
                basis="exact",
                confidence=1,
            )
        )

    def finding(self, rule: str, doc_id: str | None, task_id: str | None = None, **values: object) -> str:
        finding_id = stable_id(doc_id or "", "finding", len(self.tables["findings"]))
        given: dict[str, object] = {
            "severity": RULES[rule].severity if rule in RULES else "warning",
            "message": "Có điều cần xem lại.",
            "evidence": Evidence(file="a.txt", page=1, text="chỗ này"),
        } | values
        self.tables["findings"].append(
            FindingRecord(finding_id=finding_id, rule=rule, doc_id=doc_id, task_id=task_id, **given)
        )
        return finding_id

    def group(self, theme: str | None, *tasks: str) -> str:
        group_id = stable_id("", "group", *tasks)
        documents = {task.task_id: task.doc_id for task in self.tables["tasks"]}
        self.tables["task_groups"] += [
            TaskGroupRecord(
                group_id=group_id,
                task_id=task,
                doc_id=documents[task],
                theme=theme,
                score=1.0 if place == 0 else 0.8,
                representative=place == 0,
            )
            for place, task in enumerate(tasks)
        ]
        return group_id

    def write(self, out: Path) -> Path:
        for name, records in self.tables.items():
            (out / name).mkdir(parents=True, exist_ok=True)
            pq.write_table(to_arrow(name, records), out / name / "part-0000.parquet")
        return out


def _rule(name: str, severity: str, scope: str, vi: str, en: str) -> Rule:
    return Rule(
        id=name,
        severity=severity,
        scope=scope,
        family="made_up",
        title=Words(vi, en),
        why=Words(f"{vi} làm người đọc không biết theo đâu.", f"{en}: readers cannot tell."),
        example=Words("STT 33 đứng ở hai dòng.", "No. 33 stands in two rows."),
        messages={},
        check=lambda *_: [],
    )


RULES = {
    rule.id: rule
    for rule in (
        _rule("number_repeated", "error", "document", "Số thứ tự trùng lặp", "Number used twice"),
        _rule("no_deadline", "warning", "document", "Nhiệm vụ không có thời hạn", "Task without a deadline"),
        _rule("unexplained", "info", "document", "Từ viết tắt chưa giải thích", "Abbreviation not explained"),
        _rule("dates_differ", "error", "documents", "Một văn bản, hai ngày", "One act, two dates"),
    )
}
THEMES = {
    "procedures": Words("Thủ tục hành chính", "Administrative procedures"),
    "staff": Words("Cán bộ, công chức", "Civil servants"),
    "digital": Words("Chính quyền số", "Digital government"),
    "finance": Words("Tài chính công", "Public finance"),
}
_PROVINCES = (
    "Tiền Giang", "Quảng Trị", "Bình Định", "An Giang", "Đắk Lắk", "Nghệ An", "Ninh Bình", "Lào Cai",
    "Thừa Thiên Huế", "Bà Rịa - Vũng Tàu",
)  # fmt: skip
_WORK = ("Rà soát", "Xây dựng", "Kiểm tra", "Tổng hợp", "Công khai", "Số hóa", "Đánh giá", "Báo cáo")
_ON = (
    "thủ tục hành chính thuộc phạm vi quản lý", "chất lượng đội ngũ cán bộ, công chức, viên chức",
    "kết quả giải quyết hồ sơ qua dịch vụ công trực tuyến", "dự toán ngân sách và quyết toán hằng năm",
)  # fmt: skip
_LEADS = ("Văn phòng Sở", "Thanh tra Sở", "Phòng Kế hoạch - Tài chính")


def plenty(documents: int, findings: int, tasks_each: int = 12) -> MadeUp:
    """Make up a large corpus: plans of ten provinces over the years, a group for every task."""
    made, chance = MadeUp(), random.Random(5)  # noqa: S311 - a repeatable corpus, no secret
    of_text: dict[int, list[str]] = {}
    tasks: list[tuple[str, str, str]] = []
    for number in range(documents):
        province = _PROVINCES[number % len(_PROVINCES)]
        year = 2016 + number // len(_PROVINCES) % 10
        name = f"{number // 500:03}/ke-hoach-{number:05}.txt"
        doc_id = made.document(name, province_name=f"Tỉnh {province}", year=year)
        for index in range(tasks_each):
            about = chance.randrange(len(_WORK) * len(_ON))
            text = f"{_WORK[about % len(_WORK)]} {_ON[about // len(_WORK)]} năm {year} (lần {index + 1})"
            due = dt.date(year, chance.randint(1, 12), chance.randint(1, 28))
            task = made.task(doc_id, text, due=due, stt=str(index + 1), lead=chance.choice(_LEADS))
            tasks.append((task, doc_id, name))
            # No more than some twenty members a group, however large the corpus.
            of_text.setdefault(about + 100 * (number // 100), []).append(task)
    for about, members in sorted(of_text.items()):
        if len(members) > 1:
            made.group(list(THEMES)[about % 100 // len(_WORK)], *members)
    for _ in range(findings):
        task, doc_id, name = chance.choice(tasks)
        rule = chance.choice(list(RULES))
        message = (
            f"STT {chance.randint(1, 99)} được dùng cho hai nhiệm vụ trong mục “Cải cách thủ tục hành chính”."
        )
        evidence = Evidence(
            file=name, page=chance.randint(1, 9), text=f"{chance.choice(_WORK)} {chance.choice(_ON)}"
        )
        made.finding(rule, doc_id, task, message=message, evidence=evidence)
    return made
