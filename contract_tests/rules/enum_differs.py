"""One field of one structure allows other values on one page than on its siblings.

A client that was written from one of the pages rejects what another documents. Values that are
only spelled in another way are `confusable-values`.

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

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says
from contract_tests.rules.reading.confusion import are_alike
from contract_tests.rules.reading.families import Family, Member

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "across"


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold each field's values against those that most pages list."""
    for family in readings.families:
        for name in dict.fromkeys(name for member in family.members for name in member.fields):
            yield from _differing(family, name)


def _differing(family: Family, name: str) -> Iterator[Problem]:
    for odd, usual in family.odd(partial(_values, name)):
        mine, others = odd.fields[name], usual.fields[name]
        lacking = [value for value in _listed(others) if value not in _listed(mine)]
        extra = [value for value in _listed(mine) if value not in _listed(others)]
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
