"""Consistency scores: three figures of 0 to 100 a person can recompute from counts that stand beside them.

They are kept apart: a plan that leaves nothing out and contradicts itself needs another remedy than one that is sound
and half empty, and a mean of the two would say neither. docs/audit-report.md has the reasons and an example.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from phuluc.audit.report.model import Document, Fact, Filled, Group

ERROR_WEIGHT, WARNING_WEIGHT = 3, 1
"""What a finding takes off, per hundred tasks; notes take off nothing."""


class Agreement(NamedTuple):
    """Comparisons of a document's tasks with like tasks of other bodies."""

    agreeing: int
    compared: int


NOTHING_COMPARED = Agreement(0, 0)


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one document and the figures made of them; None where there is nothing to judge by.

    Attributes:
        errors, warnings, infos: findings of rules that look at one document alone.
    """

    doc: int
    filled: Filled
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    agreement: Agreement = NOTHING_COMPARED

    @property
    def completeness(self) -> float | None:
        """Share of the cells lead, deadline and product that say something: 100 × (L + D + P) / 3N."""
        said = self.filled
        if not said.tasks:
            return None
        return 100 * (said.lead + said.deadline + said.product) / (3 * said.tasks)

    @property
    def soundness(self) -> float | None:
        """What findings within the document leave of 100: max(0, 100 − 100 × (3E + W) / N)."""
        if not self.filled.tasks:
            return None
        taken = 100 * (ERROR_WEIGHT * self.errors + WARNING_WEIGHT * self.warnings) / self.filled.tasks
        return max(0.0, 100 - taken)

    @property
    def concord(self) -> float | None:
        """Share of comparisons with other bodies that agree: 100 × A / C."""
        if not self.agreement.compared:
            return None
        return 100 * self.agreement.agreeing / self.agreement.compared


def agreements(groups: Iterable[Group], documents: Sequence[Document]) -> dict[int, Agreement]:
    """Compare every task with the like tasks of other bodies, by leading unit and by time; give sums by document.

    Two leads agree when their classes are one ("Văn phòng Sở" of any department). Two deadlines agree when they end
    in the same quarter of their plans' years, or are of one kind without date (continuous, recurring). Where one side
    says nothing, there is nothing to compare. Cost: linear in the members, by counting values.
    """
    agreeing: Counter[int] = Counter()
    compared: Counter[int] = Counter()
    for group in groups:
        facts = [(member.fact, documents[member.fact.doc]) for member in group.members]
        for values in (
            [(fact.lead, doc.body) for fact, doc in facts],
            [(time_key(*f), f[1].body) for f in facts],
        ):
            said = [(value, body) for value, body in values if value is not None]
            of_value, of_body, of_both = (
                Counter(value for value, _ in said), Counter(body for _, body in said), Counter(said),
            )  # fmt: skip
            for (fact, _), (value, body) in zip(facts, values, strict=True):
                if value is not None:
                    agreeing[fact.doc] += of_value[value] - of_both[value, body]
                    compared[fact.doc] += len(said) - of_body[body]
    return {doc: Agreement(agreeing[doc], count) for doc, count in compared.items() if count}


def time_key(fact: Fact, document: Document) -> str | None:
    """Give what times are compared by: "Q1" to "Q4" of the plan's year, "Q5" for the one after, or a kind.

    None where there is nothing to compare: no date, or a plan over several years, whose quarters mean other things.
    """
    if fact.kind in ("continuous", "recurring"):
        return fact.kind
    if fact.kind != "date" or fact.due is None or document.plan_year is None:
        return None
    return f"Q{4 * (fact.due.year - document.plan_year) + (fact.due.month + 2) // 3}"
