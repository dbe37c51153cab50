"""What the audit finds in plans with known mistakes, through the whole way: file, tables, findings."""

import pyarrow.parquet as pq
import pytest

from phuluc.audit.run import Audit, audit
from phuluc.batch.isolate import Limits
from phuluc.batch.progress import Silent
from phuluc.batch.run import Job, run
from phuluc.document.pipeline import convert_document
from tests.layouts.layout import COMMON
from tests.layouts.writing import write
from tests.phuluc.audit.planted import load

PLANTED = load()


def findings(out):
    table = pq.read_table(out / "findings")
    return table.to_pylist()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The findings of each plan by its name; all plans are audited together."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "in").mkdir()
    for planted in PLANTED:
        write(planted.plan, COMMON, "html", folder / "in")
    limits = Limits(workers=1, timeout=60, memory_mb=2048)
    run(Job((folder / "in",), folder / "out", limits=limits), convert_document, Silent())
    verdict = audit(Audit(folder / "out", "en"))
    assert verdict.findings.broken == {}
    by_plan = {planted.plan.name: [] for planted in PLANTED}
    for finding in findings(folder / "out"):
        if finding["evidence"]:
            by_plan[finding["evidence"]["file"].removesuffix(".html")].append(finding)
    return by_plan


def said(finding):
    return f"{finding['message']}\n{finding['evidence']['text'] or ''}"


CASES = [
    pytest.param(planted.plan.name, expected, id=f"{planted.plan.name}-{expected.rule}-{number}")
    for planted in PLANTED
    for number, expected in enumerate(planted.expected)
]


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_planted(name, expected, found):
    of_rule = [finding for finding in found[name] if finding["rule"] == expected.rule]
    if expected.severity == "not":
        there = [each for each in of_rule if expected.words in (each["evidence"]["text"] or "")]
        assert [said(each) for each in there if each["severity"] != "info"] == []
    else:
        there = [each["severity"] for each in of_rule if expected.words in said(each)]
        assert expected.severity in there


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.plan.name)
def test_no_other_errors(planted, found):
    expected = [each for each in planted.expected if each.severity == "error"]
    others = [
        (finding["rule"], said(finding))
        for finding in found[planted.plan.name]
        if finding["severity"] == "error"
        and not any(each.rule == finding["rule"] and each.words in said(finding) for each in expected)
    ]
    assert others == []
