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

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.untyped import holds_anything, is_told_in_words, is_untyped

SEVERITY = Severity.MISLEADS
AREA = "structure"


def check(reading: Reading) -> Iterator[Problem]:
    """Find the objects without a structure."""
    for table, field in reading.rows:
        untyped = is_untyped(field)
        if table.role != "query" and (untyped or holds_anything(field)):
            yield Problem.at(
                table,
                field,
                f"{field.name} is {field.type.written!r}, and no table says what is in it",
                values=(field.type.kind,),
                claims=(says(field.type.written, field.source),),
                certain=untyped and not is_told_in_words(field),
            )
