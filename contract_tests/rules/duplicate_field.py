"""Two fields of one table are the same field twice: same type, same values, same description.

Readers cannot tell which one to use, and clients carry both for ever.

Fails::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large
    disk_kind | String | Kind of disk. Options: * SSD: fast * HDD: large

Passes::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large
    old_kind | String | Kind of disk before the change. Options: * SSD: fast * HDD: large
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.twins import is_duplicate

SEVERITY = Severity.MISLEADS
AREA = "prose"


def check(reading: Reading) -> Iterator[Problem]:
    """Rows that describe what an earlier row of the table describes, under a related name."""
    for table, first, second in reading.twins:
        if is_duplicate(first, second):
            yield Problem.at(
                table,
                second,
                f"{second.name} and {first.name} have the same type, values and description",
                values=(first.name,),
                claims=(says(first.name, first.source), says(second.name, second.source)),
            )
