"""The description of a field: the facts in its prose."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.docs.reading.blocks import Cell, Paragraph
from contract_tests.facts import (
    Bound,
    Default,
    EnumValue,
    Kind,
    Limits,
    NamedValue,
    Note,
)
from contract_tests.findings import Source

NO_LIMITS = Limits()


@dataclass(slots=True)
class Description:
    """What a description states."""

    text: str = ""
    enum: tuple[EnumValue, ...] = ()
    enum_notation: str = ""
    lead_in: str = ""
    enum_open: bool = False
    default: str | None = None
    defaults: tuple[Default, ...] = ()
    limits: Limits = NO_LIMITS
    bounds: tuple[Bound, ...] = ()
    named_values: tuple[NamedValue, ...] = ()
    notes: tuple[Note, ...] = ()


def read_description(cell: Cell, kind: Kind, file: str) -> Description:  # noqa: ARG001
    """What the cell of a description states."""
    notes = tuple(
        Note(block.text, Source(file, block.line))
        for block in cell.blocks
        if isinstance(block, Paragraph) and block.start == "item"
    )
    return Description(text=cell.text, notes=notes)
