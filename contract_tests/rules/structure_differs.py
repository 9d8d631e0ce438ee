"""A structure has other fields, or fields of other types, on one page than on its siblings.

Pages that describe one structure repeat its table. Where the tables differ, a client that shares
one class for them fails on one operation. A type that differs is an error; a field that one page
lacks, has more or names otherwise is taken for a slip where it is the only one; where more differ,
the operation may well answer another variant, and a reader has to judge.

Fails::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size.
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | String | Size.

Fails::

    page CreateDisk
    POST /v1/disks
    = request
    disk | Yes | Disk object | Disk.
    = Disk
    size | No | String | Size of the disk in GB.
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    size | Integer | Size of the disk in GB.
    page StopDisk
    POST /v1/disks/{id}/stop
    = response 200
    disk | Disk object | Disk.
    = Disk
    size | Integer | Size of the disk in GB.

Passes::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    size | Integer | Size.
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

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says
from contract_tests.rules.reading.copies import odd_copies, unlike, whole
from contract_tests.rules.reading.families import Copy, Family

SEVERITY = Severity.MISLEADS
AREA = "across"
FEW = 1
"""So many fields more or less are a slip, more are another variant."""


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold each structure's tables against the form that most pages give it."""
    told: set[tuple[str, str]] = set()
    for family in readings.families:
        for problem in (*_types(family), *_names(family)):
            told.add((problem.stem, problem.field))
            yield problem
    for odd, usual in odd_copies(readings, whole, _kind):
        if (odd.page.stem, odd.field.name) not in told:
            yield _other_type(odd, usual)


def _other_type(odd: Copy, usual: Copy) -> Problem:
    mine, others = odd.field.type.written, usual.field.type.written
    message = f"{odd.field.name} is {mine} here and {others} on {usual.page.stem}"
    return unlike(odd, usual, (mine, others), message, (mine, others))


def _types(family: Family) -> Iterator[Problem]:
    for name in family.names:
        for odd, usual in family.odd_rows(name, _kind):
            yield _other_type(odd, usual)


def _kind(field: Field) -> str:
    return field.type.kind


def _names(family: Family) -> Iterator[Problem]:
    for odd, usual in family.odd(lambda member: frozenset(member.fields)):
        lacking = [name for name in usual.fields if name not in odd.fields]
        extra = [name for name in odd.fields if name not in usual.fields]
        different = (*lacking, *extra)
        yield Problem(
            stem=odd.page.stem,
            structure=family.name,
            field=different[0] if len(different) == 1 else "",
            message=f"unlike {usual.page.stem}, {family.name} here "
            + " and ".join([*_said("lacks", lacking), *_said("has", extra)]),
            values=different,
            source=odd.table.source,
            claims=(
                says(f"{odd.page.stem}: {', '.join(odd.fields)}", odd.table.source),
                says(f"{usual.page.stem}: {', '.join(usual.fields)}", usual.table.source),
            ),
            certain=max(len(lacking), len(extra)) <= FEW,
        )


def _said(verb: str, names: list[str]) -> list[str]:
    return [f"{verb} {', '.join(names)}"] if names else []
