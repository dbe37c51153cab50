"""What is read from an output folder."""

import datetime as dt

import pytest

from phuluc.audit.report.model import Body, Filled, Milestone
from phuluc.audit.report.reading import Tables
from phuluc.exits import UsageError
from tests.report.conftest import small
from tests.report.made_up import MadeUp


@pytest.fixture
def tables(out):
    tables = Tables(out)
    yield tables
    tables.close()


def test_bodies_of_one_name_in_unknown_places_are_not_taken_for_one(tables):
    assert tables.bodies == [
        Body("Sở Khoa học và Công nghệ", None, "khong-ro.txt"),
        Body("Sở Khoa học và Công nghệ", "Quảng Trị"),
        Body("Sở Khoa học và Công nghệ", "Tiền Giang"),
    ]
    assert [body.label for body in tables.bodies] == [
        "Sở Khoa học và Công nghệ (khong-ro.txt)",
        "Sở Khoa học và Công nghệ, Quảng Trị",
        "Sở Khoa học và Công nghệ, Tiền Giang",
    ]


@pytest.mark.parametrize(
    ("issuer", "class_id", "body", "why"),
    [
        ("Bộ Y tế", "bo.byt", Body("Bộ Y tế"), "there is one in the country"),
        ("Chính phủ", "cp", Body("Chính phủ"), "likewise"),
        (None, None, Body("a.txt"), "a document that names nobody stands for itself"),
    ],
)
def test_bodies_without_a_province(tmp_path, issuer, class_id, body, why):
    made = MadeUp()
    made.document("a.txt", issuer=issuer, issuer_class_id=class_id)
    assert Tables(made.write(tmp_path)).bodies == [body], why


def test_duplicates_stand_once_and_failures_are_counted(tmp_path):
    made = small()
    again = made.tables["documents"][0]
    made.document("again.txt", doc_id=again.doc_id, status="duplicate", task_count=0)
    made.document("broken.pdf", status="failed", source_format=None)
    tables = Tables(made.write(tmp_path))
    assert [document.path for document in tables.documents] == sorted(
        ["tg-2020.txt", "tg-2021.txt", "qt-2020.txt", "khong-ro.txt", "bao-cao.txt"]
    )
    assert tables.unread() == 1


def test_what_tasks_say_is_counted(tables):
    of = {document.path: place for place, document in enumerate(tables.documents)}
    assert tables.filled() == {
        of["tg-2020.txt"]: Filled(3, 2, 2, 2),  # one task names no lead, no deadline, no product
        of["tg-2021.txt"]: Filled(1, 1, 1, 1),
        of["qt-2020.txt"]: Filled(2, 2, 2, 2),
        of["khong-ro.txt"]: Filled(1, 1, 1, 1),
    }


def test_headings_and_sentences_are_no_rows_to_fill(tmp_path):
    made = MadeUp()
    doc = made.document("a.txt")
    made.task(doc, "Nhóm nhiệm vụ", has_children=True, lead=None)
    made.task(doc, "Văn phòng tổng hợp, báo cáo", source="prose", product=None)
    made.task(doc, "Rà soát", due=dt.date(2021, 3, 1))
    assert Tables(made.write(tmp_path)).filled() == {0: Filled(1, 1, 1, 1)}


def test_deadlines_are_counted_by_month(tables):
    assert tables.milestones() == [
        Milestone(1, 2020, 10, 1),
        Milestone(2, 2020, 12, 1),
        Milestone(2, 2021, 11, 1),
    ]
    assert tables.due_kinds() == {"date": 3, "continuous": 3, "none": 1}


def test_members_stand_by_body_and_year_behind_the_representative(tables):
    groups = tables.groups()
    assert [[tables.documents[member.fact.doc].path for member in group.members] for group in groups] == [
        ["tg-2020.txt", "qt-2020.txt", "tg-2021.txt"],
        ["tg-2020.txt", "khong-ro.txt", "qt-2020.txt"],
    ] or [len(group.members) for group in groups] == [3, 3]
    assert all(group.members[0].representative for group in groups)


def test_findings_come_the_gravest_first(tables):
    assert [each.severity for each in tables.findings()] == ["error", "error", "warning", "info"]
    assert [each.rule for each in tables.findings(most=2)] == ["dates_differ", "number_repeated"]


def test_a_folder_that_was_never_audited_can_be_reported(tmp_path):
    made = MadeUp()
    made.document("a.txt")
    made.tables = {"documents": made.tables["documents"]}
    tables = Tables(made.write(tmp_path))
    assert (list(tables.findings()), tables.groups(), tables.milestones()) == ([], [], [])


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(UsageError):
        Tables(tmp_path)
