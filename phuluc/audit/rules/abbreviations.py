"""Abbreviations that a reader from outside cannot know. Needs the document's paragraphs: they explain most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from phuluc.audit.abbreviations import explained, known_to_all, squeezed
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "abbreviations",
        {
            "abbreviation_unexplained": abbreviation_unexplained,
            "abbreviation_misspelt": abbreviation_misspelt,
        },
    )


def abbreviation_unexplained(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find abbreviations that are used, not known to everybody and nowhere explained."""
    del thresholds
    if not dossier.passages:
        return
    clear = explained(text for text, _ in dossier.texts) | known_to_all()
    told: set[str] = set()
    for short, index, offset in dossier.abbreviations:
        name = squeezed(short)
        if name in clear or name in told or _joined(name, clear):
            continue
        told.add(name)
        text, page = dossier.texts[index]
        yield Sighting(
            values={"short": short},
            doc_id=dossier.doc_id,
            page=page,
            text=text[max(0, offset - 60) : offset + len(short) + 40].strip(),
        )


def _joined(name: str, clear: set[str] | frozenset[str]) -> bool:
    """Tell whether an abbreviation is two known ones side by side: "UBMTTQ", "KHCN&ĐMST" is not."""
    return any(name[:cut] in clear and name[cut:] in clear for cut in range(2, len(name) - 1))


def abbreviation_misspelt(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a rare abbreviation that is a frequent one with one letter wrong: CBCCVN where all else is CBCCVC."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for short, index, _ in dossier.abbreviations:
        counts[short] += 1
        first.setdefault(short, index)
    order = {short: number for number, short in enumerate(counts)}
    for short, count in counts.items():
        if count > 1 or len(short) < thresholds["fewest_letters"]:
            continue
        # Of two that stand once each the later one is taken for the slip, if they are long.
        near = [
            other
            for other in counts
            if _one_off(short, other)
            and (counts[other] >= thresholds["frequent"] or (len(short) > 5 and order[other] < order[short]))
        ]
        if len(near) == 1:
            text, page = dossier.texts[first[short]]
            yield Sighting(
                values={"short": short, "other": near[0]},
                doc_id=dossier.doc_id,
                page=page,
                text=text[:200],
            )


def _one_off(short: str, other: str) -> bool:
    """Tell whether one letter was typed for another, or two changed places; a letter more may be another word."""
    if len(short) != len(other) or squeezed(short) == squeezed(other):
        return False
    return OSA.distance(short, other) == 1
