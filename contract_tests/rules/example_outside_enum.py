"""An example shows a value that the field's list of values does not have.

One of the two is wrong: clients that check the list refuse what the service answers, or people
who copy the example send what the service refuses.

Fails::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large
    = example response 200
    {"kind": "TAPE"}

Passes::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large
    name | String | Name of the disk.
    = example response 200
    {"kind": "SSD", "name": "TAPE"}

Passes::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large
    = example response 200
    {"kind": "xxx"}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading
from contract_tests.rules.reading.mending import listing

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Values that no listed one equals, not even but for its case."""
    for stray in reading.strays:
        if stray.meant is None:
            is_answer = not stray.value.owner.is_request
            further = [stray.text] if is_answer else []
            yield Problem.shown(
                stray.value,
                f"the example shows {stray.text}, the row lists {stray.listed}",
                values=(stray.text,),
                claims=stray.claims,
                suggestion=stray.extended if is_answer else None,
                overlay_action=listing(reading.page, stray.value.table, stray.value.field, further),
            )
