"""Spreads cells that span several rows or columns, so that each row has all its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from contract_tests.docs.reading.blocks import Cell, Paragraph, Row

SpannedCell: TypeAlias = tuple[Cell, int, int]
"""A cell, the columns that it spans, the rows that it spans."""
Reaching: TypeAlias = dict[int, tuple[Cell, int]]
"""By column: a cell that reaches into the next row, and how many rows it still spans."""

WIDEST = 200
"""Columns that a row is spread to; cells that stand further right are kept as they are."""


def spread(rows: Sequence[tuple[int, Sequence[SpannedCell]]]) -> tuple[Row, ...]:
    """The rows (line, cells), each with the cells that reach into it from above.

    Only the first place of a cell holds its list items and code, so that they count once.
    """
    spread_rows: list[Row] = []
    reaching: Reaching = {}
    for line, cells in rows:
        if not reaching and all(width == height == 1 for _, width, height in cells):
            spread_rows.append(Row(tuple(cell for cell, _, _ in cells), line))
        else:
            row, reaching = _spread_row(cells, line, reaching)
            spread_rows.append(Row(tuple(row), line))
    return tuple(spread_rows)


def _spread_row(
    cells: Sequence[SpannedCell], line: int, above: Reaching
) -> tuple[list[Cell], Reaching]:
    row: list[Cell] = []
    below: Reaching = {}
    for cell, width, height in cells:
        _fill(row, above, below)
        echo = _echo(cell, line)
        for offset in range(max(1, min(width, WIDEST - len(row)))):
            if height > 1:
                below[len(row)] = echo, height - 1
            row.append(echo if offset else cell)
    _fill(row, above, below)
    return row, below


def _fill(row: list[Cell], above: Reaching, below: Reaching) -> None:
    while len(row) in above:
        cell, height = above.pop(len(row))
        if height > 1:
            below[len(row)] = cell, height - 1
        row.append(cell)


def _echo(cell: Cell, line: int) -> Cell:
    text = cell.text
    return Cell((Paragraph(text, line),) if text else ())
