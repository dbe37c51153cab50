"""How a cell is read: spelling, clauses, what is done, what it is done to."""

import pytest

from phuluc.audit.grouping import TaskText, theme_codes, theme_title
from phuluc.audit.grouping.clauses import clauses
from phuluc.audit.grouping.lexicon import WEIGHTS, data_rows, work_functions
from phuluc.audit.grouping.linkage import linked
from phuluc.audit.grouping.parts import parts_of
from phuluc.audit.grouping.reading import read
from phuluc.audit.grouping.spelling import spelt, syllables
from phuluc.audit.grouping.themes import section_theme


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("thuỷ", "thủy"),
        ("quí", "quý"),
        ("kĩ", "kỹ"),
        ("lí", "lý"),
        ("khoẻ", "khỏe"),
    ],
)
def test_spellings_of_one_word(one, other):
    assert spelt(one) == spelt(other)


@pytest.mark.parametrize("word", ["của", "mùa", "quà", "quý", "toàn", "thi", "đi"])
def test_words_with_one_spelling_stay(word):
    assert spelt(word) == word


def test_symbols_stay_whole_and_slashes_part_words():
    assert syllables("nhiệm vụ/sản phẩm theo Nghị định 61/2018/NĐ-CP") == [
        "nhiệm", "vụ", "sản", "phẩm", "theo", "nghị", "định", "61/2018/nđ-cp",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("- Ban hành kế hoạch.\n- Đạt 30% đơn vị.", ["Ban hành kế hoạch"]),  # a figure to reach is no work
        ("100% văn bản được ký số", ["100% văn bản được ký số"]),  # unless it is all there is
        ("Kế hoạch giai đoạn 2021 - 2025", ["Kế hoạch giai đoạn 2021 - 2025"]),  # a dash between years
        ("Sở Lao động - Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
        ("a) Kế hoạch; b) Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("Kế hoạch rà soát. - Báo cáo kết quả", ["Kế hoạch rà soát", "Báo cáo kết quả"]),
    ],
)
def test_clauses(cell, expected):
    assert clauses(cell) == expected


@pytest.mark.parametrize(
    ("text", "functions", "main"),
    [
        ("Xây dựng Kế hoạch kiểm tra CCHC", {"plan", "inspect"}, ["cải cách hành chính"]),
        (
            "Báo cáo sơ kết Chương trình giảm nghèo",
            {"report"},
            ["giảm nghèo"],
        ),  # of two papers, the first is made
        (
            "Rà soát, kiện toàn báo cáo viên pháp luật",
            set(),
            ["báo cáo viên pháp luật"],
        ),  # reviewing prepares
        ("Rà soát, đánh giá TTHC", {"review"}, ["thủ tục hành chính"]),
        ("Áp dụng ISO 9001:2015, thực hiện đánh giá nội bộ", set(), ["hệ thống quản lý chất lượng iso"]),
        ("Triển khai kê khai tài sản, thu nhập tại xã Cẩm Lý, huyện Lục Nam", set(), ["kê khai tài sản"]),
    ],
)
def test_what_is_done_and_to_what(text, functions, main):
    clause = read(text)
    assert (clause.functions, list(clause.main)) == (functions, main)


def test_after_a_joint_words_count_less():
    (part,) = parts_of(TaskText("a", "a", "Công khai thủ tục hành chính tại Bộ phận một cửa"))
    assert part.core["thủ tục hành chính"] > part.core["cơ chế một cửa"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công bố, công khai TTHC", 2),  # two steps
        ("Kiểm tra, rà soát văn bản quy phạm pháp luật", 1),  # one step
        ("Kế hoạch phòng, chống tham nhũng và THTK, CLP", 2),  # one plan for two fields
        ("Tinh giản biên chế, sắp xếp bộ máy", 2),
        ("Ban hành các kế hoạch: cải cách hành chính; kiểm soát TTHC", 2),  # the lead-in holds for both
        ("Ban hành văn bản chỉ đạo", 0),  # says nothing of what
    ],
)
def test_pieces_of_work(text, expected):
    assert len(parts_of(TaskText("a", "a", text))) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "kiểm tra hồ sơ, " * 20_000,
        "-" * 100_000,
        "a) " * 50_000,
        "🙂\u0000\u200b" * 9_000,
        "Công bố; " * 30_000,
    ],
)
def test_monstrous_cells_end(cell):
    assert len(parts_of(TaskText("a", "a", cell, product=cell, title=cell))) <= 8


def test_average_linkage_does_not_chain():
    # 0-1-2-3 are each near the next only: the ends are unlike.
    scores = {0: {1: 0.9}, 1: {0: 0.9, 2: 0.7}, 2: {1: 0.7, 3: 0.9}, 3: {2: 0.9}}
    assert linked([0, 1, 2, 3], scores, 0.6) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("CẢI CÁCH THỂ CHẾ", "institutions"),
        ("III. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "admin_procedures"),
        ("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC", "direction"),
        ("Hiện đại hoá nền hành chính", "digital_government"),
        ("Nội dung khác", None),
    ],
)
def test_sections_name_themes(title, theme):
    assert section_theme(title) == theme


def test_data_files_are_whole():
    themes = set(theme_codes())
    forms = [form for row in data_rows("lexicon.csv") for form in row["forms"].split("|")]
    assert {row["kind"] for row in data_rows("lexicon.csv")} <= WEIGHTS.keys() | {"stop", "verb"}
    assert {row["theme"] for row in data_rows("lexicon.csv")} <= themes | {""}
    assert sorted({form for form in forms if forms.count(form) > 1}) == []
    assert {side for row in data_rows("function_pairs.csv") for side in (row["left"], row["right"])} <= {
        row["code"] for row in data_rows("functions.csv")
    } | {""}
    assert all(
        row["source"]
        for name in ("lexicon", "functions", "themes", "abbreviations")
        for row in data_rows(f"{name}.csv")
    )
    assert all(row["plan_apart"] for row in data_rows("functions.csv") if row["code"] in work_functions())
    assert all(theme_title(code, lang) for code in themes for lang in ("vi", "en"))
