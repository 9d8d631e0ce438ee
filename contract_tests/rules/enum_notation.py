"""One page writes its enumerations in several notations.

Values stand as list items in one cell, as lines or `- X: … - Y: …` in another, in a sentence in a
third. Readers overlook values, programs lose them. Different words before the values (`Options:`,
`Enums:`) in an otherwise uniform page are a matter of taste, so not certain.

Fails::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. Options: * FAST: fast * SLOW: slow
    size | String | Size of the thing. Options: - BIG: big - SMALL: small

Passes::

    GET /v1/{id}
    = response 200
    kind | String | Kind of the thing. Options: * FAST: fast * SLOW: slow
    size | String | Size of the thing. Options: * BIG: big * SMALL: small
    on | Boolean | Whether it is on. The value can be true or false.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.COSMETIC
AREA = "structure"


def check(reading: Reading) -> Iterator[Problem]:
    """Hold the notations of a page's enumerations against each other."""
    fields = [field for _, field in reading.rows if _counts(field)]
    notations = _first(fields, [field.enum_notation for field in fields])
    lead_ins = _first(fields, [field.lead_in for field in fields])
    found = notations if len(notations) > 1 else lead_ins
    if len(found) > 1:
        yield Problem(
            structure="operation",
            message=f"enumerations are written in {len(found)} ways: "
            + ", ".join(f"{way!r} ({field.name})" for way, field in found.items()),
            values=tuple(found),
            source=list(found.values())[1].source,
            claims=tuple(
                says(f"{way}: {field.name}", field.source) for way, field in found.items()
            ),
            certain=found is notations,
        )


def _counts(field: Field) -> bool:
    """A choice of at least two; true and false are no enumeration to speak of."""
    return len(field.enum) > 1 and field.type.kind != "boolean"


def _first(fields: list[Field], ways: list[str]) -> dict[str, Field]:
    """The first field of each way that is one."""
    found: dict[str, Field] = {}
    for way, field in zip(ways, fields, strict=True):
        if way:
            found.setdefault(way, field)
    return found
