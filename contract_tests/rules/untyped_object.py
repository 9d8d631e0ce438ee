"""An object, or an array of objects, has no table that says what is in it.

A client cannot be generated for it, and a reader has to guess its fields from an example. Where
the description tells in words what is in it, or that the keys are the user's own, a reader has to
judge; likewise for an array of which nobody says what it holds. A choice of values is no object.

Fails::

    GET /v1/{id}
    = response 200
    disk | Object | Disk.

Passes::

    GET /v1/{id}
    = response 200
    disk | Disk object | Disk.
    disks | Array of Disk objects | Disks.
    labels | Map<String,String> | Labels.
    = Disk
    id | String | Disk ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"
IN_WORDS = re.compile(
    r"key[- ](?:and[- ])?value|label-value|any key|user-defined|map ?<"
    r"|\btype (?:is|of)\b|\bof the \w+ type\b",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the objects without a structure."""
    for table, field in reading.rows():
        meant = field.type
        held = meant.items if meant.kind == "array" else meant.kind
        if meant.structure or meant.target or meant.alternatives:
            continue
        if table.role == "query" or field.enum:
            continue
        if held == "object" or (held is None and meant.kind == "array"):
            yield Problem.at(
                table,
                field,
                f"{field.name} is {meant.written!r}, and no table says what is in it",
                values=(meant.kind,),
                claims=(says(meant.written, field.source),),
                certain=held == "object" and not IN_WORDS.search(field.description),
            )
