"""One value is spelled in two ways within a service.

`RUNNING` on one page and `running` on another: whoever knows the one mistypes the other, and no
code can compare them. Spellings that differ in case or separators are held against each other
where the fields have the same name, those that differ in one letter where the other values are
the same as well.

Fails::

    page CreateDisk
    POST /v1/disks
    = request
    disk_kind | No | String | Kind. Options: * FAST_SSD: fast * SLOW_HDD: slow
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk_kind | String | Kind. Options: * fast-ssd: fast * SAS: slow

Passes::

    page CreateDisk
    POST /v1/disks
    = request
    disk_kind | No | String | Kind. Options: * FAST_SSD: fast * SLOW_HDD: slow
    order | No | String | Order. Options: * tls-1-1: old * tls-1-2: new
    page ShowDisk
    GET /v1/disks/{id}
    = response 200
    disk_kind | String | Kind. Options: * FAST_SSD: fast * SAS: slow
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from contract_tests.facts import Field, Page, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says
from contract_tests.rules.reading.confusion import are_one_letter_apart, keys
from contract_tests.rules.reading.families import service

SEVERITY = Severity.MISLEADS
AREA = "across"


@dataclass(frozen=True)
class Use:
    """One enumeration that has a value, and where it stands."""

    page: Page
    table: Table
    field: Field
    values: frozenset[str]


@dataclass
class Spelling:
    """One spelling and the enumerations that use it."""

    value: str
    uses: list[Use] = field(default_factory=list)


def check_all(readings: Readings) -> Iterator[Problem]:
    """Hold the values of each service's enumerations against each other."""
    services: dict[str, dict[str, Spelling]] = defaultdict(dict)
    for reading in readings:
        spellings = services[service(reading.page)[0]]
        for table, row in reading.rows:
            if not row.enum or row.type.kind == "boolean":
                continue
            values = [value.value for value in row.enum]
            use = Use(reading.page, table, row, frozenset(values))
            for value in dict.fromkeys(values):
                spellings.setdefault(value, Spelling(value)).uses.append(use)
    for spellings in services.values():
        for one, other in _alike(list(spellings.values())):
            yield from _confusable(one, other)


def _alike(spellings: list[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """The pairs of spellings that are near each other, each once, the usual one first."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, spelling in enumerate(spellings):
        for key in keys(spelling.value):
            by_key[key].append(number)
    pairs = {pair for numbers in by_key.values() for pair in combinations(numbers, 2)}
    for one, other in sorted(pairs):
        usual, rare = sorted(
            (spellings[one], spellings[other]), key=lambda spelling: -len(spelling.uses)
        )
        yield usual, rare


def _confusable(usual: Spelling, rare: Spelling) -> Iterator[Problem]:
    together = _same_field(usual, rare)
    if together is None:
        return
    one, other = together
    if are_one_letter_apart(usual.value, rare.value) and not _is_one_enumeration(one, other):
        return
    yield Problem(
        stem=other.page.stem,
        structure=other.table.name,
        field=other.field.name,
        message=f"{other.field.name} spells {rare.value!r} what {one.field.name} "
        f"of {one.table.name} on {one.page.stem} spells {usual.value!r}",
        values=(rare.value, usual.value),
        source=other.field.source,
        claims=(
            says(f"{one.page.stem}: {usual.value}", one.field.source),
            says(f"{other.page.stem}: {rare.value}", other.field.source),
        ),
    )


def _same_field(usual: Spelling, rare: Spelling) -> tuple[Use, Use] | None:
    """The first use of each in fields of one name."""
    named = {use.field.name: use for use in reversed(usual.uses)}
    return next(
        ((named[use.field.name], use) for use in rare.uses if use.field.name in named), None
    )


def _is_one_enumeration(one: Use, other: Use) -> bool:
    """Whether most of the other values are the same, and neither has both spellings."""
    shared = one.values & other.values
    return one.values != other.values and 2 * len(shared) >= len(one.values | other.values) - 2 > 0
