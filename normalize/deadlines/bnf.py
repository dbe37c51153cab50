"""Turn a grammar file into regular expressions over canonical tokens.

A cell is matched as text in which every token is followed by one blank, so a literal word compiles to `word `.
The notation is described at the head of `data/lexemes.grammar`. Rules cannot call themselves: a lexeme is regular.

Every rule also gives its first set, the tokens that can begin it: a token is matched against the few lexemes that
it can begin, in their order, and not against all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SYMBOL = re.compile(
    r"""\s+ | (?P<pattern>/(?:\\.|[^/\\])+/(?=[\s)?*+|]|$)) | '(?P<sign>[^']+)' | (?P<capture>[a-z]\w*):(?=\S)
      | (?P<part>[A-Z]\w*) | (?P<word>[^\W\d_]+) | (?P<operator>[()|?*+!&])""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_RULE = re.compile(r"(?m)^([A-Za-z][\w.]*)\s*=\s*(.+?)\s*$")
# So many tokens a process must have met before its lexemes are compiled into one expression.
_OFTEN = 300
_END = ("operator", ")")
_OR = ("operator", "|")
Symbols: TypeAlias = "Sequence[tuple[str, str]]"


class GrammarError(Exception):
    """A grammar file that does not compile: a defect of the program, never of the input."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A compiled piece: its regular expression, the expressions of its first tokens, whether it can be empty."""

    pattern: str
    first: frozenset[str] = frozenset()
    empty: bool = True
    optional: bool = False  # the pattern ends in the "?" of the whole piece


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One compiled lexeme: `captures` are (name, regex group) of its named pieces."""

    name: str
    pattern: str
    first: re.Pattern[str]
    captures: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Choice:
    """The lexemes a token can begin, in their order.

    One expression of them all is quicker to match and slow to compile (a plan of a hundred deadlines would
    pay more for compiling than for reading), so it is made only once it is asked for often.
    """

    lexemes: tuple[Lexeme, ...]
    asked: int = 0
    together: re.Pattern[str] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        if self.together is not None:
            return self.together.match(text, at)
        self.asked += 1
        if self.asked > _OFTEN:
            self.together = re.compile("|".join(lexeme.pattern for lexeme in self.lexemes))
        for lexeme in self.lexemes:
            found = _compiled(lexeme.pattern).match(text, at)
            if found:
                return found
        return None


_compiled = cache(re.compile)


@dataclass(slots=True)
class Lexer:
    """The compiled grammar. `words` is every word that it names."""

    lexemes: tuple[Lexeme, ...]
    words: frozenset[str]
    captures: Mapping[str, tuple[tuple[str, str], ...]]
    _by_token: dict[str, _Choice | None] = field(default_factory=dict)
    _by_choice: dict[tuple[int, ...], _Choice] = field(default_factory=dict)

    def match(self, token: str, text: str, at: int) -> re.Match[str] | None:
        """Find the first lexeme that matches `text` at `at`, where `token` begins; `lastgroup` names it."""
        try:
            choice = self._by_token[token]
        except KeyError:
            choice = self._by_token[token] = self._choose(token)
        return choice.match(text, at) if choice else None

    def _choose(self, token: str) -> _Choice | None:
        if len(self._by_token) > 1 << 14:  # tokens come from strangers' files: bounded
            self._by_token.clear()
        choice = tuple(index for index, lexeme in enumerate(self.lexemes) if lexeme.first.fullmatch(token))
        if not choice:
            return None
        return self._by_choice.setdefault(choice, _Choice(tuple(self.lexemes[index] for index in choice)))


@dataclass(slots=True)
class _Compiler:
    """Recursive descent over one rule body; `captured` collects (name, regex group) of the lexeme at hand."""

    parts: Mapping[str, Symbols]
    lexeme: str
    captured: list[tuple[str, str]]
    words: set[str]

    def body(self, symbols: Symbols) -> _Node:
        node, rest = self.alternatives(symbols, 0)
        if rest != len(symbols):
            raise GrammarError(f"{self.lexeme}: cannot read {symbols[rest:]}")
        return node

    def alternatives(self, symbols: Symbols, at: int) -> tuple[_Node, int]:
        branches: list[_Node] = []
        while True:
            branch, at = self.sequence(symbols, at)
            branches.append(branch)
            if at == len(symbols) or symbols[at] != _OR:
                break
            at += 1
        if len(branches) == 1:
            return branches[0], at
        pattern = f"(?:{'|'.join(branch.pattern for branch in branches)})"
        first = frozenset[str]().union(*(branch.first for branch in branches))
        return _Node(pattern, first, any(branch.empty for branch in branches)), at

    def sequence(self, symbols: Symbols, at: int) -> tuple[_Node, int]:
        pattern, first, empty = "", frozenset[str](), True
        while at < len(symbols) and symbols[at] not in (_OR, _END):
            item, at = self.item(symbols, at)
            pattern += item.pattern
            first = first | item.first if empty else first
            empty = empty and item.empty
        return _Node(pattern, first, empty), at

    def item(self, symbols: Symbols, at: int) -> tuple[_Node, int]:
        kind, text = symbols[at]
        if kind == "operator" and text in "!&":
            inner, at = self.item(symbols, at + 1)
            return _Node(f"(?{'!' if text == '!' else '='}{inner.pattern})"), at
        if kind == "capture":
            group = f"{self.lexeme.replace('.', '_')}__{len(self.captured)}"
            self.captured.append((text, group))
            inner, at = self.item(symbols, at + 1)
            if inner.optional:  # a:x? keeps x when there is one
                return _Node(f"(?P<{group}>{inner.pattern[:-1]})?", inner.first, empty=True), at
            return _Node(f"(?P<{group}>{inner.pattern})", inner.first, inner.empty), at
        if (kind, text) == ("operator", "("):
            inner, at = self.alternatives(symbols, at + 1)
            if at == len(symbols):
                raise GrammarError(f"{self.lexeme}: unclosed parenthesis")
        else:
            inner = self.primary(kind, text)
        at += 1
        if at < len(symbols) and symbols[at][0] == "operator" and symbols[at][1] in "?*+":
            sign = symbols[at][1]
            empty = inner.empty or sign != "+"
            return _Node(f"(?:{inner.pattern}){sign}", inner.first, empty, optional=sign == "?"), at + 1
        return inner, at

    def primary(self, kind: str, text: str) -> _Node:
        if kind == "part":
            if text not in self.parts:
                raise GrammarError(f"{self.lexeme}: no part {text}")
            node = self.body(self.parts[text])
            return _Node(f"(?:{node.pattern})", node.first, node.empty)
        if kind == "pattern":
            inner = text[1:-1]
            if inner == "$":
                return _Node(r"\Z")
            self.words.update(_WORD.findall(re.sub(r"\\.", " ", inner)))
            return _Node(f"(?:{inner}) ", frozenset({inner}), empty=False)
        if kind == "operator":
            raise GrammarError(f"{self.lexeme}: misplaced {text}")
        if kind == "word":
            self.words.add(text)
        return _Node(re.escape(text) + " ", frozenset({re.escape(text)}), empty=False)


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
    rules = {found[1]: tuple(_symbols(found[2])) for found in _RULE.finditer(grammar)}
    parts = {name: body for name, body in rules.items() if "." not in name}
    words: set[str] = set()
    lexemes = []
    for name, body in rules.items():
        if "." not in name:
            continue
        compiler = _Compiler(parts, name, [], words)
        node = compiler.body(body)
        if node.empty:
            raise GrammarError(f"{name}: matches nothing at all")
        group = name.replace(".", "_")
        first = re.compile("|".join(sorted(node.first)))
        lexemes.append(Lexeme(group, f"(?P<{group}>{node.pattern})", first, tuple(compiler.captured)))
    captures = {lexeme.name: lexeme.captures for lexeme in lexemes}
    return Lexer(tuple(lexemes), frozenset(words), captures)
