"""How alike two pieces of work are: the weight of the words they share against the weight of those they do not.

    score = shared / (shared + 0.6 · the nearer side's own words + 0.3 · the other side's own words) · factors

A factor below 1 stands for something that sets the two apart though their words agree; `notes` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.grouping.fragments import near_words
from phuluc.audit.grouping.lexicon import WEIGHTS, broad, data_rows, fields, lexicon, persons, work_functions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from phuluc.audit.grouping.parts import Part

FEWER_LACKING = 0.6  # what the side that has less of its own has alone
MORE_LACKING = 0.3  # what the other has alone: a long wording says more of the same work
CONTEXT_WITH_CONTEXT = 0.25  # what both have beside the work itself, as in "Sản phẩm"
MOST_BY_CONTEXT = 0.3
# Words outside the lexicon vary more, so what of them agrees says more: 0.5 by them alone becomes 0.5 ** 0.6 = 0.66.
WORDS_SAY = 0.4
WORDS_ENOUGH = 0.8  # weight of such words from which on they say that much
OWN_MATTER = 0.2  # weight from which on a matter is one of its own
NO_OBJECT = 0.5  # "đào tạo kỹ thuật viên", "bồi dưỡng công chức": the same is done, to nothing they share
MATTER_LACKING = (
    0.7  # "đào tạo công chức", "đào tạo hòa giải viên": the same done to persons, in one of them for a matter
)
UNRELATED = 0.3  # two kinds of work, neither near the other
ONE_SILENT = 0.5  # one says what is done, the other does not
HINTED = 0.95  # ... but its product does
BOTH_PAPERS = 0.97  # "kế hoạch kiểm tra" with "báo cáo kết quả kiểm tra" as product, and "kiểm tra"
ENOUGH_SHARED = 0.5  # with less in common than one word of the field, likeness is chance: "giám sát"
NEAR = 0.6  # factor of two kinds of work from which on they are one step
SLIGHT = 0.2  # persons, places, ways
PLAN_OF_FIELD = 0.6  # "Kế hoạch an toàn thực phẩm" is not each piece of work in the field
THING_LACKING = 0.75  # "diễn tập an toàn thông tin", "an toàn thông tin": one is a thing of its own


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a score came about."""

    score: float
    shared: dict[str, float]
    left: dict[str, float]
    right: dict[str, float]
    notes: tuple[str, ...]


class Factor(NamedTuple):
    """What a likeness is multiplied by, and the code of data/notes.csv that says why; "" for 1."""

    value: float
    note: str


def compare(a: Part, b: Part) -> Comparison:
    """Compare two parts; the score is symmetric."""
    shared: dict[str, float] = {}
    left, right = dict(a.core), dict(b.core)
    for term in a.core.keys() & b.core.keys():
        less, more = sorted((a.core[term], b.core[term]))
        # Persons named beside another object are not the object: "cử công chức đi học", "tập huấn … cho công chức".
        shared[term] = sqrt(less * more) if less > SLIGHT else less
        left[term] = max(0.0, left[term] - shared[term])
        right[term] = max(0.0, right[term] - shared[term])
    by_context = False
    for mine, other in ((left, b), (right, a)):
        around = other.title | other.context
        for term in mine.keys() & around.keys() - other.core.keys():
            shared[term] = min(mine[term], around[term])
            mine[term] -= shared[term]
            by_context = True
    for word, near, credit in near_words(left, right):
        shared[f"{word} ~ {near}"] = credit
        left[word] -= credit
        right[near] -= credit
    for code in a.functions & b.functions & work_functions():
        shared[code] = WEIGHTS["work"]
    if not shared:
        return Comparison(0.0, shared, left, right, ())
    common = sum(shared.values()) + _beside(a, b)
    little = min(1.0, common / ENOUGH_SHARED)
    fewer, more = sorted((sum(left.values()), sum(right.values())))
    factors = (function_factor(a, b), _thing_factor(a, b, shared), _object_factor(shared, left, right))
    score = little * common / (common + FEWER_LACKING * fewer + MORE_LACKING * more)
    words = sum(weight for term, weight in shared.items() if term not in lexicon().terms)
    score **= 1 - WORDS_SAY * min(1.0, words / WORDS_ENOUGH)
    for factor in factors:
        score *= factor.value
    notes = tuple(factor.note for factor in factors if factor.note) + (("by_context",) if by_context else ())
    return Comparison(score, shared, left, right, notes)


