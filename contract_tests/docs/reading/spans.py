"""Spreads cells that span several rows or columns, so that each row has all its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from contract_tests.docs.reading.blocks import Cell, Paragraph, Row

Reaching: TypeAlias = dict[int, tuple[Cell, int]]
"""By column: a cell that reaches into the next row, and how many rows it still spans."""

WIDEST = 200
"""Columns that a row is spread to; cells that stand further right are kept as they are."""


def spread(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, each with the cells that reach into it from above.

    Only the first place of a cell holds its list items and code, so that they count once.
    """
    spread_rows: list[Row] = []
    reaching: Reaching = {}
    for row in rows:
        cells, reaching = _spread_row(row, reaching)
        spread_rows.append(Row(tuple(cells), row.line))
    return tuple(spread_rows)


def _spread_row(row: Row, above: Reaching) -> tuple[list[Cell], Reaching]:
    cells: list[Cell] = []
    below: Reaching = {}
    for cell in row.cells:
        _fill(cells, above, below)
        echo = _echo(cell, row.line)
        for offset in range(max(1, min(cell.width, WIDEST - len(cells)))):
            if cell.height > 1:
                below[len(cells)] = echo, cell.height - 1
            cells.append(echo if offset else cell)
    _fill(cells, above, below)
    return cells, below


def _fill(cells: list[Cell], above: Reaching, below: Reaching) -> None:
    while len(cells) in above:
        cell, height = above.pop(len(cells))
        if height > 1:
            below[len(cells)] = cell, height - 1
        cells.append(cell)


def _echo(cell: Cell, line: int) -> Cell:
    text = cell.text
    return Cell((Paragraph(text, line),) if text else ())
