"""What the report says in its own words: `wording.csv`, by language; dates and numbers as each language writes them."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phuluc.audit.report.model import Lang


@dataclass(frozen=True, slots=True)
class Wording:
    """The report's words in one language."""

    lang: Lang

    def __call__(self, key: str, **values: object) -> str:
        """Give the text `key`; numbers and dates among `values` are written as the language does."""
        return _texts(self.lang)[key].format(**{name: self.write(value) for name, value in values.items()})

    def all(self) -> dict[str, str]:
        """Give every text, for the script of the page."""
        return dict(_texts(self.lang))

    def write(self, value: object) -> str:
        """Write a value: 1234 as "1.234" or "1,234", a date as "31/12/2021" or "2021-12-31", 87.46 as "87,5"."""
        if isinstance(value, dt.date):
            return f"{value:%d/%m/%Y}" if self.lang == "vi" else value.isoformat()
        if isinstance(value, float):
            text = f"{value:,.1f}"
        elif isinstance(value, int):
            text = f"{value:,}"
        else:
            return str(value)
        return text.translate(str.maketrans(",.", ".,")) if self.lang == "vi" else text


@cache
def _texts(lang: Lang) -> dict[str, str]:
    text = files("phuluc").joinpath("audit/report/wording.csv").read_text("utf-8")
    return {row["key"]: row[lang] for row in csv.DictReader(text.splitlines())}


def alphabetical(text: str) -> str:
    """Give a key that sorts as a Vietnamese list does: Đ behind D, marks after letters."""
    return unicodedata.normalize("NFD", text.casefold()).replace("đ", "d~")
