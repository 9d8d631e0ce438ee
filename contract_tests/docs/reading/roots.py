"""Root tables that turn out to be structures: a field of another table refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_tests.docs.reading.captions import ROOT_NAMES
from contract_tests.facts import Table, TableRole

_ROOTS: frozenset[TableRole] = frozenset({"path", "query", "header", "request", "response"})


def name_structures(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables; one that a field refers to is a structure, called as the field is."""
    names = dict(_references(tables))
    return tuple(
        replace(table, role="structure", name=_called(table, names[table.id]), status=None)
        if table.role in _ROOTS and table.id in names
        else table
        for table in tables
    )


def _called(table: Table, field: str) -> str:
    """The table's own name where its anchor bears one, else that of the field."""
    return field if table.name in ROOT_NAMES.values() else table.name


def _references(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for field in table.fields:
            for id_ in (field.type.structure, *field.type.alternatives):
                if id_ is not None and id_ != table.id:
                    yield id_, field.name
