"""A grid as a table of parameters, of status codes, of error codes, or of something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from contract_tests.docs.reading.blocks import Grid, Row
from contract_tests.docs.reading.captions import Title
from contract_tests.docs.reading.cells import notes_of
from contract_tests.docs.reading.fields import read_field
from contract_tests.docs.reading.nesting import Index
from contract_tests.docs.wording.tables import COLUMNS, STATUS_CODE, Column
from contract_tests.facts import (
    Diagnostic,
    ErrorCode,
    Field,
    Note,
    Record,
    StatusCode,
    Table,
)
from contract_tests.findings import Source

Places: TypeAlias = dict[Column, int]
"""Which column of a table is which."""
TableFact: TypeAlias = Table | StatusCode | ErrorCode | Note | Diagnostic


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where on the page a grid stands, and what it is titled."""

    file: str
    title: Title
    ordinal: int
    """Of the grid on the page, from 1."""
    heading: str
    status: int | None
    index: Index


def read_table(grid: Grid, around: Surroundings) -> Iterator[TableFact]:
    """Read a grid by the heads of its columns: one fact or diagnostic at least for each row."""
    places: Places = {}
    for place, head in enumerate(grid.columns):
        places.setdefault(COLUMNS.get(head.lower(), "other"), place)
    if "name" in places and ("type" in places or "mandatory" in places):
        yield from _parameters(grid, places, around)
    elif "status" in places and "description" in places:
        yield from _codes(grid, places, around.file)
    else:
        records = tuple(_record(row, around.file) for row in grid.rows)
        yield _table(grid, around, records=records)
        yield from notes_of((cell for row in grid.rows for cell in row.cells), around.file)


def _parameters(grid: Grid, places: Places, around: Surroundings) -> Iterator[TableFact]:
    fields = []
    for row in grid.rows:
        problem = _misfit(row, grid, places["name"])
        if problem:
            yield from _lost(row, problem, around.file)
        else:
            fields.append(read_field(row, places, around.index, around.ordinal, around.file))
    yield _table(grid, around, fields=tuple(fields))


def _codes(grid: Grid, places: Places, file: str) -> Iterator[TableFact]:
    for row in grid.rows:
        problem = _misfit(row, grid, places.get("code", places["status"]))
        code = None if problem else STATUS_CODE.match(row.cells[places["status"]].text)
        if problem or not (code or "code" in places):
            yield from _lost(row, problem or "no status code in it", file)
        else:
            yield _code(row, places, int(code[1]) if code else None, file)
            yield from notes_of(row.cells, file)


def _code(row: Row, places: Places, status: int | None, file: str) -> StatusCode | ErrorCode:
    source = Source(file, row.line)
    description = row.cells[places["description"]].text
    message = row.cells[places["message"]].text if "message" in places else ""
    if "code" in places:
        code = row.cells[places["code"]].text
        return ErrorCode(code, status, message, source, description=description)
    return StatusCode(status or 0, description, source, message=message)


def _misfit(row: Row, grid: Grid, name: int) -> str:
    if len(row.cells) != len(grid.columns):
        return f"{len(row.cells)} cells where the head has {len(grid.columns)}"
    return "" if row.cells[name].text else "no name in it"


def _lost(row: Row, reason: str, file: str) -> Iterator[TableFact]:
    text = " | ".join(cell.text for cell in row.cells)
    yield Diagnostic(reason, text[:200], Source(file, row.line), "row")
    yield from notes_of(row.cells, file)


def _record(row: Row, file: str) -> Record:
    return Record(tuple(cell.text for cell in row.cells), Source(file, row.line))


def _table(
    grid: Grid,
    around: Surroundings,
    fields: Sequence[Field] = (),
    records: Sequence[Record] = (),
) -> Table:
    title = around.title
    return Table(
        id=title.id,
        name=title.name,
        role=title.role if fields or not records else "other",
        caption=title.caption,
        source=Source(around.file, grid.line),
        fields=tuple(fields),
        status=around.status if title.role == "response" else None,
        number=title.number,
        section=around.heading,
        columns=grid.columns,
        records=tuple(records),
    )