def _beside(a: Part, b: Part) -> float:
    both = a.context.keys() & b.context.keys()
    return min(
        CONTEXT_WITH_CONTEXT * sum(min(a.context[term], b.context[term]) for term in both), MOST_BY_CONTEXT
    )


def function_factor(a: Part, b: Part) -> Factor:
    """Tell how well what is done agrees."""
    works_a, works_b = a.functions & work_functions(), b.functions & work_functions()
    if works_a and works_b:
        if works_a & works_b:
            return _paper_factor(a, b)
        return Factor(max(_pair(x, y) for x in works_a for y in works_b), "work_differs")
    if works_a:
        return _silent_factor(works_a, b)
    if works_b:
        return _silent_factor(works_b, a)
    return _papers_only(a, b)


def _silent_factor(works: frozenset[str], silent: Part) -> Factor:
    """Tell how near a piece of work is to a row that does not say what is done, or makes a plan or report."""
    if silent.functions:
        return Factor(UNRELATED, "work_differs")
    if works & silent.hints:
        return Factor(HINTED, "work_by_product")
    return Factor(max(_pairs().get(frozenset((code, "")), ONE_SILENT) for code in works), "work_unsaid")


def _papers_only(a: Part, b: Part) -> Factor:
    """Compare rows that make papers ("kế hoạch", "báo cáo") or do not say what is done."""
    papers_a, papers_b = a.functions or {""}, b.functions or {""}
    if papers_a ^ papers_b == {"plan", ""} and (a.core.keys() & b.core.keys()) <= fields():
        return Factor(PLAN_OF_FIELD, "papers_differ")
    best = max(_pair(x, y) for x in papers_a for y in papers_b)
    if best == 1:
        return Factor(1.0, "")
    if ("plan" in papers_a and "plan" in b.hints) or ("plan" in papers_b and "plan" in a.hints):
        return Factor(max(best, HINTED), "work_by_product")
    return Factor(best, "plan_and_work" if papers_a | papers_b == {"plan", ""} else "papers_differ")


def _paper_factor(a: Part, b: Part) -> Factor:
    """Tell how far "kế hoạch tuyên truyền" stands from "tuyên truyền": the same work, one side the paper for it."""
    papers_a, papers_b = a.functions - work_functions(), b.functions - work_functions()
    if papers_a == papers_b or papers_a & papers_b:
        return Factor(1.0, "")
    if papers_a <= papers_b | b.hints and papers_b <= papers_a | a.hints:
        return Factor(BOTH_PAPERS, "plan_and_work")
    return Factor(
        max(_apart()[code] for code in a.functions & b.functions & work_functions()), "plan_and_work"
    )


def _thing_factor(a: Part, b: Part, shared: Mapping[str, float]) -> Factor:
    """Lower the score where one speaks first of a thing of its own and they share only their broad field."""
    if shared.keys() <= broad() | work_functions():
        for part, other in ((a, b), (b, a)):
            if part.things and not any(
                thing in other.core or thing in other.context for thing in part.things
            ):
                return Factor(THING_LACKING, "thing_lacking")
    return Factor(1.0, "")


def _object_factor(
    shared: Mapping[str, float], left: Mapping[str, float], right: Mapping[str, float]
) -> Factor:
    """Lower the score where both do the same, but to nothing they share, or to persons and in one of them for a matter.

    "Đào tạo kỹ thuật viên", "bồi dưỡng công chức"; "bồi dưỡng công chức", "tập huấn công chức về hòa giải".
    """
    if shared.keys() <= work_functions():
        return Factor(NO_OBJECT, "thing_lacking")
    if shared.keys() <= persons() | work_functions():
        own = max(
            sum(weight for term, weight in side.items() if term not in persons()) for side in (left, right)
        )
        if own >= OWN_MATTER:
            return Factor(MATTER_LACKING, "thing_lacking")
    return Factor(1.0, "")


def near_functions(x: str, y: str) -> bool:
    """Tell whether two kinds of work are done in one step."""
    return _pair(x, y) >= NEAR


def _pair(x: str, y: str) -> float:
    return 1.0 if x == y else _pairs().get(frozenset((x, y)), UNRELATED)


@cache
def _apart() -> dict[str, float]:
    return {row["code"]: float(row["plan_apart"]) for row in data_rows("functions.csv") if row["plan_apart"]}


@cache
def _pairs() -> dict[frozenset[str], float]:
    return {
        frozenset((row["left"], row["right"])): float(row["factor"])
        for row in data_rows("function_pairs.csv")
    }
