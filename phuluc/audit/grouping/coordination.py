"""One clause that asks for several things: "Công bố, công khai TTHC", "tinh giản biên chế, sắp xếp bộ máy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.grouping.lexicon import fields, lexicon, work_functions
from phuluc.audit.grouping.reading import read
from phuluc.audit.grouping.scoring import near_functions
from phuluc.audit.grouping.spelling import syllables

if TYPE_CHECKING:
    from phuluc.audit.grouping.reading import Clause


def phrases_of(text: str) -> list[str]:
    """Cut a clause at commas after which another verb takes another thing; all else stays together.

    "Xây dựng, trình ban hành văn bản" has one thing, "Rà soát, đơn giản hóa TTHC" one too.
    """
    pieces = text.split(", ")
    found = [pieces[0]]
    for piece in pieces[1:]:
        things, before = set(read(piece).things), set(read(found[-1]).things)
        if things - {""} and before - {""} and not things & before and _begins_with_a_verb(piece):
            found.append(piece)
        else:
            found[-1] = f"{found[-1]}, {piece}"
    return found


def led_in(texts: list[str]) -> list[str]:
    """Repeat what leads a list in: "Ban hành các kế hoạch: cải cách hành chính; kiểm soát TTHC" is two plans."""
    found: list[str] = []
    lead = ""
    for text in texts:
        before, colon, after = text.partition(":")
        if colon and after and read(before).functions and not read(before).main:
            lead = before
            found.append(f"{before} {after.strip()}")
        else:
            found.append(f"{lead} {text}" if lead and not read(text).functions else text)
    return found


def _begins_with_a_verb(text: str) -> bool:
    """Tell whether a verb or work comes first, be it part of a longer known phrase ("sắp xếp bộ máy")."""
    words = syllables(text)
    if not words:
        return False
    heads = (
        lexicon().phrases.get(tuple(words[:length]))
        for length in range(1, lexicon().begins.get(words[0], 0) + 1)
    )
    return words[0] in lexicon().single_verbs or any(
        head is not None and head.kind in ("verb", "work") for head in heads
    )


def split_functions(functions: set[str]) -> list[frozenset[str]]:
    """Part functions that are steps of their own: publishing and disclosing, but not reviewing and evaluating."""
    papers = functions - work_functions()
    families: list[set[str]] = []
    for code in sorted(functions & work_functions()):
        family = next(
            (known for known in families if any(near_functions(code, other) for other in known)), None
        )
        if family is None:
            families.append({code})
        else:
            family.add(code)
    # "Rà soát, thống kê, tham mưu công bố TTHC": the review is a step to the other.
    told = [family for family in families if family != {"review"}] or families
    return [frozenset(family | papers) for family in told] or [frozenset(functions)]


def split_fields(clause: Clause, core: dict[str, float]) -> list[dict[str, float]]:
    """Part the fields of one plan or report: "Kế hoạch phòng, chống tham nhũng và tiết kiệm, chống lãng phí"."""
    named = [term for term in clause.main if term in fields()]
    if len(named) < 2 or clause.functions & work_functions() or not clause.functions:
        return [core]
    return [
        {term: weight for term, weight in core.items() if term == field or term not in named}
        for field in named
    ]
