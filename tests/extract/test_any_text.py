"""Whatever stands in a file, the frame and prose readers give a result, and only what stands there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.citations import cite
from extract.issuer import issuer_of
from extract.letterhead import Letterhead, read_letterhead
from extract.prose import find_prose_tasks
from extract.targets import find_targets
from tests.extract.frames import document, table

# Pieces that letterheads, plans and notices are made of, in any order, torn anywhere.
PIECES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND", "Số: /QĐ-", "ngày",
    "tháng 5",
    "năm 2024", "Hà Nội, ngày 5 tháng 3 năm 2024", "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Căn cứ Luật số 65/2020/QH14;",
    "Nơi nhận:",
    "- Lưu: VT;", "GIÁM ĐỐC", "KT.", "Nguyễn Văn An", "(Kèm theo Kế hoạch số 1/KH-X ngày 1/2/2024",
    "của Sở Y tế)", "Phụ lục",
    "I.", "1. Giao Sở Y tế:", "a) Rà soát trước ngày 30/6.", "- Đến năm 2025:", "+ 100% hồ sơ", "đạt từ",
    "trở lên", "%", "…", "/",
    "\n", "V/v", "ỦY BAN NHÂN DÂN", "TỈNH", "*", "-----", "phối hợp với", "chịu trách nhiệm", ":", ",", ".",
    "31/02/2020",
]  # fmt: skip
text = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=6)
    .map(" ".join)
    .filter(str.strip)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(text, max_size=8), st.lists(text, max_size=4))
def test_no_text_is_too_strange(paragraphs: list[str], cells: list[str]) -> None:
    drawn = document(*paragraphs, table(tuple(cells) or ("",)))
    said = "\n".join([*paragraphs, *cells])
    letterhead = read_letterhead(drawn)
    issuer_of(letterhead, drawn)
    for value in (letterhead.number, letterhead.place, letterhead.signer_name):
        assert value is None or all(word in said for word in value.split())
    for found in cite(drawn):
        assert "".join(found.citation.text.split()) in "".join(said.split())
    for doc_type in ("KH", "TB", "BC", None):
        as_type = Letterhead(doc_type=doc_type)
        for target in find_targets(drawn, [], as_type):
            assert any(character.isdigit() for character in target.text)
        for task in find_prose_tasks(drawn, as_type):
            assert task.lead
            assert task.task
            for first, last in filter(None, (task.lead_span, task.support_span, *task.deadline_spans)):
                assert 0 <= first < last <= len(task.text)
