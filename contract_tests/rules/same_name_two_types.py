"""One field name has two types on one page.

`version_format` is an Integer in the query and a String in the answer: whoever passes one to the
other fails. Words like `id` and `type` mean something else in each structure and are left alone,
unless one table has both or the descriptions are the same; so are filters that take several
values of a field, and objects named after what they wrap.

Fails::

    GET /v1/{id}
    = query
    version_format | No | Integer | Format of the version.
    = response 200
    version_format | String | Format of a version.

Passes::

    GET /v1/{id}
    = query
    version_format | No | Array of strings | Formats of the version.
    = response 200
    version_format | String | Format of a version.
    id | Integer | Number of the version.
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "structure"
SCALARS = frozenset({"string", "integer", "long", "number", "boolean"})
COMPOUND = re.compile(r".*[a-z0-9](?:[_:.-]|(?=[A-Z])).+")


def check(reading: Reading) -> Iterator[Problem]:
    """Hold the types of all rows of one name against each other."""
    first: dict[str, tuple[Table, Field]] = {}
    told: set[str] = set()
    for table, field in reading.rows:
        other_table, other = first.setdefault(field.name, (table, field))
        if field.name in told or field.type.kind == other.type.kind:
            continue
        within = table is other_table
        if within or (
            _are_values(table, field, other_table, other) and _mean_the_same(field, other)
        ):
            told.add(field.name)
            yield Problem.at(
                table,
                field,
                f"{field.name} is {field.type.written} here and {other.type.written} "
                f"in {other_table.name}",
                values=(other.type.written, field.type.written),
                claims=(
                    says(f"{other_table.name}: {other.type.written}", other.source),
                    says(f"{table.name}: {field.type.written}", field.source),
                ),
            )


def _are_values(table: Table, field: Field, other_table: Table, other: Field) -> bool:
    """Whether both hold plain values: one each, or several outside of a filter."""
    if {field.type.kind, other.type.kind} <= SCALARS:
        return True
    items = {
        item.type.items if item.type.kind == "array" else item.type.kind for item in (field, other)
    }
    return items <= SCALARS and "query" not in {table.role, other_table.role}


def _mean_the_same(one: Field, other: Field) -> bool:
    return bool(COMPOUND.fullmatch(one.name)) or one.description == other.description != ""
