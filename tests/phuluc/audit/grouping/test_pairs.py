"""What makes two rows the same piece of work: pairs with the reason each is judged as it is."""

import pytest

from phuluc.audit.grouping import GroupingSettings, TaskText, explain

THRESHOLD = GroupingSettings().threshold


def task(text, product=None, **more):
    return TaskText("id", "doc", text, product=product, **more)


SAME = [
    # year, verb, abbreviation, named body
    (
        "Xây dựng Kế hoạch CCHC năm 2021",
        "Ban hành kế hoạch cải cách hành chính 2020 của Sở Khoa học và Công nghệ",
    ),
    ("Kiểm tra CCHC năm 2021", "Xây dựng kế hoạch kiểm tra công tác CCHC năm 2020"),  # one row in either plan
    ("Hoà giải ở cơ sở", "Nâng cao chất lượng công tác hòa giải ở cơ sở"),  # two spellings of one tone
    ("Kế hoạch KSTTHC", "Ban hành kế hoạch kiểm soát thủ tục hành chính trên địa bàn huyện Tuy Phước"),
    ("Tổ chức thi tuyển công chức", "Thực hiện tuyển dụng công chức, viên chức đúng quy định"),
    ("Áp dụng ISO 9001:2015", "Duy trì hệ thống quản lý chất lượng theo TCVN ISO 9001"),
    ("Đo lường sự hài lòng (SIPAS)", "Lấy phiếu khảo sát mức độ hài lòng của người dân"),
    ("Tiếp nhận hồ sơ qua dịch vụ BCCI", "Trả kết quả qua dịch vụ bưu chính công ích"),
    ("Củng cố, kiện toàn BCĐ VSATTP", "Kiện toàn Ban Chỉ đạo liên ngành về an toàn thực phẩm các cấp"),
    ("Niêm yết TTHC tại Bộ phận Một cửa", "Công khai thủ tục hành chính trên Trang thông tin điện tử"),
    # words no lexicon knows
    (
        "Xây dựng mô hình Tổ liên gia an toàn PCCC",
        'Nhân rộng mô hình "Tổ liên gia an toàn phòng cháy, chữa cháy"',
    ),
    ("Xác định, phê duyệt hồ sơ đề xuất cấp độ", "Lập hồ sơ đề xuất cấp độ bảo đảm an toàn thông tin"),
]

NOT_THE_SAME = [
    ("Kế hoạch kiểm tra CCHC", "Kế hoạch CCHC"),  # to inspect and to do
    ("Báo cáo CCHC năm 2021", "Kế hoạch CCHC năm 2021"),  # what was and what is to come
    ("Ban hành kế hoạch tuyên truyền CCHC", "Thực hiện tuyên truyền CCHC"),  # plans have a row for each
    ("Tuyên truyền về chuyển đổi số", "Tuyên truyền về phòng, chống tham nhũng"),  # one function, two fields
    ("Tập huấn kỹ năng số", "Tập huấn kỹ năng hòa giải"),
    ("Công bố danh mục TTHC", "Niêm yết TTHC tại Bộ phận Một cửa"),  # two steps of Decree 63/2010/NĐ-CP
    ("Phát động thi đua đẩy mạnh CCHC", "Ban hành Kế hoạch CCHC"),
    ("Diễn tập ứng cứu sự cố an toàn thông tin", "Bảo đảm an toàn thông tin"),  # a thing of its own
    ("Rà soát văn bản quy phạm pháp luật", "Tham mưu ban hành văn bản quy phạm pháp luật"),
    ("Kế hoạch an toàn thực phẩm", "Kiện toàn Ban Chỉ đạo an toàn thực phẩm"),
    ("Xây dựng cơ sở dữ liệu ngành du lịch", "Xây dựng cơ sở dữ liệu đất đai"),
    ("Cử công chức đi đào tạo, bồi dưỡng", "Tập huấn nghiệp vụ kiểm soát TTHC cho cán bộ đầu mối"),
    ("Đào tạo kỹ thuật viên", "Bồi dưỡng công chức"),  # the same is done, to others
    ("Giám sát việc thực hiện Chỉ thị số 05-CT/TW", "Lắp đặt hệ thống camera giám sát"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same(left, right):
    assert explain(task(left), task(right)).score >= THRESHOLD


@pytest.mark.parametrize(("left", "right"), NOT_THE_SAME)
def test_not_the_same(left, right):
    assert explain(task(left), task(right)).score < THRESHOLD


def test_the_product_says_what_a_vague_row_leaves_out():
    vague = task("Thực hiện Chỉ thị số 23/CT-UBND", "Báo cáo kết quả kiểm tra kỷ luật kỷ cương hành chính")
    assert explain(vague, task("Tăng cường kỷ luật, kỷ cương hành chính")).score >= THRESHOLD


def test_the_title_says_of_what_a_bare_report_is():
    bare = task("Báo cáo định kỳ", "Báo cáo", title="Kế hoạch phòng, chống tham nhũng năm 2023")
    assert explain(bare, task("Báo cáo công tác PCTN quý, năm")).score >= THRESHOLD
    assert explain(bare, task("Báo cáo công tác CCHC quý, năm")).score < THRESHOLD


def test_the_parent_says_of_what_its_child_is():
    child = task(
        "Kiểm tra việc thực hiện", parent="Kiểm soát thủ tục hành chính", title="Kế hoạch CCHC năm 2023"
    )
    assert explain(child, task("Kiểm tra công tác kiểm soát TTHC")).score >= THRESHOLD


def test_an_activity_stands_before_its_task():
    row = task(
        "Tổ chức triển khai các Chương trình, Kế hoạch CCHC", activity="Ban hành Kế hoạch kiểm tra CCHC"
    )
    assert explain(row, task("Kiểm tra công tác CCHC")).score >= THRESHOLD


def test_the_score_is_symmetric():
    for left, right in SAME + NOT_THE_SAME:
        a, b = task(left), task(right)
        assert explain(a, b).score == explain(b, a).score


def test_the_reason_is_a_sentence():
    reason = explain(
        task("Kiểm tra CCHC tại các đơn vị trực thuộc"),
        task("Kế hoạch kiểm tra công tác cải cách hành chính, kỷ luật, kỷ cương"),
    )
    assert reason.text("vi") == (
        "Độ giống 0,76. cùng việc: kiểm tra; từ chung: cải cách hành chính 0,70; "
        "chỉ bên thứ hai: kỷ luật, kỷ cương 1,00; một bên là kế hoạch cho việc ấy"
    )
    assert reason.text("en") == (
        "Likeness 0.76. same action: inspect; shared: cải cách hành chính 0.70; "
        "only the second: kỷ luật, kỷ cương 1.00; one side is the plan for it"
    )


def test_rows_without_words_are_like_nothing():
    assert explain(task("-"), task("Kiểm tra CCHC")).score == 0
