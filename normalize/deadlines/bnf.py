"""Turn a grammar file into one regular expression over canonical tokens.

A cell is matched as text in which every token is followed by one blank, so a literal word compiles to `word `.
The notation is described at the head of `data/lexemes.grammar`. Rules cannot call themselves: a lexeme is regular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SYMBOL = re.compile(
    r"""\s+ | (?P<pattern>/(?:\\.|[^/\\])+/(?=[\s)?*+|]|$)) | '(?P<sign>[^']+)' | (?P<capture>[a-z]\w*):(?=\S)
      | (?P<part>[A-Z]\w*) | (?P<word>[^\W\d_]+) | (?P<operator>[()|?*+!&])""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_RULE = re.compile(r"(?m)^([A-Za-z][\w.]*)\s*=\s*(.+?)\s*$")


class GrammarError(Exception):
    """A grammar file that does not compile: a defect of the program, never of the input."""


@dataclass(frozen=True, slots=True)
class Lexer:
    """The compiled lexemes: `match` finds the first that fits, `captures` its named pieces."""

    pattern: re.Pattern[str]
    captures: Mapping[str, tuple[tuple[str, str], ...]]
    words: frozenset[str]


@dataclass(slots=True)
class _Compiler:
    """Recursive descent over one rule body; `captured` collects (name, regex group) of the lexeme at hand."""

    parts: Mapping[str, str]
    lexeme: str
    captured: list[tuple[str, str]]
    words: set[str]

    def body(self, text: str) -> str:
        symbols = list(_symbols(text))
        pattern, rest = self.alternatives(symbols, 0)
        if rest != len(symbols):
            raise GrammarError(f"{self.lexeme}: cannot read {symbols[rest:]}")
        return pattern

    def alternatives(self, symbols: list[tuple[str, str]], at: int) -> tuple[str, int]:
        branches = []
        while True:
            branch, at = self.sequence(symbols, at)
            branches.append(branch)
            if at == len(symbols) or symbols[at] != ("operator", "|"):
                return (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"), at
            at += 1

    def sequence(self, symbols: list[tuple[str, str]], at: int) -> tuple[str, int]:
        items = []
        while at < len(symbols) and symbols[at] not in {("operator", "|"), ("operator", ")")}:
            item, at = self.item(symbols, at)
            items.append(item)
        return "".join(items), at

    def item(self, symbols: list[tuple[str, str]], at: int) -> tuple[str, int]:
        kind, text = symbols[at]
        if (kind, text) in {("operator", "!"), ("operator", "&")}:
            inner, at = self.item(symbols, at + 1)
            return f"(?{'!' if text == '!' else '='}{inner})", at
        if kind == "capture":
            inner, at = self.item(symbols, at + 1)
            group = f"{self.lexeme.replace('.', '_')}__{len(self.captured)}"
            optional = ""
            if inner.endswith(")?"):  # a:x? keeps x when there is one
                inner, optional = inner[:-1], "?"
            self.captured.append((text, group))
            return f"(?:(?P<{group}>{inner})){optional}", at
        if (kind, text) == ("operator", "("):
            inner, at = self.alternatives(symbols, at + 1)
            if at == len(symbols):
                raise GrammarError(f"{self.lexeme}: unclosed parenthesis")
            at += 1
        else:
            inner, at = self.primary(kind, text), at + 1
        quantifier = ""
        if at < len(symbols) and symbols[at][0] == "operator" and symbols[at][1] in "?*+":
            quantifier, at = symbols[at][1], at + 1
        return f"(?:{inner}){quantifier}", at

    def primary(self, kind: str, text: str) -> str:
        if kind == "part":
            if text not in self.parts:
                raise GrammarError(f"{self.lexeme}: no part {text}")
            return self.body(self.parts[text])
        if kind == "pattern":
            inner = text[1:-1]
            if inner == "$":
                return r"\Z"
            self.words.update(_WORD.findall(re.sub(r"\\.", " ", inner)))
            return f"(?:{inner}) "
        if kind == "word":
            self.words.add(text)
        if kind == "operator":
            raise GrammarError(f"{self.lexeme}: misplaced {text}")
        return re.escape(text) + " "


def _symbols(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _SYMBOL.match(text, at)
        if not found:
            raise GrammarError(f"cannot read {text[at : at + 30]!r}")
        if found.lastgroup:
            yield found.lastgroup, found.group(found.lastgroup)
        at = found.end()


def compile_lexer(grammar: str) -> Lexer:
    """Compile a grammar text; GrammarError on anything but the notation."""
    rules = [(found[1], found[2]) for found in _RULE.finditer(grammar)]
    parts = {name: body for name, body in rules if "." not in name}
    words: set[str] = set()
    captures: dict[str, tuple[tuple[str, str], ...]] = {}
    lexemes = []
    for name, body in rules:
        if "." not in name:
            continue
        compiler = _Compiler(parts, name, [], words)
        group = name.replace(".", "_")
        lexemes.append(f"(?P<{group}>{compiler.body(body)})")
        captures[group] = tuple(compiler.captured)
    pattern = re.compile("|".join(lexemes))
    return Lexer(pattern, captures, frozenset(words))
