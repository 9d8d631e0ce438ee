"""An enumeration is left open.

"A, B, etc." tells a reader that other values come and not which; neither a type nor a check can
be made of it. Where a value is a pattern (`yyyyMMdd`), a reader has to judge.

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

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"
MARKS = ("etc", "so on", "...", "…")
OPEN = re.compile(
    r"\b(?:values? (?:can be|are)|options(?: are)?|enums?)\b[^.;]*"
    r"(?:\betc\b|\band so on\b|\.{3}|…)",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the enumerations that say of themselves that they are incomplete."""
    for table, field in reading.rows:
        text = field.description
        words = OPEN.search(text) if any(word in text for word in MARKS) else None
        if words or (field.enum and field.enum_open):
            said = words[0] if words else ", ".join(value.value for value in field.enum)
            yield Problem.at(
                table,
                field,
                f"the values are left open: {said}",
                values=tuple(value.value for value in field.enum),
                claims=(says(said, field.source),),
                certain=words is not None,
            )
