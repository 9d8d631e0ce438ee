"""What stands in cells besides their text: list items; and the heads of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.docs.reading.blocks import Cell, Code, Paragraph
from contract_tests.docs.reading.spans import SpannedCell
from contract_tests.facts import Note
from contract_tests.findings import Source


def notes_of(cells: Iterable[Cell], file: str) -> Iterator[Note]:
    """The list items of cells."""
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph) and block.start == "item":
                yield Note(block.text, Source(file, block.line))


def read_head(cells: Iterable[SpannedCell]) -> tuple[tuple[str, ...], list[Paragraph | Code]]:
    """The heads of the columns, and the list items and code that stand in them."""
    columns: list[str] = []
    apart: list[Paragraph | Code] = []
    for cell, width, _ in cells:
        rest = [block for block in cell.blocks if isinstance(block, Code) or block.start == "item"]
        text = " ".join(block.text for block in cell.blocks if block not in rest)
        columns += [text] * width
        apart += rest
    return tuple(columns), apart
