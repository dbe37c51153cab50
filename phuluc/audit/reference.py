"""`docs/audit.md`: `python -m phuluc.audit.reference > docs/audit.md`. The text is `data/audit.md`."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from phuluc.audit.registry import own_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.rule import Rule

_FAMILIES = {
    "identity": "What a document says of itself",
    "numbering": "Numbers of rows and sections",
    "assignments": "Who does it",
    "deadlines": "By when",
    "wording": "What is to be done",
    "citations": "Documents it names",
    "figures": "Figures that do not add up",
    "shares": "Percentages",
    "targets": "Figures to reach",
    "abbreviations": "Abbreviations",
    "between": "Between documents and bodies",
    "alike": "Same task, other document",
    "corpus": "The tables as a whole",
}


def page() -> str:
    """Give the page."""
    text = files("phuluc").joinpath("audit/data/audit.md").read_text("utf-8")
    return text.replace("{rules}\n", "\n".join(_rules()) + "\n")


def _rules() -> Iterator[str]:
    order = list(_FAMILIES)
    rules = sorted(own_rules(), key=lambda rule: order.index(rule.family))
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield f"### {_FAMILIES[family]}\n"
        for rule in members:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"#### `{rule.id}`\n"
    yield f"{rule.title.en} (*{rule.title.vi}*): {rule.severity}, {rule.scope}. {rule.why.en}\n"
    yield f"> {rule.example.en}\n"
    if rule.thresholds:
        numbers = ", ".join(f"`{name}` = {number:g}" for name, number in rule.thresholds.items())
        yield f"Thresholds: {numbers}.\n"


if __name__ == "__main__":
    print(page(), end="")
