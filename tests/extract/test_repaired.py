"""What recognition repaired is said of the task that holds it."""

from __future__ import annotations

from extract.document import Cell, Document, Table
from extract.tasks import task_rows
from extract.understand import understand_tables

HEAD = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian")
ROWS = (("1", "Kiểm tra", "Thanh tra Sở", "Quý II"), ("2", "Tổng kết", "Văn phòng Sở", "Quý IV"))


def test_a_repaired_cell_flags_its_task_and_lowers_its_confidence() -> None:
    cells = [Cell(0, column, text) for column, text in enumerate(HEAD)]
    for number, row in enumerate(ROWS, 1):
        cells += [Cell(number, column, text, confidence=0.9) for column, text in enumerate(row)]
    cells[-1] = cells[-1]._replace(repaired=True, confidence=0.7)
    (table,) = understand_tables(Document("image", (Table(tuple(cells), 3, 4, "ocr", page=1),)))
    first, second = task_rows(table)
    assert "ocr_repaired" not in first.flags
    assert "ocr_repaired" in second.flags
    assert (first.confidence, second.confidence) == (0.9, 0.7)
