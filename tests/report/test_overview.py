"""What the first page counts."""

from phuluc.audit.report.model import Body, Document, Fact, Group, Member, Milestone
from phuluc.audit.report.overview import Cell, RuleCount, calendar, coverage, rule_counts


def test_rules_stand_by_severity_and_number_with_the_documents_they_were_found_in():
    counts = [
        ("b", "info", None, 4),
        ("a", "info", 0, 9),
        ("a", "error", 0, 2),
        ("a", "error", 1, 1),
        ("c", "error", 0, 5),
    ]
    assert rule_counts(counts) == [
        RuleCount("c", "error", 5, 1),
        RuleCount("a", "error", 3, 2),
        RuleCount("a", "info", 9, 1),
        RuleCount("b", "info", 4, 0),
    ]


def _corpus():
    documents = [
        Document(str(body), "a", None, "ok", None, None, body, 2020, 2020, None, 10 - body)
        for body in range(3)
    ]
    documents.append(Document("9", "a", None, "ok", None, None, 3, 2020, 2020, None, 0))
    facts = [Fact(f"t{doc}", doc, None, None, None, "none", None, False) for doc in range(3)]
    members = [Member(fact, 1, False) for fact in facts]
    groups = [
        Group("1", "procedures", (members[0], members[1])),
        Group("2", "procedures", (members[0], members[0])),
        Group("3", "staff", (members[0], members[1])),
    ]
    return (
        groups,
        documents,
        [Body("Sở A", "Hà Nội"), Body("Sở B", "Đà Nẵng"), Body("Sở C", "Hà Nội"), Body("Bộ D")],
    )


def test_coverage_counts_groups_not_tasks():
    found = coverage(*_corpus())
    assert found.themes == (("procedures", 2), ("staff", 1))
    assert [(row.name, row.tasks, [cell.value for cell in row.cells]) for row in found.rows] == [
        ("Sở A, Hà Nội", 10, [2, 1]),
        ("Sở B, Đà Nẵng", 9, [1, 1]),
        ("Sở C, Hà Nội", 8, [0, 0]),  # a plan with nothing like another's shows as such
    ]  # and the report without tasks is no row
    assert [cell.shade for cell in found.rows[1].cells] == [3, 5]


def test_too_many_bodies_for_a_page_are_put_together_by_province():
    found = coverage(*_corpus(), most=(2, 1))
    assert (found.by_place, found.left_out) == (True, (0, 1))
    assert [(row.name, row.tasks, [cell.value for cell in row.cells]) for row in found.rows] == [
        ("Đà Nẵng", 9, [1]),
        ("Hà Nội", 18, [2]),
    ]


def test_coverage_says_what_it_leaves_out():
    found = coverage(*_corpus(), most=(1, 1))
    assert ([row.name for row in found.rows], found.left_out) == (["Hà Nội"], (1, 1))


def test_the_calendar_keeps_the_years_with_most_deadlines():
    found = calendar(
        [
            Milestone(0, 2020, 12, 4),
            Milestone(1, 2020, 12, 6),
            Milestone(0, 2021, 0, 5),
            Milestone(0, 1999, 1, 1),
        ],
        most=2,
    )
    assert [(year, total) for year, _, total in found.years] == [(2020, 10), (2021, 5)]
    assert found.years[0][1][11] == Cell(10, 5)
    assert found.years[1][1][12] == Cell(5, 3)  # some time in 2021
    assert found.left_out == 1
