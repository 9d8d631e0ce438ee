"""What stands in cells besides their text: list items and code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.docs.reading.blocks import Cell, Code, Paragraph
from contract_tests.facts import Note
from contract_tests.findings import Source


def notes_of(cells: Iterable[Cell], file: str) -> Iterator[Note]:
    """The list items of cells."""
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph) and block.start == "item":
                yield Note(block.text, Source(file, block.line))


def codes_of(cells: Iterable[Cell]) -> Iterator[Code]:
    """The code in cells."""
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Code):
                yield block
