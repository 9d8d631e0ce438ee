"""Answers that the observed view does not accept, each damaged in one way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests.clients.roundtrip.answers import Field, Sample, without
from contract_tests.contract.violations import kind


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged answer: what kind of damage it is, and the field that it is done to."""

    kind: str
    """`string where an integer belongs`."""
    value: Any
    field: Field
    put: Any = None
    """What stands in the place of the field's value."""
    is_missing: bool = False


LONE = "a lone value where an array belongs"

BROKEN_BODIES = (
    ("no body", b""),
    ("no JSON", b"<html>"),
    ("JSON that breaks off", b'{"id": "'),
    ("null where an object belongs", b"null"),
    ("array where an object belongs", b"[]"),
    ("string where an object belongs", b'"text"'),
)
"""Bodies that are no object, by kind."""

_WRONG: dict[str, tuple[Any, ...]] = {
    "integer": ("50", 1.9, True, "fifty"),
    "number": ("50", True),
    "boolean": ("false", 0, 1),
    "string": (50, 1.9, True),
    "object": ("text",),
    "array": ("text",),
}


def damages(sample: Sample) -> Iterator[Damage]:
    """Every field with every wrong value, and every required field missing."""
    for field in sample.fields:
        for named, put in _wrong(field):
            value = sample.alone(field, put)
            if not sample.is_valid(value):
                yield Damage(named, value, field, put)
        missing = without(sample.full, field.path)
        if not sample.is_valid(missing):
            yield Damage("a required field missing", missing, field, is_missing=True)


def _wrong(field: Field) -> Iterator[tuple[str, Any]]:
    belongs = kind(field.value)
    article = "an" if belongs[0] in "aeio" else "a"
    for put in (*_WRONG.get(belongs, ()), None):
        yield f"{kind(put)} where {article} {belongs} belongs", put
    if isinstance(field.value, list) and field.value:
        yield LONE, field.value[0]
    if "enum" in field.schema and isinstance(field.value, str):
        yield "a value of an enumeration in another case", field.value.swapcase()
        yield "a value that no enumeration has", "APPEARS_TOMORROW"
