"""The text of one cell under its tokens."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.deadlines.words import Tokens

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}|#\w{1,6});|\*+|_{2,}")


@dataclass(frozen=True, slots=True)
class CellText:
    """Tokens of a cell and the source text that they were read from."""

    tokens: Tokens
    source: str

    def source_of(self, first: int, last: int) -> str:
        """Give the source text of tokens `first`..`last` (exclusive), composed (NFC), markup out, blanks folded."""
        if last <= first:
            return ""
        text = self.source[self.tokens.spans[first][0] : self.tokens.spans[last - 1][1]]
        return " ".join(_MARKUP.sub(" ", unicodedata.normalize("NFC", text)).split())
