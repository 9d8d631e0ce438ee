"""An example's body has another shape than the tables: no name in common, or a level off.

Readers cannot tell whether the fields stand at the root or inside of something.

Fails::

    POST /v1/disks
    = request
    disk | Yes | Disk object | The disk.
    = Disk
    size | Yes | Integer | Size of the disk.
    name | Yes | String | Name of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"size": 100, "name": "disk-1"}

Passes::

    POST /v1/disks
    = request
    disk | Yes | Disk object | The disk.
    = Disk
    size | Yes | Integer | Size of the disk.
    name | Yes | String | Name of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"disk": {"size": 100, "name": "disk-1"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.matching import Object
from contract_tests.rules.reading.members import is_fault, shares

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Objects without a single name of the table that should describe them, one a table."""
    seen: set[str] = set()
    for owner in reading.objects:
        table = owner.table
        if table.id in seen or table.role in {"path", "query"} or not _is_foreign(owner):
            continue
        seen.add(table.id)
        shown, stated = ", ".join(owner.members), ", ".join(f.name for f in table.fields)
        fitting = _fitting(owner, reading)
        belongs = f"; they are the fields of {fitting.name}" if fitting else ""
        yield Problem(
            structure=table.name,
            source=owner.source,
            message=f"the example has {shown} where {table.name} has {stated}{belongs}",
            values=tuple(owner.members),
            claims=(says(shown, owner.source), says(stated, table.source)),
        )


def _is_foreign(owner: Object) -> bool:
    return bool(owner.members and owner.table.fields) and not shares(owner) and not is_fault(owner)


def _fitting(owner: Object, reading: Reading) -> Table | None:
    """A table of the page that has all the names of the object."""
    names = set(owner.members)
    return next(
        (t for t in reading.page.tables if names <= {field.name for field in t.fields}), None
    )
