"""Same-task pairs against a person's reading of the samples and of plans of other bodies."""

import pytest

from phuluc.audit.grouping import GroupingSettings, TaskText, group_tasks
from tests.phuluc.audit.grouping.readings import load, measure, same_pairs


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("samples", 0.95),
        ("plans_1", 0.94),
        ("plans_2", 0.94),
        ("plans_3", 0.92),
        ("plans_4", 0.89),
        ("plans_5", 0.86),
        ("plans_6", 0.92),
        ("plans_7", 0.9),
    ],
)
def test_pairs_agree_with_the_reading(name, least):
    assert measure(load(name)).f1 >= least


def test_the_readings_are_not_empty():
    sizes = {name: len(same_pairs(load(name))[0]) for name in ("samples", "plans_1", "plans_4")}
    assert sizes == {"samples": 93, "plans_1": 83, "plans_4": 65}


def test_groups_do_not_depend_on_the_order_of_tasks():
    tasks = load("samples").tasks
    mixed = tasks[1::2] + tasks[::-2]
    first, second = (
        sorted((group.group_id, group.theme) for group in group_tasks(each, GroupingSettings()))
        for each in (tasks, mixed)
    )
    assert first == second


def test_all_plans_together_keep_the_pairs_of_each():
    # A plan's groups must not fall apart because plans of other fields stand beside it.
    names = ["samples", "plans_1", "plans_2", "plans_3", "plans_4", "plans_5", "plans_6", "plans_7"]
    readings = [load(name) for name in names]
    groups = group_tasks([task for reading in readings for task in reading.tasks], GroupingSettings())
    together = {frozenset((a.task_id, b.task_id)) for g in groups for a in g.members for b in g.members}
    same = [pair for reading in readings for pair in same_pairs(reading)[0]]
    kept = sum(frozenset(pair) in together for pair in same)
    assert kept / len(same) >= 0.82


def test_a_row_of_several_pieces_of_work_is_in_several_groups():
    # "Trình công bố TTHC; công khai tại Bộ phận…; sổ quản lý hồ sơ" of one plan answers three rows of the other.
    reading = load("samples")
    row = "so-khcn-thong-ke-nhiem-vu-cchc-2020 9"
    groups = [
        group
        for group in group_tasks(reading.tasks, GroupingSettings())
        if row in {m.task_id for m in group.members}
    ]
    others = {
        m.task_id
        for group in groups
        for m in group.members
        if m.doc_id == "so-cong-thuong-ke-hoach-cchc-2021"
    }
    assert others == {f"so-cong-thuong-ke-hoach-cchc-2021 {number}" for number in (13, 14, 45)}


def test_two_rows_of_one_plan_answer_one_of_another():
    # "Tiếp nhận phản ánh, kiến nghị" and "Xử lý phản ánh, kiến nghị", in the other plan "Tiếp nhận, xử lý".
    tien_giang, cong_thuong = "so-khcn-tien-giang-ke-hoach-cchc-2020", "so-cong-thuong-ke-hoach-cchc-2021"
    groups = group_tasks(load("samples").tasks, GroupingSettings())
    members = next(
        {m.task_id for m in g.members}
        for g in groups
        if f"{cong_thuong} 15" in {m.task_id for m in g.members}
    )
    assert members == {f"{cong_thuong} 15", f"{tien_giang} 12", f"{tien_giang} 13"}


def test_a_group_has_one_representative_and_scores_against_it():
    for group in group_tasks(load("samples").tasks, GroupingSettings()):
        first, *others = group.members
        assert (first.representative, first.score, first.reason) == (True, 1.0, None)
        assert not any(member.representative for member in others)
        assert all(member.reason is not None and 0 < member.score <= 1 for member in others)
        assert len({member.doc_id for member in group.members}) > 1


def test_headings_and_prose_beside_tables_are_not_compared():
    plan = "Ban hành Kế hoạch cải cách hành chính năm 2021"
    tasks = [
        TaskText("a1", "a", plan),
        TaskText("a2", "a", plan, source="prose"),
        TaskText("b1", "b", plan, has_children=True),
        TaskText("c1", "c", plan, source="prose"),
    ]
    (group,) = group_tasks(tasks, GroupingSettings())
    # b1's work is in its children, a2 repeats the table of its document; c has only prose.
    assert {member.task_id for member in group.members} == {"a1", "c1"}


def test_plans_of_one_body_group_year_on_year():
    tasks = [
        TaskText(year, year, f"Ban hành Kế hoạch CCHC năm {year} của Sở", issuer="Sở Y tế")
        for year in ("2021", "2022", "2023")
    ]
    (group,) = group_tasks(tasks, GroupingSettings())
    assert [member.score for member in group.members] == [1.0, 1.0, 1.0]


def test_nothing_gives_no_groups():
    assert group_tasks([], GroupingSettings()) == []
    assert (
        group_tasks(
            [TaskText("a", "a", None), TaskText("b", "b", "-"), TaskText("c", "c", "")], GroupingSettings()
        )
        == []
    )
