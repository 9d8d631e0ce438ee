"""The shape of an answer's body: its documented fields, to be counted column by column.

A million bodies have the same few fields. Taking each field of all of them at a time, instead
of each body with all its fields, lets the loops run inside of Python's own C.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
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


_TYPES: Mapping[str, type] = {"string": str, "boolean": bool, "object": dict}
"""What JSON's types come as; numbers are looked at, since `50.0` comes as another than `50`."""


@dataclass(slots=True, eq=False)
class Field:
    """One field of an answer: what it is called in places, and what is inside of it."""

    name: str
    place: Place
    counted: bool
    enumerated: bool
    """Whether its values are few and no secrets, so that each is counted."""
    type: type | None
    """Of all its values where they are as the schema has them; None: look at each."""
    inner: Shape | None
    """Of an object, or of the objects in a list."""


@dataclass(slots=True)
class Shape:
    """The fields of one object schema; `location` is where it stands in the document."""

    location: Location
    fields: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """How often each field held each kind of value, and each value where values are few."""

    kinds: dict[tuple[Field, str], int] = field(default_factory=dict)
    values: dict[tuple[Field, str], int] = field(default_factory=dict)

    def add(self, other: Seen) -> None:
        """Take in what others saw."""
        for mine, theirs in ((self.kinds, other.kinds), (self.values, other.values)):
            for key, times in theirs.items():
                mine[key] = mine.get(key, 0) + times


class NotPlainError(Exception):
    """The schema combines others, or lists lists: its fields cannot be told by their names."""


def shape_of(
    view: View, operation: str, status: int, enumerated: Container[str], known: Container[str] = ()
) -> Shape | None:
    """The shape of an answer; None where no body is documented or its schema is not plain.

    Args:
        view: whose word for it counts.
        operation: an operationId.
        status: of the answer.
        enumerated: names of the places that some view gives an enumeration.
        known: names of the places that are counted elsewhere.
    """
    at = body_schema(view.source, view.operation(operation), status, None)
    if at is None:
        return None
    try:
        return _Builder(view, operation, enumerated, known, {}).shape(at)
    except NotPlainError:
        return None


def enumerated_places(*views: View) -> frozenset[str]:
    """The names of the fields whose values are few according to any of some views."""
    return frozenset(
        described.place.name
        for view in views
        for operation in view.operations
        for described in view.fields(operation.id)
        if _is_enumerated(described.schema.get("items", described.schema))
    )


def _is_enumerated(schema: Mapping[str, Any]) -> bool:
    return bool({"enum", "const"} & schema.keys()) or schema.get("type") == "boolean"


@dataclass(frozen=True, slots=True)
class _Builder:
    view: View
    operation: str
    enumerated: Container[str]
    known: Container[str]
    built: dict[Location, Shape]
    """A schema that holds itself is built once."""

    def shape(self, at: Location) -> Shape:
        at, schema = resolve(self.view.source, at)
        if at in self.built:
            return self.built[at]
        if schema.get("type") != "object" or not isinstance(schema.get("properties"), dict):
            raise NotPlainError
        self.built[at] = shape = Shape(at)
        fields = [self._field(at, name) for name in schema["properties"]]
        shape.fields += [each for each in fields if each.counted or each.inner]
        return shape

    def _field(self, owner: Location, name: str) -> Field:
        written = (*owner, "properties", name)
        at, schema = self._plain(written)
        is_list = schema.get("type") == "array" and "items" in schema
        if is_list:
            at, schema = self._plain((*at, "items"))
            if schema.get("type") == "array":
                raise NotPlainError
        place = place_of(self.operation, written)
        return Field(
            name=name,
            place=place,
            counted=place.name not in self.known,
            enumerated=place.name in self.enumerated,
            type=None if is_list else _TYPES.get(str(schema.get("type"))),
            inner=self.shape(at) if "properties" in schema else None,
        )

    def _plain(self, at: Location) -> tuple[Location, Mapping[str, Any]]:
        at, schema = resolve(self.view.source, at)
        if not isinstance(schema, dict) or {"allOf", "anyOf", "oneOf"} & schema.keys():
            raise NotPlainError
        if isinstance(schema.get("additionalProperties"), dict):
            raise NotPlainError
        return at, schema


def count(shape: Shape, objects: Values, seen: Seen, *, valid: bool = False) -> bool:
    """Count what each field of some objects holds, and those inside of them.

    Args:
        shape: of the objects.
        objects: as JSON read them.
        seen: is added to.
        valid: whether all their types are known to be those of the schema.

    Returns:
        Whether any of them held a number that was written with a fraction or an exponent.
    """
    fractions = False
    present = _presence(objects)
    for field_ in shape.fields:
        if field_.name not in present:
            continue
        known = field_.type if valid else None
        if known is str and not field_.enumerated:
            _add(seen.kinds, (field_, _KINDS[str]), present[field_.name])
            continue
        column = _column(field_.name, objects, present[field_.name])
        types = {known} if known else set(map(type, column))
        if list in types:
            column = [item for v in column for item in (v if type(v) is list else (v,))]
            types = set(map(type, column))
        fractions |= float in types
        if field_.counted:
            _count_column(field_, column, types, seen)
        if field_.inner is not None:
            inside = column if types == {dict} else [v for v in column if type(v) is dict]
            fractions |= count(field_.inner, inside, seen, valid=valid)
    return fractions


def _presence(objects: Values) -> dict[str, int]:
    """How many objects have each name; most of them have the same names in the same order."""
    present: dict[str, int] = {}
    for names, times in Counter(map(tuple, objects)).items():
        for name in names:
            present[name] = present.get(name, 0) + times
    return present


def _column(name: str, objects: Values, present: int) -> Values:
    """What a field holds in the objects that have it."""
    if present == len(objects):
        return list(map(itemgetter(name), objects))
    return [o[name] for o in objects if name in o]


def _count_column(field_: Field, column: Values, types: set[type], seen: Seen) -> None:
    is_one = len(types) == 1
    if is_one:
        _add(seen.kinds, (field_, _KINDS[next(iter(types))]), len(column))
    else:
        for kind, times in Counter(_KINDS[type(value)] for value in column).items():
            _add(seen.kinds, (field_, kind), times)
    if not field_.enumerated:
        return
    if is_one and not types & {dict, list}:  # of one type, so that 1 and true stay two
        found = {_text(value): times for value, times in Counter(column).items()}
    else:
        found = Counter(_text(value) for value in column if not isinstance(value, dict | list))
    for text, times in found.items():
        _add(seen.values, (field_, text), times)


def _add(counts: dict[tuple[Field, str], int], key: tuple[Field, str], times: int) -> None:
    counts[key] = counts.get(key, 0) + times


def _text(value: Any) -> str:
    """A scalar as JSON writes it, a string without its quotes; at most LONGEST characters."""
    return (value if isinstance(value, str) else json.dumps(value))[:LONGEST]
