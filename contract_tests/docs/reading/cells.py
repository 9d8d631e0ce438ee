"""What stands in cells, heads and captions besides their text: list items, code, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contract_tests.docs.reading.blocks import Block, Cell, Code, Paragraph
from contract_tests.facts import Note
from contract_tests.findings import Source


def notes_of(cells: Iterable[Cell], file: str) -> Iterator[Note]:
    """The list items of cells."""
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph) and block.start == "item":
                yield Note(block.text, Source(file, block.line))


def read_head(cells: Iterable[Cell]) -> tuple[tuple[str, ...], list[Paragraph | Code]]:
    """The heads of the columns, and the list items and code that stand in them."""
    columns: list[str] = []
    apart: list[Paragraph | Code] = []
    for cell in cells:
        rest = [block for block in cell.blocks if isinstance(block, Code) or block.start == "item"]
        text = " ".join(block.text for block in cell.blocks if block not in rest)
        columns += [text] * cell.width
        apart += rest
    return tuple(columns), apart


def text_and_rest(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """The plain text of a heading or caption, and what else stands in it."""
    plain = [b for b in blocks if isinstance(b, Paragraph) and b.start != "item"]
    rest = [b for b in blocks if not isinstance(b, Paragraph) or b.start == "item"]
    return " ".join(block.text for block in plain), rest
