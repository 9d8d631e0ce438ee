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

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"
OPEN = re.compile(
    r"\b(?:values? (?:can be|are)|options(?: are)?|enums?)\b[^.;]*(?:\betc\b|\band so on\b|\.{3}|…)",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the enumerations that say of themselves that they are incomplete."""
    for table, field in reading.rows():
        said = _said(field)
        if said:
            yield Problem.at(
                table,
                field,
                f"the values are left open: {said}",
                values=tuple(value.value for value in field.enum),
                claims=(says(said, field.source),),
            )


def _said(field: Field) -> str:
    """The open enumeration, as listed or as the description has it."""
    if field.enum and field.enum_open:
        return ", ".join(value.value for value in field.enum)
    words = OPEN.search(field.description)
    return words[0] if words else ""
