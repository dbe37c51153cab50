"""Work assigned in sentences: who, with whom, what, by when; and sentences that assign nothing."""

from __future__ import annotations

import pytest

from extract.assignments import read_assignment
from extract.letterhead import Letterhead
from extract.prose import ProseTask, find_prose_tasks
from tests.extract.frames import document, table

NOTICE = Letterhead(doc_type="TB")
PLAN = Letterhead(doc_type="KH")
DECISION = Letterhead(doc_type="QĐ")


def tasks(letterhead: Letterhead, *paragraphs: str) -> list[ProseTask]:
    """The assignments of plain paragraphs."""
    return find_prose_tasks(document(*paragraphs), letterhead)


Parts = tuple[str, str, str | None, list[str]]

# sentence, (lead, task, support, deadlines), why
SENTENCES: list[tuple[str, Parts, str]] = [
    (
        "Giao Văn phòng Sở: Theo dõi, đôn đốc, tổng hợp kết quả thực hiện.",
        ("Văn phòng Sở", "Theo dõi, đôn đốc, tổng hợp kết quả thực hiện", None, []),
        "giao, and a colon",
    ),
    (
        "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, các địa phương bố trí kinh phí, xong trước ngày 30/6/2024.",
        (
            "Sở Tài chính",
            "chủ trì, phối hợp với Sở Nội vụ, các địa phương bố trí kinh phí, xong trước ngày 30/6/2024",
            "Sở Nội vụ, các địa phương", ["trước ngày 30/6/2024"],
        ),
        "lead, support and deadline in one sentence",
    ),
    (
        "Các đơn vị trực thuộc gửi báo cáo quý 1 (trước ngày 26/02/2020), 6 tháng (trước ngày 26/5/2020) về Sở.",
        (
            "Các đơn vị trực thuộc",
            "gửi báo cáo quý 1 (trước ngày 26/02/2020), 6 tháng (trước ngày 26/5/2020) về Sở", None,
            ["báo cáo quý 1 (trước ngày 26/02/2020), 6 tháng (trước ngày 26/5/2020)"],
        ),
        "several deadlines with their labels stay one text",
    ),
    (
        "Chánh Văn phòng Sở, Trưởng các phòng chịu trách nhiệm thi hành Quyết định này./.",
        ("Chánh Văn phòng Sở, Trưởng các phòng", "thi hành Quyết định này", None, []),
        "the last article of a decision",
    ),
    (
        "Trưởng các phòng chịu trách nhiệm trước Lãnh đạo Sở về toàn bộ công việc.",
        ("Trưởng các phòng", "chịu trách nhiệm trước Lãnh đạo Sở về toàn bộ công việc", None, []),
        "before somebody is no deadline",
    ),
    (
        "Trong quá trình thực hiện Thủ trưởng các địa phương chủ động phối hợp với Sở Tài chính để kịp thời tháo gỡ.",
        ("Thủ trưởng các địa phương", "chủ động phối hợp với Sở Tài chính để kịp thời tháo gỡ", "Sở Tài chính", []),
        "an opening whose comma was forgotten",
    ),
    (
        "UBND huyện Trà Bồng tiếp tục thực hiện Kết luận số 184/KL-TTr ngày 06/9/2024; báo cáo trước 30/11/2024.",
        (
            "UBND huyện Trà Bồng",
            "tiếp tục thực hiện Kết luận số 184/KL-TTr ngày 06/9/2024; báo cáo trước 30/11/2024", None,
            ["trước 30/11/2024"],
        ),
        "the date of a document is no deadline",
    ),
    (
        "Để tổng hợp, Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo kết quả trước 14 giờ, ngày 05/12/2017.",
        ("các cơ quan, đơn vị", "báo cáo kết quả trước 14 giờ, ngày 05/12/2017", None,
        ["trước 14 giờ, ngày 05/12/2017"]),
        "an office tells others; a deadline with an hour",
    ),
    (
        "Yêu cầu Ban Chỉ đạo, các Cơ quan chủ trì dự án, các Chủ đầu tư khẩn trương rà soát hồ sơ.",
        ("Ban Chỉ đạo, các Cơ quan chủ trì dự án, các Chủ đầu tư", "khẩn trương rà soát hồ sơ", None, []),
        "verbs inside names",
    ),
    (
        "Các chi bộ, đảng bộ trực thuộc xây dựng kế hoạch thực hiện, báo cáo trước ngày 28/02/2023.",
        ("Các chi bộ, đảng bộ trực thuộc", "xây dựng kế hoạch thực hiện, báo cáo trước ngày 28/02/2023", None,
        ["trước ngày 28/02/2023"]),
        "bodies of the Party in small letters",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected", "why"), SENTENCES, ids=[why for *_, why in SENTENCES])
def test_assignment(sentence: str, expected: Parts, why: str) -> None:
    found = read_assignment(sentence)
    assert found is not None, why
    lead, task, support, deadlines = expected
    assert sentence[slice(*found.lead)] == lead, why
    assert sentence[slice(*found.task)] == task, why
    assert (sentence[slice(*found.support)] if found.support else None) == support, why
    assert [sentence[slice(*span)] for span in found.deadlines] == deadlines, why


@pytest.mark.parametrize(
    ("letterhead", "paragraphs", "why"),
    [
        (PLAN, ("III. NHIỆM VỤ", "- Đẩy mạnh công tác tuyên truyền trước ngày 30/6."), "nobody is named"),
        (
            PLAN,
            ("III. NHIỆM VỤ", "- Tổ chức kiểm tra các đơn vị trực thuộc."),
            "Tổ chức is a verb, not a team (Tổ)",
        ),
        (
            PLAN,
            ("III. NHIỆM VỤ", "- Báo cáo sơ kết kế hoạch. - Ban hành quy chế."),
            "nor is Báo cáo a newspaper",
        ),
        (
            PLAN,
            ("Sở Nội vụ xây dựng kế hoạch năm 2020, cụ thể như sau:", "I. MỤC TIÊU"),
            "the issuer presents its plan",
        ),
        (PLAN, ("III. TỔ CHỨC", "+ Cơ quan thực hiện: Các phòng, đơn vị."), "a part in the work, no order"),
        (
            PLAN,
            ("III. NHIỆM VỤ", "- Theo phân công, Sở Y tế đề nghị UBND tỉnh phê duyệt đề án."),
            "a request to those above",
        ),
        (PLAN, ("III. NHIỆM VỤ", "- Hoàn thành nhiệm vụ được giao các năm trước."), "giao in the passive"),
        (NOTICE, ("I. Đánh giá chung", "UBND tỉnh xác định chương trình rất quan trọng."), "an assessment"),
        (Letterhead(doc_type="BC"), ("II. KẾT QUẢ", "Các đơn vị tích cực triển khai nhiệm vụ."), "a report"),
        (Letterhead(), ("1. Sở Tài chính bố trí kinh phí.",), "a document of unknown type"),
        (
            NOTICE,
            ("1. Họp.", "Nơi nhận:", "- Các sở, ngành: Tài chính thực hiện;", "- Lưu: VT."),
            "recipients",
        ),
    ],
)
def test_nobody_is_told(letterhead: Letterhead, paragraphs: tuple[str, ...], why: str) -> None:
    assert tasks(letterhead, *paragraphs) == [], why


def test_a_line_with_a_colon_names_somebody_for_the_items_below() -> None:
    found = tasks(
        NOTICE,
        "II. Nhiệm vụ",
        "2. Giao Sở Lao động - Thương binh và Xã hội, Ban Dân tộc tỉnh theo chức năng, nhiệm vụ chịu trách nhiệm:",
        "a) Chủ động kiểm tra, đôn đốc.",
        "b) Phối hợp với các địa phương để kịp thời hướng dẫn.",
        "3. Sở Tài chính tích cực hướng dẫn các đơn vị.",
    )
    both = "Sở Lao động - Thương binh và Xã hội, Ban Dân tộc tỉnh"
    assert [(t.lead, t.task, t.support) for t in found] == [
        (both, "Chủ động kiểm tra, đôn đốc", None),
        (both, "Phối hợp với các địa phương để kịp thời hướng dẫn", "các địa phương"),
        ("Sở Tài chính", "tích cực hướng dẫn các đơn vị", None),
    ]


def test_a_line_with_work_of_its_own_is_the_parent_of_its_items() -> None:
    found = tasks(
        NOTICE,
        "1. Yêu cầu Thủ trưởng các cơ quan khẩn trương rà soát, giải ngân vốn được giao; trong đó lưu ý:",
        "a) Thực hiện Chỉ thị số 01/CT-UBND ngày 03/01/2024.",
        "b) Tăng cường kỷ luật.",
    )
    assert [(t.parent, t.has_children) for t in found] == [(None, True), (0, False), (0, False)]
    assert {t.lead for t in found} == {"Thủ trưởng các cơ quan"}


def test_a_heading_that_is_a_name_leads_its_bullets() -> None:
    found = tasks(
        DECISION,
        "V. TỔ CHỨC THỰC HIỆN",
        "3. Văn phòng Sở.",
        "- Hướng dẫn các phòng xây dựng kế hoạch hàng năm.",
        "- Định kỳ hàng quý, 6 tháng báo cáo Lãnh đạo Sở.",
        "- Thanh tra Sở có trách nhiệm kiểm tra.",
    )
    assert [(t.lead, t.deadline) for t in found] == [
        ("Văn phòng Sở", None),
        ("Văn phòng Sở", "Định kỳ hàng quý, 6 tháng"),
        ("Thanh tra Sở", None),
    ]


def test_who_directs_others_is_told_himself() -> None:
    found = tasks(
        DECISION,
        "II. PHÂN CÔNG TRÁCH NHIỆM",
        "1. Công an tỉnh",
        "- Chỉ đạo Công an các huyện, thành phố nắm tình hình, giải quyết kịp thời các vụ việc.",
    )
    assert [task.lead for task in found] == ["Công an tỉnh"]


def test_the_closing_words_of_a_notice_tell_nobody_to_do_anything() -> None:
    assert not tasks(NOTICE, "Văn phòng UBND tỉnh thông báo để các sở, ngành, địa phương biết, thực hiện./.")


def test_spans_point_into_the_text() -> None:
    (found,) = tasks(NOTICE, "1. Sở Y tế báo cáo UBND tỉnh trước ngày 07/11/2024.")
    assert found.lead_span is not None
    assert found.text[slice(*found.lead_span)] == "Sở Y tế"
    assert [found.text[slice(*span)] for span in found.deadline_spans] == ["trước ngày 07/11/2024"]


def test_a_sentence_cut_by_a_page_is_one_task() -> None:
    """A reader of pages gives two paragraphs; the second begins with a small letter."""
    (found,) = tasks(
        NOTICE, "1. Sở Y tế khẩn trương rà soát các quy định về chuyên", "môn của các cơ sở khám bệnh."
    )
    assert found.task == "khẩn trương rà soát các quy định về chuyên môn của các cơ sở khám bệnh"


def test_signature_tables_hold_no_tasks() -> None:
    signed = document("1. Sở Y tế rà soát.", table(("Nơi nhận:\n- Sở Y tế thực hiện;", "GIÁM ĐỐC")))
    assert [t.lead for t in find_prose_tasks(signed, NOTICE)] == ["Sở Y tế"]
