"""Records become Arrow whole columns at a time, and what breaks its model is named."""

import datetime as dt

import pytest

from schemas.arrow import to_arrow
from schemas.columnar import RecordError
from schemas.content import IndicatorRecord
from schemas.document import DocumentRecord, ErrorEntry
from schemas.ids import stable_id
from schemas.review import Evidence, FindingRecord
from schemas.tables import TABLES
from schemas.work import TaskRecord


def document(**values):
    base = {"doc_id": "d", "source_path": "a.pdf", "byte_size": 1, "status": "ok", "converter_version": "1"}
    return DocumentRecord(**(base | values))


def task(**values):
    return TaskRecord(
        **({"task_id": "t", "doc_id": "d", "task_index": 0, "source": "table", "confidence": 1} | values)
    )


@pytest.mark.parametrize(
    ("table", "record", "expected"),
    [
        (
            "documents",
            document(errors=[ErrorEntry(code="timeout", message="m")], issue_date=dt.date(2020, 2, 29)),
            {
                "errors": [{"code": "timeout", "message": "m", "page": None}],
                "issue_date": dt.date(2020, 2, 29),
                "number": None,
            },
        ),
        (
            "tasks",
            task(extra={"Ghi chú 2": "x"}, flags=["joined_over_page"]),
            {"extra": [("Ghi chú 2", "x")]},
        ),
        (
            "indicators",
            IndicatorRecord(indicator_id="i", doc_id="d", value_text="2/3", value=2, denominator=3),
            {"value": 2.0, "row_path": []},
        ),
        (
            "findings",
            FindingRecord(
                finding_id="f",
                rule="r",
                severity="info",
                message="m",
                evidence=Evidence(file="a.pdf", page=2),
            ),
            {"evidence": {"file": "a.pdf", "page": 2, "text": None}},
        ),
    ],
)
def test_values_arrive_as_they_are(table, record, expected):
    (row,) = to_arrow(table, [record]).to_pylist()
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("table", TABLES)
def test_no_records_give_an_empty_table(table):
    empty = to_arrow(table, [])
    assert empty.num_rows == 0
    assert tuple(empty.column_names) == TABLES[table].column_names


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (document(status="good"), "documents.status.*good"),  # not in the code list
        (document(source_path=None), "documents.source_path.*null"),  # a column that may not be null
        (document(byte_size="many"), "documents.byte_size"),  # another type
        (document(issue_year=2**70), "documents.issue_year"),  # beyond 64 bits
    ],
)
def test_a_broken_record_names_its_column(record, said):
    with pytest.raises(RecordError, match=said):
        to_arrow("documents", [document(), record])


def test_half_a_character_becomes_a_replacement_character():
    # A PDF's broken character map gives lone surrogates, which no UTF-8 column can hold.
    record = task(task="Họp \ud83d báo", extra={"Ghi \udc00": "x"}, flags=["a\ud800"])
    (row,) = to_arrow("tasks", [record]).to_pylist()
    assert row["task"] == "Họp \ufffd báo"
    assert row["extra"] == [("Ghi \ufffd", "x")]
    assert row["flags"] == ["a\ufffd"]


def test_ids_depend_on_document_kind_and_position_alone():
    ids = [
        stable_id("a", "row", 1, 2),
        stable_id("a", "row", 12),
        stable_id("a", "row", 2, 1),
        stable_id("a", "task", 1, 2),
        stable_id("b", "row", 1, 2),
    ]
    assert len(set(ids)) == len(ids)
    assert stable_id("a", "row", 1, 2) == ids[0] == "c84ba79cb1e6d89c87aab025c1c4df77"
