"""One field has other limits in one place than in another that describes it in the same words.

On the page's siblings, in the same structure; or in another table of the page, where only the
greatest value or length is compared: what is sent may well be shorter than what is answered. What
one operation accepts, another seems to reject; a client cannot check its input.

Fails::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size. The value ranges from 1 to 100.
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size. The value ranges from 1 to 500.

Fails::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk. The value ranges from 1 to 100.
    = response 200
    size | Integer | Size of the disk. The value ranges from 1 to 500.

Passes::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size. The value ranges from 1 to 100.
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings
from contract_tests.rules.reading.copies import copies, name_of, unlike, without_figures
from contract_tests.rules.reading.families import Copy, Family

SEVERITY = Severity.MISLEADS
AREA = "across"
LIMITS = {
    "minimum": "least value",
    "maximum": "greatest value",
    "min_length": "least length",
    "max_length": "greatest length",
}


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold each field's limits against those that most pages state."""
    told: set[tuple[str, str]] = set()
    for family in readings.families:
        for name in family.names:
            for problem in _differing(family, name):
                told.add((problem.stem, name))
                yield problem
    for reading in readings:
        for one, other in copies(reading, without_figures):
            if (reading.page.stem, one.field.name) not in told:
                yield from _greatest(other, one)


def _greatest(mine: Copy, others: Copy) -> Iterator[Problem]:
    for limit in ("maximum", "max_length"):
        stated = [_stated(limit, row.field) for row in (mine, others)]
        if None not in stated and stated[0] != stated[1]:
            yield _other_limit(mine, others, limit)


def _differing(family: Family, name: str) -> Iterator[Problem]:
    rows = [member.fields[name] for member in family.members if name in member.fields]
    if all(row.limits == rows[0].limits for row in rows):
        return
    for limit in LIMITS:
        for odd, usual in family.odd_rows(name, partial(_stated, limit)):
            yield _other_limit(odd, usual, limit)


def _other_limit(odd: Copy, usual: Copy, limit: str) -> Problem:
    mine, others = (f"{_stated(limit, row.field):g}" for row in (odd, usual))
    where = f"{'in' if odd.page is usual.page else 'on'} {name_of(usual, odd)}"
    message = f"the {LIMITS[limit]} of {odd.field.name} is {mine} here and {others} {where}"
    return unlike(odd, usual, (mine, others), message, (mine, others))


def _stated(limit: str, field: Field) -> float | None:
    stated: float | None = getattr(field.limits, limit)
    return stated
