"""Word documents to `Document`: the body in order, then its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Document, Paragraph, Problem
from extract.docx.body import BodyReader
from extract.docx.names import R_ID, W, child_value, switched_on
from extract.docx.numbering import Numbering
from extract.docx.runs import RunReader, note_mark
from extract.docx.styles import Styles, font_name
from extract.errors import DamagedFileError, NoPagesError
from extract.package import Package
from normalize.legacy import LegacyState, decide, font_encoding, is_unicode
from normalize.text import bare_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from extract.document import Block

_LETTERHEAD = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
_FIRST_BLOCKS = 12


def read_docx(path: Path) -> Document:
    """Read a DOCX (also DOCM, DOTX, strict OOXML).

    Raises:
        DamagedFileError: not a package, or its main part cannot be read.
        NoPagesError: not a word in it.
    """
    with Package(path) as package:
        main = next(
            (part for kind, part in package.related("").values() if kind == "officeDocument"),
            "word/document.xml",
        )
        root = package.xml(main)
        body = root.find(W + "body")
        if body is None:
            raise DamagedFileError(f"{main} is no Word body")
        related = package.related(main)
        optional = _Optional(package, dict(related.values()))
        styles = Styles(optional.xml("styles"))
        legacy = legacy_fonts(root, styles)
        reader = BodyReader(styles, Numbering(optional.xml("numbering")), legacy)
        blocks = list(reader.blocks(body))
        blocks += _notes(reader, optional)
        blocks = [*_letterhead(body, blocks, related, _Optional(package, {}), reader), *blocks]
        problems = optional.problems + [
            Problem("damaged_file", f"part {name} is not well-formed; what could be read was read")
            for name in package.repaired
        ]
    if not blocks:
        raise NoPagesError("the document holds no word")
    return Document("docx", tuple(blocks), legacy_encoding=legacy.label, problems=tuple(problems))


def legacy_fonts(root: etree._Element, styles: Styles) -> LegacyState:
    """Decide which fonts of a document carry a legacy encoding; the runs are read once more for that."""
    text = "".join(node.text or "" for node in root.iter(W + "t"))
    named = {font_name(node.getparent()) for node in root.iter(W + "rFonts")} | styles.fonts()
    if is_unicode(text) and not any(map(font_encoding, named)):
        return LegacyState()  # nearly every file: the second reading is spared
    runs = RunReader(styles)
    samples: dict[str | None, list[str]] = {}
    for paragraph in root.iter(W + "p"):
        style = styles.get(child_value(paragraph.find(W + "pPr"), "pStyle"))
        for run in runs.read(paragraph, style).runs:
            samples.setdefault(run.font, []).append(run.text)
        for texts in samples.values():
            texts.append(" ")
    return decide({font: "".join(texts) for font, texts in samples.items()})


class _Optional:
    """Parts a document can be read without: a broken one is a Problem, not a failure."""

    def __init__(self, package: Package, parts: dict[str, str]) -> None:
        self._package = package
        self._parts = parts
        self.problems: list[Problem] = []

    def xml(self, kind: str) -> etree._Element | None:
        part = self._parts.get(kind)
        return self.part(part) if part else None

    def part(self, name: str) -> etree._Element | None:
        try:
            return self._package.xml(name)
        except DamagedFileError as error:
            self.problems.append(Problem(error.code, error.message))
            return None


def _notes(reader: BodyReader, optional: _Optional) -> Iterator[Paragraph]:
    """Footnotes and endnotes in the order of their marks, each begun by its mark."""
    wanted, reader.notes = reader.notes, []
    if not wanted:
        return
    found: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnote", "endnote"):
        part = optional.xml(kind + "s")
        for note in part.iterchildren(W + kind) if part is not None else ():
            found[(kind, note.get(W + "id", ""))] = note
    for number, reference in enumerate(wanted, 1):
        body = found.get(reference)
        blocks = reader.blocks(body) if body is not None else ()
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        if texts:
            yield Paragraph(f"{note_mark(number)} " + "\n".join(texts))


def _letterhead(
    body: etree._Element,
    blocks: list[Block],
    related: dict[str, tuple[str, str]],
    optional: _Optional,
    reader: BodyReader,
) -> list[Block]:
    """Give the first page's header when the letterhead stands there and not in the body; else nothing."""
    if any(_is_letterhead(block) for block in blocks[:_FIRST_BLOCKS]):
        return []
    section = next(body.iter(W + "sectPr"), None)
    if section is None:
        return []
    wanted = "first" if switched_on(section, "titlePg") else "default"
    for reference in section.iterchildren(W + "headerReference"):
        if reference.get(W + "type", "default") == wanted and reference.get(R_ID) in related:
            part = optional.part(related[reference.get(R_ID, "")][1])
            header = list(reader.blocks(part)) if part is not None else []
            return header if any(_is_letterhead(block) for block in header) else []
    return []


def _is_letterhead(block: Block) -> bool:
    text = block.text if isinstance(block, Paragraph) else " ".join(cell.text for cell in block.cells)
    return any(words in bare_key(text) for words in _LETTERHEAD)
