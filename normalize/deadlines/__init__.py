"""Vietnamese deadline expressions: any cell to dates, intervals, recurrences, offsets, references, refusals.

`parse_deadline` reads a cell; `plan_year` finds the year of a table whose cells name none.
"""

from normalize.deadlines.model import Deadline, DeadlinePart, Extension, Offset
from normalize.deadlines.parse import parse_deadline
from normalize.deadlines.plan_year import PlanYear, YearCandidate, plan_year

__all__ = [
    "Deadline",
    "DeadlinePart",
    "Extension",
    "Offset",
    "PlanYear",
    "YearCandidate",
    "parse_deadline",
    "plan_year",
]
