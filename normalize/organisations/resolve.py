"""From the words of one name to one body, or to none with candidates; never to the nearest name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from normalize.diacritics import bare
from normalize.organisations.gazetteer import Body, Gazetteer, words
from normalize.organisations.mention import Candidate
from normalize.organisations.scope import Standpoint, fitness
from normalize.organisations.tokens import squeeze
from normalize.organisations.vocabulary import heads, phrase_abbreviations, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normalize.organisations.gazetteer import Alias
    from normalize.organisations.mention import Basis

_FUZZY_LENGTH = 8
_FUZZY_SHARE = 9  # one wrong letter in nine
_FUZZY_MARGIN = 2
_CANDIDATES = 3
_LETTERS_PER_WORD = 3  # "ChN" = Chuyên ngành, "NgV" = Ngoại vụ
_CONFIDENCE: dict[Basis, float] = {
    "exact": 0.95, "glossary": 0.95, "abbreviation": 0.9, "initials": 0.8, "fuzzy": 0.7, "group_rule": 0.9,
}  # fmt: skip
_PROPER = frozenset(
    {"Công ty", "Tổng công ty", "Ngân hàng", "Bệnh viện", "Trường", "Học viện", "Hợp tác xã", "Quỹ"}
)
_OPEN_CONFIDENCE = 0.6
_OUT_OF_ERA = 0.25


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to be. `body` None: unresolved, `candidates` say what it may be."""

    body: Body | None
    basis: Basis | None
    confidence: float
    canonical: str | None = None
    class_id: str | None = None
    candidates: tuple[Candidate, ...] = ()


def resolved(body: Body, basis: Basis, view: Standpoint, canonical: str | None = None) -> Resolution:
    """Give the resolution to `body`; a body that did not exist on the day is believed less."""
    confidence = _CONFIDENCE[basis] - (0.0 if body.lived_on(view.date) else _OUT_OF_ERA)
    return Resolution(body, basis, confidence, canonical or body.canonical, body.class_id)


def choose(aliases: Sequence[Alias], view: Standpoint) -> Resolution:
    """Choose between bodies of one spelling: by the day, then by the issuer's surroundings; a tie is none."""
    if len(aliases) == 1:
        return resolved(aliases[0].body, aliases[0].basis, view)
    alive = [alias for alias in aliases if alias.body.lived_on(view.date)] or list(aliases)
    scored = sorted(((fitness(alias.body, view), alias) for alias in alive), key=lambda pair: -pair[0])
    if len(scored) == 1 or scored[0][0] > scored[1][0]:
        return resolved(scored[0][1].body, scored[0][1].basis, view)
    return unresolved(Candidate(alias.body.class_id, alias.body.canonical, 100.0) for _, alias in scored)


