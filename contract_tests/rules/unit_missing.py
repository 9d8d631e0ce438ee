"""A number that is a duration, a point in time or a size has no unit.

Readers guess: a client that sends seconds where milliseconds are meant stops an instance a
thousand times too early.

Fails::

    POST /v1/disks/{id}/start
    = query
    timeout | No | Integer | Specifies the timeout duration of the disk.

Passes::

    POST /v1/disks/{id}/start
    = query
    timeout | No | Integer | Specifies the timeout duration of the disk, in seconds.
    page_size | No | Integer | Number of disks on each page.
    duration | No | Integer | Value that maps to the time unit.
    time_unit | No | String | Time unit. Options: * DAYS * HOURS
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "prose"

NUMBERS = frozenset({"integer", "long", "number"})
QUANTITY = re.compile(
    r"(?:^|_)(?:duration|timeout|interval|delay|period|ttl|lifetime|capacity|memory|bandwidth|"
    r"(?:file|disk|image|model|sample|volume)_?size|time|timestamp|date)$|_at$"
    r"|(?<=[a-z])(?:Time|Timeout|Duration|Timestamp)$",
)
UNIT = re.compile(
    r"\b(?:ms|milli-?seconds?|micro-?seconds?|seconds?|minutes?|hours?|days?|months?|bytes?|"
    r"[KMGTP]i?B|[KMG]?bit/s|pixels?|percent\w*|\d+-digit|units? of)\b|%|\bunit is\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"\bunit\b", re.IGNORECASE)
VAGUE = re.compile(r"\bUTC\b|\bformat\b", re.IGNORECASE)
COUNT = re.compile(r"\bnumber of\b|\btimes\b", re.IGNORECASE)


def check(reading: Reading) -> Iterator[Problem]:
    """Numeric rows of a quantity whose description names no unit."""
    for table, field in reading.rows:
        if field.type.kind in NUMBERS and QUANTITY.search(field.name) and _lacks_unit(field, table):
            yield Problem.at(
                table,
                field,
                f"the unit of {field.name} is not stated",
                values=("no unit",),
                claims=(says("no unit", field.source),),
                certain=not VAGUE.search(field.description),
            )


def _lacks_unit(field: Field, table: Table) -> bool:
    if field.limits.unit or not field.description or field.enum:
        return False
    if UNIT.search(field.description) or COUNT.search(field.description):
        return False
    beside = any("unit" in other.name for other in table.fields)
    return not beside and not ELSEWHERE.search(field.description)
