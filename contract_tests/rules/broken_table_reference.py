"""A reference to a table leads nowhere, or to another table than it says.

Readers of the field do not find its structure, or find the wrong one.

Fails::

    GET /v1/{id}
    = response 200
    disk | Object | Disk. For details, see Table 9.

Fails::

    GET /v1/{id}
    = response 200
    disks | Array of Disk objects | Disks.

Passes::

    GET /v1/{id}
    = response 200
    disk | Object | Disk. For details, see Table 2.
    = disk
    id | String | Disk ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.untyped import is_lost, named_structure

SEVERITY = Severity.MISLEADS
AREA = "structure"
NUMBER = re.compile(r"\bTable (\d+)\b")


def check(reading: Reading) -> Iterator[Problem]:
    """Find the references without a table, and the links that lead to another one."""
    numbers = {table.number for table in reading.page.tables}
    dead = {link.target for link in reading.page.links if link.resolved is False}
    elsewhere = {link.text for link in reading.page.links if not link.internal}
    for table, field in reading.rows:
        for number in _numbers(field.description):
            if int(number) not in numbers and f"Table {number}" not in elsewhere:
                yield _nowhere(table, field, f"Table {number}")
        target = field.type.target or ""
        if target in dead or is_lost(reading.page, field):
            yield _nowhere(table, field, target)
        elif named := named_structure(field):
            yield _nowhere(table, field, named)
    yield from _wrong(reading)


def _numbers(text: str) -> Iterable[str]:
    return dict.fromkeys(NUMBER.findall(text)) if "Table " in text else ()


def _nowhere(table: Table, field: Field, target: str) -> Problem:
    return Problem.at(
        table,
        field,
        f"{field.name} refers to {target}, which is not on the page",
        values=(target,),
        claims=(says(target, field.source),),
    )


def _wrong(reading: Reading) -> Iterator[Problem]:
    """Links whose text names another table than the one they lead to."""
    for link in reading.page.links:
        named = NUMBER.fullmatch(link.text.strip())
        table = reading.tables.get(link.target.lstrip("#")) if link.internal else None
        if named and table and table.number and table.number != int(named[1]):
            yield Problem(
                structure=table.name,
                message=f"the link {link.text!r} leads to Table {table.number}",
                values=(link.text,),
                source=link.source,
                claims=(says(link.text, link.source), says(table.caption, table.source)),
                suggestion=f"Table {table.number}",
            )
