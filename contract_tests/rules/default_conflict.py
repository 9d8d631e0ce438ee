"""A description states a default that cannot be one: another one besides, or none of the values.

Clients that leave the field out expect one thing and get another.

Fails::

    POST /v1/disks
    = request
    size | No | Integer | Size of the disk. The default value is **10**. / Default: **20**

Fails::

    POST /v1/disks
    = request
    kind | No | String | Kind of disk. The default value is **TAPE**. Options: * SSD: fast * HDD: large

Passes::

    POST /v1/disks
    = request
    size | No | Integer | Size of the disk. The default value is **10**. / Default: **10**
    kind | No | String | Kind of disk. The default value is **SSD**. Options: * SSD: fast * HDD: large
"""  # noqa: E501 (a row of a sample stands in one line)

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "prose"

NOTHING = frozenset({"", "null", "none", "blank", "empty", '""'})


def check(reading: Reading) -> Iterator[Problem]:
    """Rows with two defaults for one case, or one outside of the row's values or limits."""
    for table, field in reading.rows:
        for default, against in _conflicts(field):
            yield Problem.at(
                table,
                field,
                f"the default is {default}, but {against}",
                values=(default,),
                claims=(says(f"default {default}", field.source), says(against, field.source)),
            )


def _conflicts(field: Field) -> Iterator[tuple[str, str]]:
    """A default and what it conflicts with."""
    by_condition: dict[str, str] = {}
    for default in field.defaults:
        first = by_condition.setdefault(default.condition, default.value)
        if _folded(first) != _folded(default.value):
            yield default.value, f"also {first}"
        elif against := _outside(default.value, field):
            yield default.value, against
            break


def _outside(value: str, field: Field) -> str | None:
    """The list or limit that a default is outside of."""
    listed = [item.value for item in field.enum]
    if _folded(value) in NOTHING:
        return None
    if listed and not field.enum_open:
        known = {_folded(text) for text in listed}
        return None if _folded(value) in known else f"the values are {', '.join(listed)}"
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        return None
    limits = field.limits
    if limits.minimum is not None and number < limits.minimum:
        return f"the minimum is {limits.minimum:g}"
    if limits.maximum is not None and number > limits.maximum:
        return f"the maximum is {limits.maximum:g}"
    return None


def _folded(value: str) -> str:
    return value.strip("\"'“” ").replace(",", "").casefold()
