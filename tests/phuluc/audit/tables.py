"""Documents as records, for rules that look at many: only what a rule reads, the rest as convert writes it."""

from __future__ import annotations

from phuluc.audit.dossier import Dossier
from schemas.document import DocumentRecord
from schemas.layout import TableRecord
from schemas.work import TaskRecord

HEADINGS = {
    "stt": "STT",
    "task": "Nhiệm vụ",
    "lead": "Chủ trì",
    "deadline": "Thời hạn",
    "funding": "Kinh phí",
}


def document(name, **values):
    given = {"doc_type": "KH", "title": f"Kế hoạch {name}", "status": "ok"} | values
    return DocumentRecord(
        doc_id=name.ljust(64, "0"),
        source_path=f"{name}.html",
        byte_size=1,
        converter_version="test",
        **given,
    )


def dossier(name, tasks=(), columns=("stt", "task"), **values):
    """Make a plan with one table; `tasks` are dicts of columns."""
    doc = document(name, **values)
    table = TableRecord(
        table_id=f"{name}-t",
        doc_id=doc.doc_id,
        table_index=0,
        kind="task",
        header=[HEADINGS[column] for column in columns],
        column_roles=list(columns),
        row_count=len(tasks) + 1,
        column_count=len(columns),
        method="markup",
        confidence=1.0,
    )
    records = [
        TaskRecord(
            task_id=f"{name}-{index}",
            doc_id=doc.doc_id,
            table_id=table.table_id,
            task_index=index,
            source="table",
            confidence=1.0,
            **task,
        )
        for index, task in enumerate(tasks)
    ]
    return Dossier(doc, tables=[table] if tasks else [], tasks=records)