def unresolved(candidates: Iterable[Candidate] = ()) -> Resolution:
    """Give the resolution that names nothing."""
    return Resolution(None, None, 0.0, candidates=tuple(candidates)[:_CANDIDATES])


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands: its head, the words behind the head as written, and bare."""

    head: str
    tail: tuple[str, ...]
    text: str

    @property
    def bare_tail(self) -> tuple[str, ...]:
        """The words behind the head without diacritics."""
        return tuple(bare(word) for word in self.tail)


def resolve_name(name: Name, gazetteer: Gazetteer, view: Standpoint) -> Resolution:
    """Resolve a name whose spelling the index does not hold: abbreviation, fuzzy, open class, none."""
    if not name.tail:
        return unresolved()
    fits = _by_abbreviation(name, gazetteer)
    if fits:
        return _one_of(fits, "abbreviation", view)
    near = _by_spelling(name, gazetteer)
    if near:
        return _one_of(near, "fuzzy", view)
    return _open_class(name, view) or unresolved(_near(name, gazetteer))


def by_letters(name: Name, gazetteer: Gazetteer, view: Standpoint) -> Resolution | None:
    """Resolve a partly abbreviated name; None when no body is so written."""
    fits = _by_abbreviation(name, gazetteer)
    return _one_of(fits, "abbreviation", view) if fits else None


def _one_of(bodies: list[Body], basis: Basis, view: Standpoint) -> Resolution:
    alive = [body for body in bodies if body.lived_on(view.date)] or bodies
    scored = sorted(((fitness(body, view), index) for index, body in enumerate(alive)), reverse=True)
    if len(scored) == 1 or scored[0][0] > scored[1][0]:
        return resolved(alive[scored[0][1]], basis, view)
    return unresolved(Candidate(body.class_id, body.canonical, 100.0) for body in alive)


@lru_cache(maxsize=4_096)
def _tails(body: Body) -> tuple[tuple[str, ...], ...]:
    """Give the bare words behind the head in each full name of a body."""
    found = []
    for name in (body.canonical, *body.names):
        if name.startswith(body.head + " ") and not any(map(_may_abbreviate, name.split())):
            words_of_name = tuple(
                squeeze(word) for word in name[len(body.head) :].replace(",", " ").replace("-", " ").split()
            )
            found.append(tuple(word for word in words_of_name if word))
    return tuple(dict.fromkeys(found))


def _by_abbreviation(name: Name, gazetteer: Gazetteer) -> list[Body]:
    if not any(_may_abbreviate(word) for word in name.tail):
        return []
    words = tuple((bare(word), _may_abbreviate(word)) for word in name.tail)
    return [
        body
        for body in gazetteer.by_head.get(name.head, ())
        if any(_aligns(words, tail) for tail in _tails(body))
    ]


@lru_cache(maxsize=8_192)
def _may_abbreviate(word: str) -> bool:
    return (
        any(letter.isupper() for letter in word[1:])
        or (len(word) == 1 and word.isupper())
        or (word.isupper() and word.lower() not in syllables())
    )


def _aligns(words: tuple[tuple[str, bool], ...], tail: tuple[str, ...]) -> bool:
    """Tell whether `words` write `tail`: each is one of its words or first letters of some in a row."""
    if not words:
        return not tail
    word, short = words[0]
    if not tail:
        return False
    if word == tail[0] and _aligns(words[1:], tail[1:]):
        return True
    return short and any(_aligns(words[1:], tail[used:]) for used in spelt(word, tail))


def spelt(letters: str, tail: tuple[str, ...]) -> Iterable[int]:
    """How many words of `tail` the letters may stand for: one to three first letters of each."""
    if not letters:
        yield 0
        return
    if not tail:
        return
    for size in range(1, min(_LETTERS_PER_WORD, len(letters), len(tail[0])) + 1):
        if tail[0][:size] == letters[:size]:
            for used in spelt(letters[size:], tail[1:]):
                yield used + 1


def _by_spelling(name: Name, gazetteer: Gazetteer) -> list[Body]:
    key = "".join(name.bare_tail)
    if len(key) < _FUZZY_LENGTH:
        return []
    from rapidfuzz.distance import OSA  # noqa: PLC0415  only misspelt names pay for the import

    allowed = max(1, len(key) // _FUZZY_SHARE)
    best: dict[str, tuple[int, Body]] = {}
    for body in gazetteer.by_head.get(name.head, ()):
        for tail in _tails(body):
            distance = OSA.distance(key, "".join(tail), score_cutoff=allowed + _FUZZY_MARGIN)
            known = best.get(body.class_id)
            if known is None or distance < known[0]:
                best[body.class_id] = (distance, body)
    ranked = sorted(best.values(), key=lambda pair: pair[0])
    if not ranked or ranked[0][0] > allowed or _other_words(name, ranked[0][1]):
        return []
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _FUZZY_MARGIN and ranked[1][0] <= allowed:
        return [body for distance, body in ranked if distance <= allowed]
    return [ranked[0][1]]


def _other_words(name: Name, body: Body) -> bool:
    """Tell whether a differing word is a word of its own ("Khuyến ngư" is no misspelt "Khuyến nông")."""
    for tail in _tails(body):
        if len(tail) == len(name.tail):
            for written, mine, known in zip(name.tail, name.bare_tail, tail, strict=True):
                if mine != known and written.lower() in syllables() and abs(len(mine) - len(known)) != 1:
                    return True
            return False
    return False


def _near(name: Name, gazetteer: Gazetteer) -> list[Candidate]:
    from rapidfuzz import fuzz  # noqa: PLC0415  only unresolved names pay for the import

    key = "".join(name.bare_tail)
    scored = []
    for body in gazetteer.by_head.get(name.head, ()):
        keys = ["".join(tail) for tail in _tails(body)] + [squeeze(text) for text in body.abbreviations]
        initials = ["".join(word[0] for word in tail) for tail in _tails(body)]
        score = max((fuzz.ratio(key, other) for other in keys + initials), default=0.0)
        if any(other.startswith(key) for other in keys + initials) and len(key) > 1:
            score = max(score, 80.0)  # "Sở KH" begins both KHCN and KHĐT
        if score >= 60:
            scored.append(Candidate(body.class_id, body.canonical, round(score, 1)))
    return sorted(scored, key=lambda candidate: (-candidate.score, candidate.class_id))


def _open_class(name: Name, view: Standpoint) -> Resolution | None:
    """Give the open class of the head for a name in full words; one with unknown letters stays unresolved."""
    head = heads().get(name.head)
    if head is None or not head.classes:
        return None
    level = view.level if view.level in head.classes else "so" if view.level is None else "other"
    class_id = head.classes.get(str(level)) or head.classes.get("other")
    canonical = _in_full(name)
    if class_id is None or canonical is None:
        return None
    if class_id == "sub.to*" and not _is_internal(name):
        class_id = "khac.to*"
    return Resolution(None, "group_rule", _OPEN_CONFIDENCE, canonical, class_id)


def _is_internal(name: Name) -> bool:
    """Tell a team is the issuer's own when it says so ("của Sở") or does an office's work ("Tổ kiểm tra …")."""
    tail = "".join(name.bare_tail)
    return (
        name.head != "Tổ"
        or "so" in name.bare_tail
        or any(tail.startswith(word) for word in words("internal_team"))
    )


def _in_full(name: Name) -> str | None:
    """Write a name out: the head in full, common abbreviations spelt, "của" left out; None if letters stay."""
    known = {squeeze(short): phrase for short, phrase in phrase_abbreviations().items()}
    text, head = name.text, name.head
    forms = [form for form in heads()[name.head].forms if squeeze(text).startswith(squeeze(form))]
    if forms:
        form = max(forms, key=len)
        text = _behind(text, len(squeeze(form)))
        head = form if " " in form and form.lower() == name.text[: len(form)].lower() else name.head
    parts: list[str] = []
    shouting = text.isupper() and len(name.tail) > 1 and all(bare(word) for word in name.tail)
    for word in text.split():
        core = word.strip(",;.()-")
        if core.lower() == "của":
            continue
        if squeeze(core) in known and _may_abbreviate(core):
            parts.append(word.replace(core, known[squeeze(core)]))
        elif name.head not in _PROPER and not shouting and _is_code(core):
            return None
        else:
            parts.append(word.lower() if shouting else word)
    if not parts:
        return None
    tail = " ".join(parts)
    return f"{head} {tail[0].upper() + tail[1:] if shouting else tail}"


def _is_code(word: str) -> bool:
    """Letters that stand for words unknown here ("QLXD"): a name with them is not written out."""
    if len(word) > 1 and word.isupper() and word.isalpha() and word.lower() not in syllables():
        return True
    return any(letter.isupper() for letter in word[1:]) and "-" not in word


def _behind(text: str, letters: int) -> str:
    """Cut the first `letters` bare letters off `text`."""
    seen = 0
    for index, character in enumerate(text):
        if seen >= letters:
            return text[index:].lstrip(" .")
        seen += len(squeeze(character))
    return ""
