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

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says
from contract_tests.rules.reading.copies import copies, without_figures
from contract_tests.rules.reading.families import Family, Member

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
        for name in dict.fromkeys(name for member in family.members for name in member.fields):
            for problem in _differing(family, name):
                told.add((problem.stem, name))
                yield problem
    for reading in readings:
        for one, other in copies(reading, without_figures):
            if (reading.page.stem, one[1].name) not in told:
                yield from _unlike(reading.page.stem, one, other)


def _unlike(stem: str, one: tuple[Table, Field], other: tuple[Table, Field]) -> Iterator[Problem]:
    for limit in ("maximum", "max_length"):
        mine, others = (getattr(field.limits, limit) for _, field in (other, one))
        if mine is not None and others is not None and mine != others:
            yield Problem(
                stem=stem,
                structure=other[0].name,
                field=other[1].name,
                message=f"the {LIMITS[limit]} of {other[1].name} is {mine:g} here "
                f"and {others:g} in {one[0].name}",
                values=(f"{mine:g}", f"{others:g}"),
                source=other[1].source,
                claims=(
                    says(f"{other[0].name}: {mine:g}", other[1].source),
                    says(f"{one[0].name}: {others:g}", one[1].source),
                ),
            )


def _differing(family: Family, name: str) -> Iterator[Problem]:
    rows = [member.fields[name] for member in family.members if name in member.fields]
    if all(row.limits == rows[0].limits for row in rows):
        return
    for limit, words in LIMITS.items():
        for odd, usual in family.odd(partial(_limit, name, limit)):
            mine, others = odd.fields[name], usual.fields[name]
            yield Problem(
                stem=odd.page.stem,
                structure=family.name,
                field=name,
                message=f"the {words} of {name} is {_said(mine, limit)} here "
                f"and {_said(others, limit)} on {usual.page.stem}",
                values=(_said(mine, limit), _said(others, limit)),
                source=mine.source,
                claims=(
                    says(f"{odd.page.stem}: {_said(mine, limit)}", mine.source),
                    says(f"{usual.page.stem}: {_said(others, limit)}", others.source),
                ),
            )


def _limit(name: str, limit: str, member: Member) -> float | None:
    field = member.fields.get(name)
    return getattr(field.limits, limit) if field else None


def _said(field: Field, limit: str) -> str:
    return f"{getattr(field.limits, limit):g}"
