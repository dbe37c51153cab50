"""Legacy Vietnamese fonts of a PDF (.VnTime, VNI-Times): decided from all pages read so far, then decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from normalize.legacy import LegacyState, decide, font_encoding, is_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.pdf.content import PageContent, Run

_ENOUGH = 40_000  # letters of a font; more would not change what was decided


@dataclass(slots=True)
class LegacyFonts:
    """What is known of the fonts of one document; grows page by page."""

    state: LegacyState = field(default_factory=LegacyState)
    _samples: dict[str | None, str] = field(default_factory=dict)

    def decoded(self, content: PageContent) -> PageContent:
        """Give the page with its legacy fonts decoded; a page of Unicode comes back as it is."""
        runs = content.runs
        named = any(font_encoding(font.name) for font in {run.font for run in runs})
        if not named and not self.state.fonts and is_unicode(" ".join(run.text for run in runs)):
            return content  # nearly every page
        texts: dict[str | None, list[str]] = {}
        for run in runs:
            texts.setdefault(run.font.name, []).append(run.text)
        before = dict(self._samples)
        for font, found in texts.items():
            self._samples[font] = f"{self._samples.get(font, '')} {' '.join(found)}"[:_ENOUGH]
        if self._samples != before:
            self.state = decide(self._samples)
        if not self.state.fonts:
            return content
        return content._replace(runs=list(self._runs(runs)))

    def _runs(self, runs: list[Run]) -> Iterator[Run]:
        """Decode runs of one line and encoding together: a PDF draws "Thñ t", "−", "íng" as three runs."""
        for (key, _), group in groupby(runs, key=lambda run: (self.state.key(run.font.name), run.baseline)):
            line = list(group)
            if key[0] is None:
                yield from line
                continue
            texts = self.state.decode_pieces([run.text for run in line], key)
            yield from (run._replace(text=text) for run, text in zip(line, texts, strict=True))
