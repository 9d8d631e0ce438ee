"""The shape of an answer's body: its documented fields, to be counted column by column.

A million bodies have the same few fields. Taking each field of all of them at a time, instead
of each body with all its fields, lets the loops run inside of Python's own C.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Any

from contract_tests.contract import Location, View, place_of
from contract_tests.contract.pointers import resolve
from contract_tests.contract.responses import body_schema
from contract_tests.findings import Place

Values = list[Any]

LONGEST = 80
"""Characters of a value that are kept."""
_KINDS: Mapping[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}


@dataclass(slots=True)
class Field:
    """One documented field: what it is called in places, and what is inside of it."""

    name: str
    place: Place
    enumerated: bool
    """Whether its values are few and no secrets, so that each is counted."""
    kind: str | None
    """What its values are counted as where all are as documented; None: look at each."""
    inner: Shape | None
    """Of an object, or of the objects in a list."""


@dataclass(slots=True)
class Shape:
    """The fields of one object schema; `location` is where it stands in the document."""

    location: Location
    fields: list[Field] = field(default_factory=list)


class NotPlainError(Exception):
    """The schema combines others, or lists lists: its fields cannot be told by their names."""


def shape_of(view: View, operation: str, status: int) -> Shape | None:
    """The shape of an answer; None where no body is documented or its schema is not plain."""
    at = body_schema(view.source, view.operation(operation), status, None)
    if at is None:
        return None
    try:
        return _Builder(view, operation, {}).shape(at)
    except NotPlainError:
        return None


@dataclass(frozen=True, slots=True)
class _Builder:
    view: View
    operation: str
    built: dict[Location, Shape]
    """A schema that holds itself is built once."""

    def shape(self, at: Location) -> Shape:
        at, schema = resolve(self.view.source, at)
        if at in self.built:
            return self.built[at]
        if schema.get("type") != "object" or not isinstance(schema.get("properties"), dict):
            raise NotPlainError
        self.built[at] = shape = Shape(at)
        shape.fields += [self._field(at, name) for name in schema["properties"]]
        return shape

    def _field(self, owner: Location, name: str) -> Field:
        written = (*owner, "properties", name)
        at, schema = self._plain(written)
        resolved = at
        if schema.get("type") == "array" and "items" in schema:
            at, schema = self._plain((*at, "items"))
            if schema.get("type") == "array":
                raise NotPlainError
        return Field(
            name=name,
            place=place_of(self.operation, written),
            enumerated=bool({"enum", "const"} & schema.keys()) or schema.get("type") == "boolean",
            kind="string" if schema.get("type") == "string" and at == resolved else None,
            inner=self.shape(at) if "properties" in schema else None,
        )

    def _plain(self, at: Location) -> tuple[Location, Mapping[str, Any]]:
        at, schema = resolve(self.view.source, at)
        if not isinstance(schema, dict) or {"allOf", "anyOf", "oneOf"} & schema.keys():
            raise NotPlainError
        if isinstance(schema.get("additionalProperties"), dict):
            raise NotPlainError
        return at, schema


def count(
    shape: Shape, objects: Values, seen: Counter[tuple[Place, str]], *, valid: bool = False
) -> bool:
    """Count what each documented field of some objects holds, and those inside of them.

    Args:
        shape: of the objects.
        objects: as JSON read them.
        seen: by place and value, or kind of value; is added to.
        valid: whether all their types are known to be the documented ones.

    Returns:
        Whether any of them held a number that was written with a fraction or an exponent.
    """
    fractions = False
    present = Counter(chain.from_iterable(objects))
    for field_ in shape.fields:
        if field_.name not in present:
            continue
        if valid and field_.kind and not field_.enumerated:
            seen[field_.place, field_.kind] += present[field_.name]
            continue
        column = _column(field_.name, objects, present[field_.name])
        types = set(map(type, column))
        if list in types:
            column = [item for v in column for item in (v if type(v) is list else (v,))]
            types = set(map(type, column))
        fractions |= float in types
        for value, times in _labels(field_, column, types).items():
            seen[field_.place, value] += times
        if field_.inner is not None:
            objects_inside = [item for item in column if type(item) is dict]
            fractions |= count(field_.inner, objects_inside, seen, valid=valid)
    return fractions


def _column(name: str, objects: Values, present: int) -> Values:
    """What a field holds in the objects that have it."""
    if present == len(objects):
        return list(map(itemgetter(name), objects))
    return [o[name] for o in objects if name in o]


def _labels(field_: Field, column: Values, types: set[type]) -> Mapping[str, int]:
    """What the values of a column are counted as: themselves where they are few, else kinds."""
    if not field_.enumerated:
        if len(types) == 1:
            return {_KINDS[next(iter(types))]: len(column)}
        return Counter(_KINDS[type(value)] for value in column)
    if len(types) == 1 and not types & {dict, list}:  # of one type, so that 1 and true stay two
        return {_label(value): times for value, times in Counter(column).items()}
    return Counter(_label(value) for value in column)


def _label(value: Any) -> str:
    if isinstance(value, dict | list):
        return _KINDS[type(value)]
    return value[:LONGEST] if isinstance(value, str) else json.dumps(value)
