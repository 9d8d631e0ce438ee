"""An example shows a field that no row of its table documents.

Readers learn of a field that may go tomorrow, or the table forgot one that clients need. Where
the field is one of the table's, mistyped, the finding says so.

Fails::

    GET /v1/disks
    = response 200
    size | Integer | Size of the disk.
    = example response 200
    {"size": 100, "shape": "round"}

Passes::

    GET /v1/disks
    = response 200
    size | Integer | Size of the disk.
    labels | Map<String,String> | Labels, the keys of which the user chooses.
    = example response 200
    {"size": 100, "labels": {"shape": "round"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.matching import Object
from contract_tests.rules.reading.members import missing, unknown
from contract_tests.rules.reading.spelling import slip_of

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Names that none of the tables offered for the object has, each once a table."""
    seen: set[tuple[str, str]] = set()
    for owner in reading.objects:
        for name in unknown(owner, reading.page.tables):
            if (owner.table.id, name) not in seen:
                seen.add((owner.table.id, name))
                yield _problem(owner, name)


def _problem(owner: Object, name: str) -> Problem:
    source = owner.body.source_of((*owner.path, name))
    meant = slip_of(name, (field.name for field in missing(owner)))
    what = f"the table has {meant}" if meant else f"{owner.table.name} has no such row"
    return Problem(
        structure=owner.table.name,
        field=name,
        source=source,
        message=f"the example shows {name}, {what}",
        values=(name,),
        claims=(says(name, source), says(meant or "no row", owner.table.source)),
        suggestion=meant,
    )
