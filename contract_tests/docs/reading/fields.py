"""A row of a table of parameters as a field."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tests.docs.reading.blocks import Cell, Row
from contract_tests.docs.reading.cells import notes_of
from contract_tests.docs.reading.descriptions import read_description
from contract_tests.docs.reading.nesting import Index, nest
from contract_tests.docs.reading.types import UNTYPED, read_type
from contract_tests.docs.wording import MANDATORY, Column
from contract_tests.facts import Field
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
    description = read_description(described, type_.kind, file)
    others = (cell for cell in cells if cell is not described)
    return Field(
        name=name,
        type=nest(type_, name, described, index, ordinal),
        source=Source(file, row.line),
        mandatory=MANDATORY.get(mandatory.lower()),
        mandatory_written=mandatory,
        enum=description.enum,
        enum_notation=description.enum_notation,
        lead_in=description.lead_in,
        enum_open=description.enum_open,
        default=description.default,
        defaults=description.defaults,
        limits=description.limits,
        bounds=description.bounds,
        named_values=description.named_values,
        notes=description.notes + tuple(notes_of(others, file)),
        description=description.text,
    )
