"""A description announces values and gives none.

The reader is told that only certain values are allowed and cannot learn which.

Fails::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. Options:

Passes::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. Options: * FAST: fast * SLOW: slow
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"
NOTHING = re.compile(
    r":(?=$| (?:This|It|If|When|The|In|For|NOTE|Note|Default|Minimum|Maximum)\b)", re.IGNORECASE
)
ANNOUNCED = re.compile(
    r"(?:\b(?:options|enums?|enumeration values?|enumerated values?|possible values|value options)"
    r"(?: are)?(?: as follows)?"
    r"|\bvalues?(?: of this parameter)? (?:can be|are)(?: one of the following)?"
    r"|\bthe following (?:values|options)[^.]{0,30})\s*"
    rf"{NOTHING.pattern}",
    re.IGNORECASE,
)
"""The announcement, with nothing or another sentence behind it."""


def check(reading: Reading) -> Iterator[Problem]:
    """Find the announcements that nothing follows, and values without a text."""
    for table, field in reading.rows:
        bare = not field.enum and not field.notes and NOTHING.search(field.description)
        if bare and (announced := ANNOUNCED.search(field.description)):
            yield Problem.at(
                table,
                field,
                f"{announced[0].strip()!r} is followed by no value",
                values=("",),
                claims=(says(announced[0].strip(), field.source),),
            )
        elif field.enum and any(not value.value for value in field.enum):
            yield Problem.at(table, field, "one of the values listed is empty", values=("",))
