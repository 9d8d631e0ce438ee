"""One quantity has two units: in its name and its description, or in request and answer.

A client that takes one for the other is off by a factor of sixty or a thousand.

Fails::

    POST /v1/disks
    = request
    timeout | No | Integer | Timeout of the disk, in seconds.
    = response 200
    timeout | Integer | Timeout of the disk, in minutes.

Fails::

    GET /v1/disks
    = response 200
    duration_seconds | Integer | Running time of the disk, in minutes.

Passes::

    POST /v1/disks
    = request
    timeout | No | Integer | Timeout of the disk, in seconds.
    = response 200
    timeout | Integer | Timeout of the disk, in seconds.
    duration | Integer | Running time of the disk, in minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "prose"

IN_NAME: Mapping[str, str] = {
    "ms": "ms",
    "millis": "ms",
    "milliseconds": "ms",
    "seconds": "s",
    "secs": "s",
    "minutes": "min",
    "mins": "min",
    "hours": "h",
    "days": "d",
    "bytes": "B",
    "kb": "KB",
    "mb": "MB",
    "gb": "GB",
}
"""Last words of names that are units, and the unit."""
ALIKE = 0.7
"""Above this likeness of their descriptions two fields of one name are one quantity."""


def check(reading: Reading) -> Iterator[Problem]:
    """Units that disagree with the field's name, or with the same field elsewhere on the page."""
    for rows in reading.by_field.values():
        stated = [(table, field) for table, field in rows if field.limits.unit]
        for table, field in stated:
            other = _of_name(field) or _of_twin(field, (row for _, row in stated))
            if other and other != field.limits.unit:
                yield Problem.at(
                    table,
                    field,
                    f"the unit of {field.name} is {field.limits.unit} here and {other} elsewhere",
                    values=(f"{field.limits.unit}", other),
                    claims=(says(f"in {field.limits.unit}", field.source), says(f"in {other}")),
                )


def _of_name(field: Field) -> str | None:
    """The unit that a name ends with, None where the names of units are not its own."""
    unit = IN_NAME.get(re.split(r"[_-]|(?<=[a-z])(?=[A-Z])", field.name)[-1].lower())
    return unit if unit and "_" in field.name else None


def _of_twin(field: Field, others: Iterator[Field]) -> str | None:
    """The unit of an earlier field of that name whose description is nearly the same."""
    for other in others:
        if other is field:
            return None
        if other.limits.unit != field.limits.unit and _alike(other, field):
            return other.limits.unit
    return None


def _alike(first: Field, second: Field) -> bool:
    texts = (first.description.casefold(), second.description.casefold())
    return SequenceMatcher(None, *texts).ratio() > ALIKE
