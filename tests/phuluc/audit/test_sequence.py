"""A specification of what is wrong with a numbering, and what is not."""

import pytest

from phuluc.audit.sequence import Fault, Step, faults


def steps(text):
    """Read "1 2 - | 1 2": numbers, "-" for a row without one, "|" between sections; rows differ in their words."""
    section, found = 0, []
    for word in text.split():
        if word == "|":
            section += 1
        else:
            number = None if word == "-" else int(word)
            found.append(Step(number, section, f"words {len(found)}"))
    return found


@pytest.mark.parametrize(
    ("numbering", "why"),
    [
        ("1 2 3 4", "nothing wrong"),
        ("1 2 | 1 2 3 | 1", "begins again in every section"),
        ("1 2 | 3 4 | 5", "goes on over the end of a section"),
        ("1 2 3 1 2", "two lists in one section"),
        ("1 2 | 1 | 1 2", "a section with one row"),
        ("5 6 7", "an extract of a longer table"),
        ("- - -", "no numbers at all"),
        ("", "nothing at all"),
    ],
)
def test_nothing_wrong(numbering, why):
    assert list(faults(steps(numbering))) == [], why


@pytest.mark.parametrize(
    ("numbering", "expected", "why"),
    [
        (
            "1 2 | 3 | 3 4",
            [Fault("repeated", 3, 2)],
            "the first of a section repeats the last of the one before",
        ),
        ("1 2 2 3", [Fault("repeated", 2, 1)], "at once"),
        ("1 2 2 4", [Fault("repeated", 2, 1)], "it was to be 3: nothing is missing as well"),
        ("1 2 1 4", [Fault("repeated", 2, 0)], "further back"),
        ("1 2 1 3", [Fault("repeated", 2, 0)], "further back, an extra row"),
        ("1 2 3 | 3 4", [Fault("repeated", 3, 2, sure=False)], "a section would hardly begin with 3"),
        ("1 1 2", [Fault("repeated", 1, 0, sure=False)], "perhaps a list with one row, and another"),
        ("1 2 4 5", [Fault("missing", 2, 1, (3,))], "a gap"),
        ("1 2 13 4", [Fault("order", 2, 1)], "a slip of the pen: 4 goes on from 2"),
        ("1 2 - 4", [Fault("blank", 2, numbers=(3,))], "the row that was to be 3 has no number"),
        ("1 2 - 3", [Fault("blank", 2)], "a row between 2 and 3"),
        ("1 2 | - 2 3", [Fault("blank", 2, numbers=(1,))], "004: the first row of section VII"),
        ("- 2 3", [Fault("blank", 0, numbers=(1,))], "the first row of all"),
        ("1 2 | 3 4 | 6", [Fault("missing", 4, 3, (5,))], "a gap at the end of a section"),
        ("1 2 | 2 3", [Fault("missing", 2, 1, (1,))], "a section that begins with 2"),
    ],
)
def test_faults(numbering, expected, why):
    assert list(faults(steps(numbering))) == expected, why
