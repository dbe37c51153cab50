"""A task row as the pieces of work it asks for, each ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from phuluc.audit.grouping.clauses import clauses
from phuluc.audit.grouping.coordination import led_in, phrases_of, split_fields, split_functions
from phuluc.audit.grouping.lexicon import data_rows, fields, people, work_functions
from phuluc.audit.grouping.reading import AFTER_A_JOINT, Clause, read

if TYPE_CHECKING:
    from phuluc.audit.grouping.model import TaskText

VAGUE = 0.3  # a clause whose things weigh less does not say what it is about ("Ban hành văn bản chỉ đạo")
MOST_PARTS = 8
AS_OBJECT = 0.6  # "Đánh giá CBCCVC": with nothing else said, persons are the object
CITED = 0.5  # the symbol of an act: "Thực hiện Chỉ thị số 30/CT-TTg"
_TASK_BESIDE = 0.5  # what words around the work count for: the task of an activity
_PRODUCT = 0.5
_TITLE = 0.3
_FARTHER = 0.3  # the objective, the task it is part of


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of work.

    Attributes:
        functions: codes of data/functions.csv.
        core: terms → weights of what is said of the work itself; what one side lacks counts against a pair.
        things: what it names of its own, where it speaks of such a thing first.
        context: terms → weights of what stands around it (product, task, objective); only counts in favour.
        title: fields the title of the document names, like context.
        hints: functions that the context speaks of.
    """

    text: str
    functions: frozenset[str]
    core: dict[str, float]
    things: tuple[str, ...]
    context: dict[str, float]
    title: dict[str, float]
    hints: frozenset[str]

    @property
    def signature(self) -> tuple[tuple[object, ...], ...]:
        """Equal for parts that compare alike with any third; signatures can be sorted."""
        return (
            tuple(sorted(self.functions)),
            self.things,
            tuple(sorted(self.hints)),
            tuple(sorted(self.core.items())),
            tuple(sorted(self.context.items())),
            tuple(sorted(self.title.items())),
        )


@cache
def implied() -> dict[str, str]:
    """Give what a function is done to when nothing is said: "Đánh giá, xếp loại cuối năm" is of officials."""
    return {row["code"]: row["implied"] for row in data_rows("functions.csv") if row["implied"]}


def parts_of(task: TaskText) -> list[Part]:
    """Give the pieces of work of a row; none where it says nothing that could be compared."""
    task = _anonymous(task)
    cells = [cell for cell in (task.activity, task.task, task.objective) if cell]
    if not cells:
        return []
    context = _context(task, cells)
    found: list[Part] = []
    for text in led_in(clauses(cells[0])):
        for phrase in phrases_of(text):
            found.extend(_parts(phrase, read(phrase), context))
    if not found:
        rest = [*cells[1:2], task.product, *cells[2:], task.parent, task.title]
        found = _promoted(cells[0], [text for text in rest if text], task.title, context)
    return found[:MOST_PARTS]


def _anonymous(task: TaskText) -> TaskText:
    """Take the name of the issuer out of its own texts: "Kế hoạch CCHC của Bệnh viện Đa khoa tỉnh"."""
    if not task.issuer:
        return task
    name = regex.compile(regex.escape(task.issuer), regex.IGNORECASE)
    named = {
        column: name.sub(" ", text)
        for column in ("task", "activity", "objective", "product", "parent", "title")
        if (text := getattr(task, column)) and name.search(text)
    }
    return task._replace(**named) if named else task


def _parts(text: str, clause: Clause, context: _Context) -> list[Part]:
    core = _core(clause)
    if core is None:
        return []
    things = _own_things(clause)
    context = _Context(dict.fromkeys(clause.cited, CITED) | context.terms, context.title, context.hints)
    return [
        _part(text, functions, _Said(terms, things), context)
        for functions in split_functions(clause.functions)
        for terms in split_fields(clause, core)
    ]


def _core(clause: Clause) -> dict[str, float] | None:
    """Give the terms of the work itself, or None where the clause is vague."""
    core = dict(clause.main)
    works = clause.functions & work_functions()
    if works and sum(core.values()) < VAGUE:
        core |= dict.fromkeys(clause.persons.keys() & people(), AS_OBJECT)
    if sum(core.values()) < VAGUE:
        # "Thực hiện giải pháp bảo đảm an toàn thông tin": nothing before the joint, so what follows is the work.
        core |= clause.aside
    if works and sum(core.values()) < VAGUE:
        core |= dict.fromkeys(clause.far_persons.keys() & people(), AS_OBJECT)
    if sum(core.values()) < VAGUE:
        core |= dict.fromkeys((implied()[code] for code in works & implied().keys()), AS_OBJECT)
    if sum(core.values()) < VAGUE:
        return None
    aside = {term: weight * AFTER_A_JOINT for term, weight in clause.aside.items()}
    return aside | clause.far_persons | clause.persons | core


def _promoted(text: str, others: list[str], title: str | None, context: _Context) -> list[Part]:
    """Read a vague row by what stands around it: its task, product, objective, the title of its document."""
    functions = set().union(*(read(clause).functions for clause in clauses(text)))
    cited = read(text).cited
    for other in others:
        if other == title and cited and functions:
            # "Báo cáo thực hiện Nghị quyết số 02/NQ-CP": the act says of what.
            return [_part(text, frozenset(functions), _Said(dict.fromkeys(cited, AS_OBJECT), ()), context)]
        for clause_text in clauses(other):
            clause = read(clause_text)
            core = _core(clause)
            if core is not None:
                if other == title and not functions:
                    return []  # "Trình UBND tỉnh phê duyệt" in a plan of reform is not the plan
                said = frozenset(functions if other == title else functions | clause.functions)
                return [_part(f"{text} ({clause_text})", said, _Said(core, _own_things(clause)), context)]
    return []


@dataclass(frozen=True, slots=True)
class _Context:
    terms: dict[str, float]
    title: dict[str, float]
    hints: frozenset[str]


def _context(task: TaskText, cells: list[str]) -> _Context:
    terms: dict[str, float] = {}
    hints: set[str] = set()
    around = [(text, _TASK_BESIDE if n == 0 else _FARTHER) for n, text in enumerate(cells[1:])]
    around += [(text, factor) for text, factor in ((task.product, _PRODUCT), (task.parent, _FARTHER)) if text]
    for text, factor in around:
        for clause_text in clauses(text):
            clause = read(clause_text)
            for term, weight in clause.main.items():
                terms[term] = max(terms.get(term, 0.0), weight * factor)
            if clause.functions & work_functions():
                for term in clause.persons:
                    terms.setdefault(term, AS_OBJECT * factor)
    # "Kiểm tra việc thực hiện Chương trình": the title says which.
    named = read(task.title).main.keys() & fields() if task.title else set[str]()
    if task.product:
        for clause_text in clauses(task.product):
            hints |= read(clause_text).functions
    return _Context(terms, dict.fromkeys(named, _TITLE), frozenset(hints))


class _Said(NamedTuple):
    core: dict[str, float]
    things: tuple[str, ...]


def _own_things(clause: Clause) -> tuple[str, ...]:
    """Give the things the clause names, where it begins with one: not "Kế hoạch PBGDPL, hòa giải ở cơ sở"."""
    return tuple(clause.things) if clause.things and clause.things[0] else ()


def _part(text: str, functions: frozenset[str], said: _Said, context: _Context) -> Part:
    kept = {term: weight for term, weight in context.terms.items() if term not in said.core}
    return Part(text, functions, said.core, said.things, kept, context.title, context.hints)
