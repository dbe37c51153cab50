"""Vietnamese deadline expressions: any cell to dates, intervals, recurrences, offsets, references, refusals.

`parse_deadline` reads a cell; `plan_year` finds the year of a table whose cells name none.
"""

from normalize.deadlines.model import Deadline, DeadlinePart, Extension, Offset
from normalize.deadlines.parse import parse_deadline

__all__ = ["Deadline", "DeadlinePart", "Extension", "Offset", "parse_deadline"]
