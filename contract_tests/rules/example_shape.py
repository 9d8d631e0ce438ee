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
from contract_tests.rules.reading.members import is_foreign, owner_elsewhere

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Objects without a single name of the table that should describe them, one a table."""
    seen: set[str] = set()
    for owner in reading.objects:
        fitting = owner_elsewhere(owner, reading.page.tables)
        if owner.table.id not in seen and is_foreign(owner) and (fitting or not owner.path):
            seen.add(owner.table.id)
            yield _problem(owner, fitting)


def _problem(owner: Object, fitting: Table | None) -> Problem:
    """At the row that leads to the wrong table, at the table itself for the whole body."""
    table, field = owner.holder or (owner.table, None)
    shown, stated = ", ".join(owner.members), ", ".join(f.name for f in owner.table.fields)
    belongs = f"; they are the fields of {fitting.name}" if fitting else ""
    return Problem(
        structure=table.name,
        field=field.name if field else "",
        source=owner.source,
        message=f"the example has {shown} where {owner.table.name} has {stated}{belongs}",
        values=tuple(owner.members),
        claims=(says(shown, owner.source), says(stated, owner.table.source)),
    )
