"""Records as plain columns: only what `marshal` can write, types checked where the record was made."""

import datetime as dt
import marshal
from dataclasses import dataclass, field

import numpy as np
import pytest

from schemas.columnar import RecordError, _values
from schemas.columns import columns_of


class Word(str):
    __slots__ = ()


@dataclass(slots=True)
class Member:
    name: str
    page: int | None = None


@dataclass(slots=True)
class Record:
    text: str | None = None
    whole: int | None = None
    number: float | None = None
    truth: bool | None = None
    day: dt.date | None = None
    texts: list[str | None] = field(default_factory=list)
    box: list[float] | None = None
    members: list[Member] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)


COLUMNS = {column.name: column for column in columns_of(Record)}


def plain(name, *values):
    return _values("t", COLUMNS[name], [Record(**{name: value}) for value in values])


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("text", ["a", None, Word("b")], ["a", None, "b"]),  # a library's own kind of string
        ("whole", [1, None, np.int64(2), -(1 << 63)], [1, None, 2, -(1 << 63)]),
        ("number", [0.5, 1, np.float64(2.5), None], [0.5, 1.0, 2.5, None]),  # a whole number is a number
        ("truth", [True, None], [True, None]),
        ("day", [dt.date(1970, 1, 2), None, dt.date(1945, 9, 2)], [1, None, -8887]),
        ("texts", [["a", None], [], ["b"]], [["a", None], [], ["b"]]),
        ("box", [[0.5, 1.0], None], [[0.5, 1.0], None]),
        ("box", [[1, 2.5], None, [3]], [[1.0, 2.5], None, [3.0]]),
        ("members", [[Member("a", 1)], []], [[{"name": "a", "page": 1}], []]),
        ("extra", [{"a": "b"}, {}], [(("a", "b"),), ()]),
    ],
)  # fmt: skip
def test_values_become_plain(name, values, expected):
    found = plain(name, *values)
    assert repr(found) == repr(expected)
    assert marshal.loads(marshal.dumps(found)) == found  # noqa: S302 - our own


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 5),
        ("text", b"bytes"),
        ("whole", "1"),
        ("whole", True),  # a flag is no number
        ("whole", 1.0),
        ("whole", 1 << 63),
        ("number", "1,5"),
        ("truth", 1),
        ("day", "2020-01-01"),
        ("texts", ["a", 5]),
        ("members", [Member(5)]),
        ("members", ["no member"]),
        ("extra", {"a": 5}),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_by_name(name, value):
    with pytest.raises(RecordError, match=rf"t\.{name}: "):
        plain(name, value)
