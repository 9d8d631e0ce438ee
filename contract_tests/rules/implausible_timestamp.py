"""An example's point in time cannot be one: digits too few or too many, or an end before a start.

Readers take the number's length for the unit, milliseconds or seconds, and code against it.

Fails::

    GET /v1/disks
    = response 200
    create_time | Long | Time when the disk was created.
    = example response 200
    {"create_time": 15099239923}

Passes::

    GET /v1/disks
    = response 200
    create_time | Long | Time when the disk was created.
    update_time | Long | Time when the disk was updated.
    run_time | Long | Time that the disk ran, in seconds.
    = example response 200
    {"create_time": 1509923992300, "update_time": 1509923992300, "run_time": 60}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.bodies import Json
from contract_tests.rules.reading.matching import Object, Value

SEVERITY = Severity.MISLEADS
AREA = "example"

NAMED = re.compile(r"(?:^|_)(?:time|timestamp|date)$|_at$|Time$|Timestamp$")
POINT = re.compile(
    r"\btime(?:stamp)? (?:\([^)]*\) )?(?:when|at which)|\b(?:creation|update|start|end|modification"
    r"|last \w+|created|expir\w+) time\b|\btimestamp\b|\bdate and time\b",
    re.IGNORECASE,
)
DIGITS = {10: "seconds", 13: "milliseconds"}
LATEST = 10**15
PAIRS = (
    ("create", "update"),
    ("created", "updated"),
    ("creation", "update"),
    ("start", "end"),
    ("begin", "end"),
    ("create", "expire"),
    ("created", "expire"),
)


def check(reading: Reading) -> Iterator[Problem]:
    """Points in time that are none, and pairs of them in the wrong order, one finding a row."""
    seen: set[tuple[str, str]] = set()
    for value in reading.values:
        key = (value.table.id, value.field.name)
        reason = _reason(value) if key not in seen else None
        if reason:
            seen.add(key)
            yield _problem(value, reason)
    for owner in reading.objects:
        yield from _disordered(owner, seen)


def _reason(value: Value) -> str | None:
    shown = value.value
    if isinstance(shown, bool) or not isinstance(shown, int) or shown <= 0:
        return None
    if not NAMED.search(value.field.name) or not POINT.search(value.field.description):
        return None
    unit = DIGITS.get(len(str(shown)))
    if unit is None:
        return f"has {len(str(shown))} digits, seconds have 10 and milliseconds 13"
    stated = value.field.limits.unit
    if (stated == "ms") != (unit == "milliseconds") and stated in {"ms", "s"}:
        return f"has the digits of {unit}, the row states {stated}"
    return None


def _problem(value: Value, reason: str) -> Problem:
    shown = str(value.value)
    return Problem.shown(
        value,
        f"the example shows {shown}, which {reason}",
        values=(f"{len(shown)} digits",),
        claims=(says(shown, value.source), says(value.field.name, value.field.source)),
    )


def _disordered(owner: Object, seen: set[tuple[str, str]]) -> Iterator[Problem]:
    moments = {
        name: when for name, shown in owner.members.items() if (when := _moment(name, shown))
    }
    for first, second in _pairs(moments):
        key = (owner.table.id, second)
        if moments[first] > moments[second] and key not in seen:
            seen.add(key)
            at = owner.body.source_of((*owner.path, second))
            yield Problem(
                structure=owner.table.name,
                field=second,
                source=at,
                message=f"the example's {second} is before its {first}",
                values=(f"before {first}",),
                claims=(
                    says(f"{second}: {owner.members[second]}", at),
                    says(
                        f"{first}: {owner.members[first]}",
                        owner.body.source_of((*owner.path, first)),
                    ),
                ),
            )


def _moment(name: str, shown: Json) -> float | None:
    """A point in time as a number, whatever its unit; None for what is none."""
    if isinstance(shown, bool) or not isinstance(shown, int | str) or not NAMED.search(name):
        return None
    if isinstance(shown, int):
        return float(shown) if 0 < shown < LATEST else None
    if re.fullmatch(r"[0-9]{10,13}", shown):
        return float(shown)
    try:
        return datetime.fromisoformat(shown.replace(" UTC", "")).timestamp()
    except (ValueError, OverflowError):
        return None


def _pairs(moments: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The names that are alike but for `create` and `update`, `start` and `end`."""
    for name in moments:
        for before, after in PAIRS:
            other = re.sub(rf"(?<![a-z]){before}(?![a-z])", after, name)
            if other != name and other in moments:
                yield name, other
