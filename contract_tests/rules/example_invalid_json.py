"""An example's body is not JSON.

Who copies it gets a parse error instead of an answer, and no tool can read it. What is left out
(`......`) and comments are meant for the reader and are no fault.

Fails::

    GET /v1/disks
    = response 200
    size | Integer | Size of the disk.
    name | String | Name of the disk.
    = example response 200
    {"size": 100
     "name": "disk-1"}

Passes::

    GET /v1/disks
    = response 200
    size | Integer | Size of the disk.
    name | String | Name of the disk.
    = example response 200
    {"size": 100,
     ......
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Bodies that a JSON parser refuses, with its reason."""
    for body in reading.bodies:
        if fault := body.fault:
            source = Source(reading.page.file, body.first_line + fault.line)
            yield Problem(
                structure="example",
                field=body.example.role,
                source=source,
                message=f"the example is not JSON: {fault.reason}",
                values=(fault.reason,),
                claims=(says(fault.reason, source),),
            )
