"""Rules over the whole corpus and over groups, on records made by hand."""

import pytest

from phuluc.audit.dossier import GroupView, TaskBrief
from phuluc.audit.registry import all_rules
from tests.phuluc.audit.tables import dossier

RULES = all_rules()


def watched(rule, dossiers):
    """What a rule over many documents concludes, as (file or None, values)."""
    watcher = RULES[rule].check(RULES[rule].thresholds)
    for each in dossiers:
        watcher.see(each)
    return [
        (sighting.doc_id and sighting.doc_id.rstrip("0"), sighting.values) for sighting in watcher.conclude()
    ]


def seen(rule, each):
    return [
        (sighting.message, sighting.values) for sighting in RULES[rule].check(each, RULES[rule].thresholds)
    ]


def tasks(count, **values):
    return [{"stt": str(number), "task": f"việc {number}"} | values for number in range(1, count + 1)]


def test_a_field_that_hardly_any_task_fills():
    columns = ("stt", "task", "lead", "funding")
    corpus = [dossier("a", [*tasks(59, lead="Văn phòng"), {"task": "x", "funding": "50 triệu"}], columns)]
    assert watched("field_mostly_empty", corpus) == [(None, {"field": "funding", "filled": 1, "rows": 60})]


def test_a_field_that_no_table_has_is_not_empty():
    assert watched("field_mostly_empty", [dossier("a", tasks(60))]) == []


def test_a_document_of_another_size():
    corpus = [dossier(f"p{number}", tasks(38 + number % 5)) for number in range(12)]
    strange = dossier("strange", tasks(1))
    assert [name for name, _ in watched("size_unusual", [*corpus, strange])] == ["strange"]
    assert watched("size_unusual", corpus) == []


def test_ten_documents_are_needed_to_call_one_strange():
    assert watched("size_unusual", [dossier("a", tasks(40)), dossier("b", tasks(1))]) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"province_code": "99", "province_era": "63"}, {"column": "province_code", "value": "99"}),
        ({"province_code_34": "00"}, {"column": "province_code_34", "value": "00"}),
        ({"doc_type": "XYZ"}, {"column": "doc_type", "value": "XYZ"}),
    ],
)
def test_a_code_in_no_list(values, expected):
    assert seen("code_unknown", dossier("a", **values)) == [("message", expected)]


def test_a_code_of_a_list():
    assert seen("code_unknown", dossier("a", province_code="01", province_era="63")) == []


def test_a_plan_in_which_no_task_was_found():
    assert seen("plan_without_tasks", dossier("a")) == [("message", {})]
    assert seen("plan_without_tasks", dossier("a", doc_type="BC")) == []


def test_a_plan_that_does_not_say_who_and_when():
    assert seen("column_absent", dossier("a", tasks(3))) == [("lead", {}), ("deadline", {})]
    assert seen("column_absent", dossier("a", tasks(3, lead="Văn phòng"), ("stt", "task", "lead"))) == [
        ("deadline", {})
    ]


def brief(name, **values):
    given = {
        "issuer_class": "so.skhcn",
        "body": None,
        "issued": None,
        "doc_type": "KH",
        "year": 2021,
        "page": None,
        "text": "Kiểm tra CCHC",
        "lead": None,
        "lead_classes": (),
        "product": None,
        "deadline": None,
        "ends": (),
        "status": None,
    }
    return TaskBrief(task_id=name, doc_id=name, **(given | values))


def grouped(rule, *members):
    return seen(rule, GroupView("g", None, members))


@pytest.mark.parametrize(
    ("ends", "differ", "why"),
    [
        (("2021-03-31", "2021-11-30"), True, "spring and autumn"),
        (("2021-03-31", "2022-03-15"), False, "the same time of two years"),
        (("2021-06-30", "2021-06-05"), False, "one month"),
    ],
)
def test_the_same_task_at_different_times(ends, differ, why):
    members = [brief(name, deadline=end, ends=(end,)) for name, end in zip("ab", ends, strict=True)]
    assert bool(grouped("group_deadlines_differ", *members)) is differ, why


def test_the_same_task_of_different_leads():
    office, inspectors = (
        brief("a", lead_classes=("sub.van_phong",)),
        brief("b", lead_classes=("sub.thanh_tra",)),
    )
    assert len(grouped("group_leads_differ", office, inspectors)) == 1
    assert grouped("group_leads_differ", office, brief("c", lead_classes=("sub.van_phong",))) == []


def test_a_school_is_not_held_to_a_department():
    school = brief("b", issuer_class="khac.truong", lead_classes=("sub.thanh_tra",))
    assert grouped("group_leads_differ", brief("a", lead_classes=("sub.van_phong",)), school) == []
