"""A group of like tasks side by side."""

import datetime as dt

from phuluc.audit.report.comparison import Shift, compare
from phuluc.audit.report.model import Document, Fact, Group, Member

TIEN_GIANG, QUANG_TRI, AN_GIANG, BINH_DINH = range(4)


def _documents(*plans):
    return [
        Document(str(n), "a", None, "ok", None, None, body, y, last, None, 5)
        for n, (body, y, last) in enumerate(plans)
    ]


def _group(theme, *facts):
    return Group("g", theme, tuple(Member(fact, 1, place == 0) for place, fact in enumerate(facts)))


def _fact(doc, due=None, lead="office", product="báo cáo", whole_year=False):
    return Fact(
        f"t{doc}", doc, lead, lead and lead.title(), product, "date" if due else "none", due, whole_year
    )


def _one(documents, *facts):
    return compare([_group("procedures", *facts)], documents)[0]


def test_bodies_that_lack_a_task_have_others_of_its_theme():
    documents = _documents(
        (TIEN_GIANG, 2020, 2020), (QUANG_TRI, 2020, 2020), (AN_GIANG, 2020, 2020), (BINH_DINH, 2020, 2020)
    )
    groups = [
        _group("procedures", _fact(0), _fact(1)),
        _group("procedures", _fact(0), _fact(2)),
        _group(
            "staff", _fact(0), _fact(3)
        ),  # Bình Định does nothing about procedures: it lacks no task of them
        _group(None, _fact(0), _fact(1)),  # without a theme nobody can be said to lack it
    ]
    assert [each.lacking for each in compare(groups, documents)] == [
        (AN_GIANG,),
        (QUANG_TRI,),
        (),
        (),
    ]


def test_leads_are_listed_by_how_many_bodies_name_them():
    documents = _documents((TIEN_GIANG, 2020, 2020), (QUANG_TRI, 2020, 2020), (AN_GIANG, 2020, 2020))
    group = _one(documents, _fact(0, lead="inspectors"), _fact(1), _fact(2), _fact(2, lead=None))
    assert group.leads == (("Office", (QUANG_TRI, AN_GIANG)), ("Inspectors", (TIEN_GIANG,)))
    assert group.odd_lead == (True, False, False, False)


def test_without_a_majority_nobody_differs_from_it():
    documents = _documents((TIEN_GIANG, 2020, 2020), (QUANG_TRI, 2020, 2020))
    group = _one(documents, _fact(0, product="báo cáo"), _fact(1, product="kế hoạch"))
    assert group.odd_product == (False, False)


def test_early_and_late_are_counted_from_the_middle_each_in_its_own_year():
    documents = _documents(
        (TIEN_GIANG, 2020, 2020), (QUANG_TRI, 2021, 2021), (AN_GIANG, 2022, 2022), (BINH_DINH, 2021, 2025)
    )
    group = _one(
        documents,
        _fact(0, dt.date(2020, 11, 30)),
        _fact(1, dt.date(2021, 12, 15)),
        _fact(2, dt.date(2022, 12, 20)),
        _fact(3, dt.date(2023, 1, 1)),  # a plan over five years has no day of the year to compare
        _fact(1, dt.date(2021, 12, 31), whole_year=True),  # "in 2021" is no day
    )
    assert group.days == (-15, 0, 5, None, None)
    assert group.spread == 20


def test_one_date_alone_is_neither_early_nor_late():
    documents = _documents((TIEN_GIANG, 2020, 2020), (QUANG_TRI, 2020, 2020))
    group = _one(documents, _fact(0, dt.date(2020, 3, 1)), _fact(1))
    assert (group.days, group.spread) == ((None, None), None)


def test_year_on_year():
    documents = _documents(
        (TIEN_GIANG, 2020, 2020), (TIEN_GIANG, 2021, 2021), (QUANG_TRI, 2020, 2020), (QUANG_TRI, 2022, 2022)
    )
    group = _one(
        documents,
        _fact(0, dt.date(2020, 12, 15)),  # 2020 is a leap year: the same day is no shift
        _fact(1, dt.date(2021, 12, 15), lead="inspectors", product=None),
        _fact(2, dt.date(2020, 2, 29)),
    )
    assert group.shifts == (Shift(TIEN_GIANG, 0, 1, days=0, lead_changed=True, product_changed=None),)
    assert group.dropped == ((QUANG_TRI, 2020, 2022),)


def test_one_of_several_like_tasks_of_a_plan_cannot_be_told_from_the_others():
    documents = _documents((TIEN_GIANG, 2020, 2020), (TIEN_GIANG, 2021, 2021))
    assert _one(documents, _fact(0), _fact(0), _fact(1)).shifts == ()
