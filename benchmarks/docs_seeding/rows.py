"""Where a page can be spoiled: its rows, its lists of values, the values that its examples show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.docs_seeding.edits import VALUE
from contract_tests.facts import Example, Field, Page, Table


class Shown(NamedTuple):
    """A plain value that an example shows for a row."""

    table: Table
    field: Field
    example: Example
    value: str
    """As written, in quotes where it is a text."""


def described(page: Page, role: str = "") -> Iterator[tuple[Table, Field]]:
    """The rows with a type and a description."""
    for table in page.tables:
        heads = {head.lower() for head in table.columns}
        if "description" in heads and role in {"", table.role}:
            yield from (
                (table, row) for row in table.fields if row.type.written and row.description
            )


def listing(page: Page) -> Iterator[tuple[Table, Field]]:
    """The rows with a closed list of values, one an item."""
    for table, field in described(page):
        values = {value.value for value in field.enum}
        if field.enum_notation == "list" and len(values) > 1 and not field.enum_open:
            yield table, field


def shown(page: Page, role: str = "") -> Iterator[Shown]:
    """The plain values of examples, where only one row and one place can be meant."""
    names = [field.name for table in page.tables for field in table.fields]
    for table, field in described(page):
        for example in page.examples if names.count(field.name) == 1 else ():
            body = example.body or ""
            found = re.findall(rf'"{re.escape(field.name)}"\s*:\s*({VALUE})', body)
            if len(found) == 1 and role in {"", example.role} and not re.search(r"\.{3}|xx", body):
                yield Shown(table, field, example, found[0])


def below(page: Page, field: Field) -> Table | None:
    """The structure that a row refers to."""
    found = (table for table in page.tables if table.id == field.type.structure)
    return next((table for table in found if table.role == "structure"), None)
