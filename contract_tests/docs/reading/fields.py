"""A row of a table of parameters as a field: what its cells say, and where they say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contract_tests.docs.reading.blocks import Cell, Paragraph, Row, Words
from contract_tests.docs.reading.cells import notes_of
from contract_tests.docs.reading.descriptions import read_description
from contract_tests.docs.reading.enums import Enum
from contract_tests.docs.reading.nesting import Index, nest
from contract_tests.docs.reading.types import UNTYPED, read_type
from contract_tests.docs.wording.tables import FULL_WIDTH, MANDATORY, Column
from contract_tests.facts import EnumValue, Field, NamedValue, Note
from contract_tests.findings import Source

_NO_CELL = Cell(())


def read_field(
    row: Row, places: Mapping[Column, int], index: Index, ordinal: int, file: str
) -> Field:
    """The field that a row describes.

    `places` says which column is which, `index` knows the tables of the page, `ordinal` is
    that of the row's own table.
    """
    cells = row.cells
    name = cells[places["name"]].text
    described = cells[places["description"]] if "description" in places else _NO_CELL
    type_ = read_type(cells[places["type"]]) if "type" in places else UNTYPED
    mandatory = cells[places["mandatory"]].text if "mandatory" in places else ""
    paragraphs = [block for block in described.blocks if isinstance(block, Paragraph)]
    said = read_description(tuple(map(_words, paragraphs)), type_.kind)
    others = (cell for cell in cells if cell is not described)
    return Field(
        name=name,
        type=nest(type_, name, described, index, ordinal),
        source=Source(file, row.line),
        mandatory=MANDATORY.get(mandatory.lower()),
        mandatory_written=mandatory,
        enum=tuple(_values(said.enum, paragraphs, file)),
        enum_notation=said.enum.notation,
        lead_in=said.enum.lead_in,
        enum_open=said.enum.open,
        default=said.default,
        defaults=said.defaults,
        limits=said.limits,
        bounds=said.bounds,
        named_values=tuple(
            NamedValue(value, context, Source(file, paragraphs[place].line), notation)
            for value, context, place, notation in said.named
        ),
        notes=(*_notes(said.enum, paragraphs, file), *notes_of(others, file)),
        description=described.text,
    )


def _words(paragraph: Paragraph) -> Words:
    text, _, start, depth, bold, _ = paragraph
    return Words(text if text.isascii() else text.translate(FULL_WIDTH), start, depth, bold)


def _values(enum: Enum, paragraphs: Sequence[Paragraph], file: str) -> Iterator[EnumValue]:
    for value, meaning, place, item, marked in enum.values:
        yield EnumValue(value, meaning, Source(file, paragraphs[place].line), item, marked)


def _notes(enum: Enum, paragraphs: Sequence[Paragraph], file: str) -> Iterator[Note]:
    """The list items that are no values."""
    values = {value.place for value in enum.values if value.item}
    for place, paragraph in enumerate(paragraphs):
        if paragraph.start == "item" and place not in values:
            yield Note(paragraph.text, Source(file, paragraph.line))
