"""What a rule is, and what it says when it sees something: all that the author of a plug-in needs.

A rule looks at one document (`document`), at facts gathered from all of them (`documents`, `corpus`), or at the
groups of like tasks (`groups`). It yields sightings; the audit turns them into findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

import pluggy

if TYPE_CHECKING:
    from phuluc.audit.dossier import Dossier, GroupView
    from schemas.review import Severity

Scope: TypeAlias = Literal["document", "documents", "groups", "corpus"]
Thresholds: TypeAlias = Mapping[str, float]
"""The numbers a rule decides by, as the user's file or the rule itself sets them."""


class Words(NamedTuple):
    """A text in both languages."""

    vi: str
    en: str

    def speak(self, lang: str) -> str:
        """Give the text in one language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something a rule saw.

    Attributes:
        message: key of one of the rule's messages.
        values: what to put into the message.
        doc_id: the document it is about; None: about the corpus.
        related: ids of the other records it compares with.
        text: the words it rests on, as the document has them.
        severity: None: the rule's own. A rule that is usually sure says "warning" where it is not.
    """

    message: str = "message"
    values: Mapping[str, object] = field(default_factory=dict)
    doc_id: str | None = None
    task_id: str | None = None
    related: Sequence[str] = ()
    page: int | None = None
    text: str | None = None
    severity: Severity | None = None


Sightings: TypeAlias = Iterable[Sighting]


class Watcher(Protocol):
    """A rule over many documents: it is shown each once, keeps what it needs, and concludes at the end."""

    def see(self, dossier: Dossier) -> None:
        """Take note of a document; keep little, there may be a hundred thousand."""

    def conclude(self) -> Sightings:
        """Say what was seen."""


DocumentCheck: TypeAlias = "Callable[[Dossier, Thresholds], Sightings]"
WatcherFactory: TypeAlias = Callable[[Thresholds], Watcher]
GroupCheck: TypeAlias = "Callable[[GroupView, Thresholds], Sightings]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: what it is called, why it is there, what it says, how it looks.

    Attributes:
        id: English snake_case; it stands in `findings.rule` and in files of settings.
        severity: error: the document contradicts itself beyond doubt; warning: a person should decide; info: good to
            know. A sighting may say otherwise.
        check: by scope, a DocumentCheck, a WatcherFactory (documents, corpus) or a GroupCheck.
        messages: templates by key; "message" is the usual one.
        thresholds: the numbers it decides by, with their defaults.
    """

    id: str
    severity: Severity
    scope: Scope
    family: str
    title: Words
    why: Words
    example: Words
    messages: Mapping[str, Words]
    check: DocumentCheck | WatcherFactory | GroupCheck
    thresholds: Thresholds = field(default_factory=dict)


PLUGINS = "phuluc.audit"
"""The entry point group of plug-ins, and the name that pluggy's markers carry."""

hookspec = pluggy.HookspecMarker(PLUGINS)
hookimpl = pluggy.HookimplMarker(PLUGINS)


class Hooks:
    """What a plug-in may do."""

    @hookspec
    def phuluc_audit_rules(self) -> list[Rule]:
        """Give rules."""
        raise NotImplementedError
