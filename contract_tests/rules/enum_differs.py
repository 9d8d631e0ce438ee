"""One field allows other values in one place than in another that describes it in the same words.

On the page's siblings, in the same structure; or in another table of the page. A client that was
written from one of them rejects what the other documents. Values that are only spelled in another
way are `confusable-values`.

Fails::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    kind | String | Kind. Options: * SSD: fast * HDD: slow
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    kind | String | Kind. Options: * SSD: fast * SAS: slow

Fails::

    POST /v1/disks
    = request
    kind | Yes | String | Kind of disk. Options: * SSD: fast * HDD: slow
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast

Passes::

    page CreateDisk
    POST /v1/disks
    = request
    name | No | String | Name.
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    kind | String | Kind. Options: * SSD: fast * HDD: slow
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
    kind | String | Kind of the disk. The value can be HDD or SSD.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says
from contract_tests.rules.reading.confusion import are_alike
from contract_tests.rules.reading.copies import before_values, copies, odd_copies
from contract_tests.rules.reading.families import Family, Member

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "across"


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold each field's values against those that most pages list."""
    told: set[tuple[str, str]] = set()
    for family in readings.families:
        for name in dict.fromkeys(name for member in family.members for name in member.fields):
            for problem in _differing(family, name):
                told.add((problem.stem, name))
                yield problem
    for reading in readings:
        for one, other in copies(reading, before_values):
            if (reading.page.stem, one[1].name) not in told:
                if set(_listed(one[1])) < set(_listed(other[1])):
                    one, other = other, one
                yield from _unlike(reading.page.stem, one, other)
    for odd, usual in odd_copies(readings, before_values, lambda row: frozenset(_listed(row))):
        if (odd.page.stem, odd.field.name) not in told:
            yield from _unlike(odd.page.stem, usual[1:], odd[1:])


def _unlike(stem: str, one: tuple[Table, Field], other: tuple[Table, Field]) -> Iterator[Problem]:
    """What a copy lacks or has besides."""
    lacking, extra = _apart(other[1], one[1])
    if one[1].type.kind != "boolean" and (lacking or extra):
        yield Problem(
            stem=stem,
            structure=other[0].name,
            field=other[1].name,
            message=f"unlike {one[0].name}, {other[1].name} here "
            + " and ".join([*_said("lacks", lacking), *_said("lists", extra)]),
            values=(*lacking, *extra),
            source=other[1].source,
            claims=(
                says(f"{other[0].name}: {', '.join(_listed(other[1]))}", other[1].source),
                says(f"{one[0].name}: {', '.join(_listed(one[1]))}", one[1].source),
            ),
        )


def _apart(mine: Field, others: Field) -> tuple[list[str], list[str]]:
    """What a row lacks and what it has besides."""
    lacking = [value for value in _listed(others) if value not in _listed(mine)]
    extra = [value for value in _listed(mine) if value not in _listed(others)]
    return lacking, extra


def _differing(family: Family, name: str) -> Iterator[Problem]:
    for odd, usual in family.odd(partial(_values, name)):
        mine, others = odd.fields[name], usual.fields[name]
        lacking, extra = _apart(mine, others)
        if len(lacking) == len(extra) and all(map(are_alike, sorted(lacking), sorted(extra))):
            continue
        yield Problem(
            stem=odd.page.stem,
            structure=family.name,
            field=name,
            message=f"unlike {usual.page.stem}, {name} here "
            + " and ".join([*_said("lacks", lacking), *_said("lists", extra)]),
            values=(*lacking, *extra),
            source=mine.source,
            claims=(
                says(f"{odd.page.stem}: {', '.join(_listed(mine))}", mine.source),
                says(f"{usual.page.stem}: {', '.join(_listed(others))}", others.source),
            ),
        )


def _values(name: str, member: Member) -> frozenset[str] | None:
    """The values of a closed enumeration."""
    field = member.fields.get(name)
    if field is None or not field.enum or field.enum_open:
        return None
    return frozenset(_listed(field))


def _listed(field: Field) -> list[str]:
    return [value.value for value in field.enum]


def _said(verb: str, names: list[str]) -> list[str]:
    return [f"{verb} {', '.join(names)}"] if names else []
