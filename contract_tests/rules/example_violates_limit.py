"""An example shows a value beyond the limits that its row states.

The example is refused when it is sent, or clients that check the limit refuse the answer.

Fails::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk. The value ranges from 1 to 50.
    = example request
    POST https://{endpoint}/v1/disks
    {"size": 100}

Passes::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk. The value ranges from 1 to 50.
    name | No | String | Name of the disk. The value contains 1 to 8 characters.
    = example request
    POST https://{endpoint}/v1/disks
    {"size": 50, "name": "xxxxxxxxxxx"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Limits
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.matching import Value
from contract_tests.rules.reading.placeholders import is_placeholder, is_unset

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"

FORMATS = {
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"),
    "uuid": re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$", re.IGNORECASE),
    "pem": re.compile(r"\s*-----BEGIN "),
}
"""The formats that descriptions state, and what a value of theirs begins with."""


def check(reading: Reading) -> Iterator[Problem]:
    """Values beyond a limit that holds without a condition, one finding a row and limit."""
    seen: set[tuple[str, str, str]] = set()
    for value in reading.values:
        broken = _broken(value)
        key = (value.table.id, value.field.name, broken or "")
        if broken and key not in seen:
            seen.add(key)
            yield _problem(value, broken)


def _problem(value: Value, broken: str) -> Problem:
    shown = str(value.value)
    length = f" ({len(shown)} characters)" if "characters" in broken else ""
    return Problem.shown(
        value,
        f"the example shows {_short(shown)}{length}, the row allows {broken}",
        values=(broken,),
        claims=(says(_short(shown), value.source), says(broken, value.field.source)),
    )


def _broken(value: Value) -> str | None:
    """The limit that a value breaks, None where it breaks none."""
    shown, limits = value.value, value.field.limits
    if is_unset(shown) or is_placeholder(shown):
        return None
    if value.owner.body.is_query or isinstance(shown, bool):
        return None
    if isinstance(shown, int | float):
        return _beyond_value(shown, limits)
    if isinstance(shown, str) and value.field.type.kind == "string":
        return _beyond_length(shown, limits)
    return None


def _beyond_value(shown: float, limits: Limits) -> str | None:
    if limits.minimum is not None and shown < limits.minimum:
        return f"no less than {limits.minimum:g}"
    if limits.maximum is not None and shown > limits.maximum:
        return f"no more than {limits.maximum:g}"
    return None


def _beyond_length(shown: str, limits: Limits) -> str | None:
    if limits.min_length is not None and len(shown) < limits.min_length:
        return f"no fewer than {limits.min_length} characters"
    if limits.max_length is not None and len(shown) > limits.max_length:
        return f"no more than {limits.max_length} characters"
    if limits.pattern and not re.search(limits.pattern, shown):
        return f"what matches {limits.pattern}"
    if limits.format in FORMATS and not FORMATS[limits.format].match(shown):
        return f"the format {limits.format}"
    return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
