"""Letters that an earlier conversion lost for good: told once for the document, flagged on each task they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Problem, Table
from extract.errors import LettersLostError
from normalize.legacy import damage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.document import Block

_PAGES_NAMED = 10


def lost_letters(blocks: Iterable[Block]) -> tuple[Problem, ...]:
    """Say how many letters are lost and on which pages; nothing where none is."""
    pages: dict[int | None, int] = {}
    for block in blocks:
        if lost := damage("\n".join(_texts(block))):
            pages[block.page] = pages.get(block.page, 0) + lost
    if not pages:
        return ()
    numbers = sorted(page for page in pages if page is not None)
    named = ", ".join(map(str, numbers[:_PAGES_NAMED])) + (" …" if len(numbers) > _PAGES_NAMED else "")
    where = f" on page {named}" if numbers else ""
    message = (
        f"an earlier conversion lost {sum(pages.values())} letters{where}; they stay as the file has them"
    )
    return (Problem(LettersLostError.code, message, numbers[0] if numbers else None),)


def _texts(block: Block) -> Iterator[str]:
    if not isinstance(block, Table):
        yield block.text
        return
    for cell in block.cells:
        yield cell.text
        for nested in cell.nested:
            yield from _texts(nested)
