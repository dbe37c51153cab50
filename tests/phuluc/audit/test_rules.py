"""What every rule must have: words in both languages, a place in the page, a plan in which it is tried."""

from pathlib import Path
from string import Formatter

import pytest

from phuluc.audit.reference import page
from phuluc.audit.registry import all_rules
from tests.phuluc.audit.planted import load

RULES = all_rules()
HERE = Path(__file__).parent


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_both_languages_say_the_same(rule):
    for words in (rule.title, rule.why, rule.example, *rule.messages.values()):
        assert all(words)
    for words in rule.messages.values():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in words]
        assert fields[0] == fields[1]


def test_every_rule_is_tried():
    tried = {
        expected.rule for planted in load() for expected in planted.expected if expected.severity != "not"
    }
    elsewhere = "".join(path.read_text("utf-8") for path in HERE.glob("test_*.py"))
    assert [rule for rule in RULES if rule not in tried and f'"{rule}"' not in elsewhere] == []


def test_every_look_alike_names_a_rule():
    assert {expected.rule for planted in load() for expected in planted.expected} <= set(RULES)


def test_the_page_is_current():
    written = (HERE.parents[2] / "docs" / "audit.md").read_text("utf-8")
    assert written == page(), "run: uv run python -m phuluc.audit.reference > docs/audit.md"
