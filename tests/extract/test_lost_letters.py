"""Letters that an earlier conversion lost: one problem for the document, a flag on each task they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.readers import read
from extract.tasks import task_rows
from extract.understand import understand_tables

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<meta charset="utf-8"><p>{paragraph}</p><table>
<tr><th>STT</th><th>Nhiệm vụ</th><th>Đơn vị chủ trì</th><th>Thời gian</th></tr>
<tr><td>1</td><td>Rà soát thủ tục</td><td>Văn phòng</td><td>Quý I</td></tr>
<tr><td>2</td><td>{task}</td><td>Thanh tra</td><td>Quý II</td></tr></table>"""


def flagged(path: Path, paragraph: str, task: str) -> tuple[list[str], list[bool]]:
    path.write_text(PAGE.format(paragraph=paragraph, task=task), encoding="utf-8")
    document = read(path)
    (table,) = understand_tables(document)
    return [problem.message for problem in document.problems if problem.code == "letters_lost"], [
        "letters_lost" in task.flags for task in task_rows(table)
    ]


def test_only_the_tasks_they_touch_are_flagged(tmp_path: Path) -> None:
    messages, flags = flagged(tmp_path / "a.html", "?y ban nhân dân", "Ki?m tra n?i b?")
    assert messages == ["an earlier conversion lost 3 letters; they stay as the file has them"]
    assert flags == [False, True]


def test_questions_are_no_damage(tmp_path: Path) -> None:
    assert flagged(tmp_path / "a.html", "Đã làm gì?", "Kiểm tra: ai, khi nào?") == ([], [False, False])
