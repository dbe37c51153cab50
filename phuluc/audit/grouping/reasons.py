"""The reason of a score, as a person reads it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from phuluc.audit.grouping.lexicon import data_rows, work_functions
from phuluc.audit.grouping.model import Reason, Weight
from phuluc.audit.grouping.parts import parts_of
from phuluc.audit.grouping.scoring import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from phuluc.audit.grouping.model import TaskText
    from phuluc.audit.grouping.parts import Part

LEAST_SHOWN = 0.05  # lighter words are left out of the reason


def explain(a: TaskText, b: TaskText) -> Reason:
    """Give the reason for the likeness of two tasks, by their most alike pieces of work."""
    pairs = [(compare(x, y), x, y) for x in parts_of(a) for y in parts_of(b)]
    if not pairs:
        return Reason(0.0, "", ("", ""), (), (), (), (a.task or "", b.task or ""))
    return reason_of(*max(pairs, key=lambda pair: pair[0].score))


def reason_of(found: Comparison, a: Part, b: Part) -> Reason:
    """Give the reason for a comparison of two parts."""
    return Reason(
        score=round(found.score, 3),
        action="+".join(sorted(a.functions & b.functions)),
        actions=("+".join(sorted(a.functions)), "+".join(sorted(b.functions))),
        shared=_heaviest(
            {term: weight for term, weight in found.shared.items() if term not in work_functions()}
        ),
        left=_heaviest(found.left),
        right=_heaviest(found.right),
        parts=(a.text, b.text),
        notes=found.notes,
    )


def _heaviest(terms: Mapping[str, float]) -> tuple[Weight, ...]:
    shown = [Weight(term, round(weight, 2)) for term, weight in terms.items() if weight >= LEAST_SHOWN]
    return tuple(sorted(shown, key=lambda each: (-each.weight, each.term)))


def sentence(reason: Reason, lang: str) -> str:
    """Write a reason out in Vietnamese or English."""
    words = _WORDS[lang]
    said = []
    if reason.action:
        said.append(f"{words['action']}: {_action(reason.action, lang)}")
    elif any(reason.actions):
        left, right = (_action(action, lang) or words["unsaid"] for action in reason.actions)
        said.append(f"{words['actions']}: {left} / {right}")
    for key, terms in (("shared", reason.shared), ("left", reason.left), ("right", reason.right)):
        if terms:
            said.append(
                f"{words[key]}: " + ", ".join(f"{term} {_number(weight, lang)}" for term, weight in terms)
            )
    said.extend(_notes()[note][lang] for note in reason.notes)
    return f"{words['score']} {_number(reason.score, lang)}. " + "; ".join(said)


def _action(codes: str, lang: str) -> str:
    return " + ".join(_functions()[code][lang] for code in codes.split("+") if code)


def _number(value: float, lang: str) -> str:
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "vi" else text


@cache
def _functions() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in data_rows("functions.csv")}


@cache
def _notes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in data_rows("notes.csv")}


_WORDS = {
    "vi": {
        "score": "Độ giống",
        "action": "cùng việc",
        "actions": "việc",
        "unsaid": "không nói rõ",
        "shared": "từ chung",
        "left": "chỉ bên thứ nhất",
        "right": "chỉ bên thứ hai",
    },
    "en": {
        "score": "Likeness",
        "action": "same action",
        "actions": "actions",
        "unsaid": "unsaid",
        "shared": "shared",
        "left": "only the first",
        "right": "only the second",
    },
}
