"""An enumeration is left open.

"A, B, etc." tells a reader that other values come and not which; neither a type nor a check can
be made of it.

Fails::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. The value can be FAST, SLOW, etc.

Passes::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. The value can be FAST or SLOW.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"


def check(reading: Reading) -> Iterator[Problem]:
    """Find the enumerations that say of themselves that they are incomplete."""
    for table, field in reading.rows():
        if field.enum and field.enum_open:
            listed = ", ".join(value.value for value in field.enum)
            yield Problem.at(
                table,
                field,
                f"the values ({listed}) are left open",
                values=tuple(value.value for value in field.enum),
                claims=(says(listed, field.source),),
            )
