"""The blocks of a Word body in reading order: paragraphs with their numbers, tables, text boxes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import regex

from extract.document import Paragraph
from extract.docx.names import MC, W, child_value
from extract.docx.runs import PAGE_BREAK, SOFT_BREAK, RunReader
from extract.docx.styles import alignment
from extract.docx.tables import read_table
from extract.linebreaks import join_soft
from extract.nesting import unwrap
from normalize.legacy import decode_run
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extract.document import Block
    from extract.docx.numbering import Numbering
    from extract.docx.runs import Run
    from extract.docx.styles import Styles
    from normalize.legacy import LegacyState

_WRAPPERS = {
    W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent", "txbxContent", "body")
}
_BREAKS = regex.compile(f"[{SOFT_BREAK}{PAGE_BREAK}]")


class BodyReader:
    """Walks block elements; one instance a document, because numbers and notes count through all of it."""

    def __init__(self, styles: Styles, numbering: Numbering, legacy: LegacyState) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes: list[tuple[str, str]] = []
        self._legacy = legacy
        self._runs = RunReader(styles)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Give the blocks under `parent`; a text box follows the paragraph it is anchored in."""
        for element in parent:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from unwrap(*read_table(element, self))
            elif element.tag == W + "sdt":
                for content in element.iterchildren(W + "sdtContent"):
                    yield from self.blocks(content)
            elif element.tag == MC + "AlternateContent":
                for branch in element:
                    found = list(self.blocks(branch))
                    if found:
                        yield from found
                        break
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = element.find(W + "pPr")
        style_id = child_value(properties, "pStyle")
        style = self.styles.get(style_id)
        found = self._runs.read(element, style)
        self.notes += found.notes
        raw = decoded(found.runs, self._legacy)
        if raw.strip() or not _is_removed(properties):
            label, font = self.numbering.label(properties, style, style_id)
            label = decode_run(
                label, font or (found.runs[0].font if found.runs else style.font), self._legacy
            )
            bold = _all_bold(found.runs)
            side = alignment(properties) or style.alignment
            for index, part in enumerate(raw.split(PAGE_BREAK)):
                text = tidy(join_soft(part.split(SOFT_BREAK)))
                if label and not index:
                    text = f"{label} {text}".rstrip()
                if text:
                    yield Paragraph(text, alignment=side, bold=bold)
        for box in found.boxes:
            yield from self.blocks(box)


def decoded(runs: list[Run], legacy: LegacyState) -> str:
    """Give the text of runs, legacy fonts decoded; runs of one font are joined first ("tr" + "­ëng")."""
    if not legacy.fonts:
        return "".join(run.text for run in runs)
    groups = groupby(runs, key=lambda run: legacy.key(run.font))
    return "".join(legacy.decode("".join(run.text for run in group), key) for key, group in groups)


def _all_bold(runs: list[Run]) -> bool:
    letters = [run.bold for run in runs if any(map(str.isalnum, run.text))]
    return bool(letters) and all(letters)


def _is_removed(properties: etree._Element | None) -> bool:
    """Tell a paragraph whose mark a tracked change deleted: it is not there, and is not counted."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None
