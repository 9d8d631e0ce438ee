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

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings
from contract_tests.rules.reading.confusion import are_alike
from contract_tests.rules.reading.copies import before_values, copies, name_of, odd_copies, unlike
from contract_tests.rules.reading.families import Copy

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "across"


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold each field's values against those that most pages list."""
    told: set[tuple[str, str]] = set()
    for family in readings.families:
        for name in family.names:
            for odd, usual in family.odd_rows(name, _closed):
                if not _is_other_spelling(odd.field, usual.field):
                    told.add((odd.page.stem, name))
                    yield _other_values(odd, usual)
    for odd, usual in (*_within(readings), *odd_copies(readings, before_values, _values)):
        differs = usual.field.type.kind != "boolean" and _values(odd.field) != _values(usual.field)
        if differs and (odd.page.stem, odd.field.name) not in told:
            yield _other_values(odd, usual)


def _within(readings: Readings) -> Iterator[tuple[Copy, Copy]]:
    """The copies on one page, first the one that lists fewer."""
    for reading in readings:
        for one, other in copies(reading, before_values):
            fewer = _values(one.field) < _values(other.field)
            yield (one, other) if fewer else (other, one)


def _other_values(odd: Copy, usual: Copy) -> Problem:
    lacking, extra = _apart(odd.field, usual.field)
    message = f"unlike {name_of(usual, odd)}, {odd.field.name} here " + " and ".join(
        [*_said("lacks", lacking), *_said("lists", extra)]
    )
    said = (", ".join(_listed(odd.field)), ", ".join(_listed(usual.field)))
    return unlike(odd, usual, said, message, (*lacking, *extra))


def _apart(mine: Field, others: Field) -> tuple[list[str], list[str]]:
    """What a row lacks and what it has besides."""
    lacking = [value for value in _listed(others) if value not in _listed(mine)]
    extra = [value for value in _listed(mine) if value not in _listed(others)]
    return lacking, extra


def _is_other_spelling(mine: Field, others: Field) -> bool:
    lacking, extra = _apart(mine, others)
    return len(lacking) == len(extra) and all(map(are_alike, sorted(lacking), sorted(extra)))


def _closed(field: Field) -> frozenset[str] | None:
    """The values of a closed enumeration."""
    return _values(field) if field.enum and not field.enum_open else None


def _values(field: Field) -> frozenset[str]:
    return frozenset(_listed(field))


def _listed(field: Field) -> list[str]:
    return [value.value for value in field.enum]


def _said(verb: str, names: list[str]) -> list[str]:
    return [f"{verb} {', '.join(names)}"] if names else []
