"""What a file of settings may say, and how it is refused."""

import pytest

from phuluc.audit.registry import all_rules
from phuluc.audit.settings import read_settings
from phuluc.exits import UsageError
from schemas.review import Evidence, FindingRecord

RULES = all_rules()


@pytest.fixture
def settings(tmp_path):
    def read(text):
        path = tmp_path / "rules.toml"
        path.write_text(text, "utf-8")
        return read_settings(path, RULES)

    return read


def test_without_a_file_all_rules_run():
    assert dict(read_settings(None, RULES).rules) == RULES


def test_only_some(settings):
    assert list(settings('only = ["stt_repeated", "unit_gone"]').rules) == ["unit_gone", "stt_repeated"]


def test_all_but_some(settings):
    assert set(RULES) - set(settings('without = ["stt_repeated"]').rules) == {"stt_repeated"}


def test_another_severity(settings):
    changed = settings('[severity]\nnumber_blank = "info"')
    assert changed.rules["number_blank"].severity == "info"
    assert changed.fixed == {"number_blank"}


def test_another_threshold_keeps_the_others(settings):
    thresholds = (
        settings("[thresholds.deadline_outside_plan]\nmonths_after = 12")
        .rules["deadline_outside_plan"]
        .thresholds
    )
    assert thresholds == {"months_before": 3, "months_after": 12}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("only = [", "rules.toml"),
        ('only = ["no_such_rule"]', "no_such_rule"),
        ("only = 3", "only"),
        ('[severity]\nnumber_blank = "fatal"', "fatal"),
        ("[thresholds.number_blank]\nshare = 1", "number_blank.share"),
        ('[thresholds.size_unusual]\nspreads = "many"', "size_unusual.spreads"),
        ("[other]\nx = 1", "other"),
        ('[[suppress]]\nrule = "stt_repeated"', "stt_repeated"),
        ('[[suppress]]\nrule = "stt_repeated"\nreason = "  "', "stt_repeated"),
        ('[[suppress]]\nreason = "x"', "suppress"),
        ('[[suppress]]\nrule = "a"\nreason = "x"\nwhere = "b"', "where"),
        ("\udcff", "rules.toml"),
    ],
)
def test_refused(text, named, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=named):
        read_settings(path, RULES)


def finding(**values):
    given = {"finding_id": "f", "rule": "stt_repeated", "severity": "error", "doc_id": "d", "task_id": "t"}
    evidence = Evidence(file="2021/ke-hoach.pdf", page=3, text="33 Công khai tài chính")
    return FindingRecord(**(given | {"message": "33 twice", "evidence": evidence} | values))


@pytest.mark.parametrize(
    ("pattern", "covered", "why"),
    [
        ('rule = "stt_repeated"', True, "everything of a rule"),
        ('rule = "stt_*"', True, "of some rules"),
        ('rule = "unit_gone"', False, "of another"),
        ('rule = "*"\ndocument = "2021/*.pdf"', True, "in some files"),
        ('rule = "*"\ndocument = "2022/*"', False, "in others"),
        ('rule = "*"\ndocument = "d"', True, "in a document by its id"),
        ('rule = "*"\ntask = "t"', True, "of a task"),
        ('rule = "*"\ntask = "u"', False, "of another task"),
        ('rule = "*"\ntext = "Công khai"', True, "with words of the evidence"),
        ('rule = "*"\ntext = "twice"', True, "or of the message"),
        ('rule = "*"\ntext = "thrice"', False, "with others"),
    ],
)
def test_suppressed(pattern, covered, why, settings):
    (suppression,) = settings(f'[[suppress]]\n{pattern}\nreason = "known"').suppressions
    assert suppression.covers(finding()) is covered, why


def test_a_finding_about_no_document_is_covered_by_its_rule(settings):
    (suppression,) = settings('[[suppress]]\nrule = "stt_repeated"\nreason = "known"').suppressions
    assert suppression.covers(finding(doc_id=None, task_id=None, evidence=None))
