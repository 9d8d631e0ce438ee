"""The shape of an answer's body: the fields that its schema names, and those inside of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contract_tests.contract import Location, View, place_of
from contract_tests.contract.pointers import resolve
from contract_tests.contract.responses import body_schema
from contract_tests.findings import Place

if TYPE_CHECKING:
    from contract_tests.traffic.forms import Form


@dataclass(slots=True, eq=False)
class Field:
    """One field of an answer: what it is called in places, and what is inside of it."""

    name: str
    owner: Location
    """The object schema that it stands in."""
    place: Place
    counted: bool
    enumerated: bool
    """Whether its values are few and no secrets, so that each is counted."""
    inner: Shape | None
    """Of an object, or of the objects in a list."""
    forms: dict[Any, Form] = field(default_factory=dict, repr=False)
    """Of the items of a list, by type."""


@dataclass(slots=True, eq=False)
class Shape:
    """The fields of one object schema; `location` is where it stands in the document."""

    location: Location
    fields: list[Field] = field(default_factory=list)
    forms: dict[Any, Form] = field(default_factory=dict, repr=False)
    """By names and types."""


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


def merged(mine: Shape | None, other: Shape | None) -> Shape | None:
    """One shape with the fields of both; where both have a field, `mine` counts."""
    if mine is None or other is None:
        return mine
    _take_in(mine, other, set())
    return mine


def _take_in(mine: Shape, other: Shape, done: set[tuple[int, int]]) -> None:
    if mine is other or (id(mine), id(other)) in done:
        return
    done.add((id(mine), id(other)))
    named = {each.name: each for each in mine.fields}
    for each in other.fields:
        same = named.get(each.name)
        if same is None:
            mine.fields.append(each)
        elif same.inner is None:
            same.inner = each.inner
        elif each.inner is not None:
            _take_in(same.inner, each.inner, done)


def owners(shape: Shape | None) -> frozenset[Location]:
    """Where all the object schemas of a shape stand."""
    found: dict[int, Shape] = {}
    waiting = [shape] if shape else []
    while waiting:
        at_hand = waiting.pop()
        if id(at_hand) not in found:
            found[id(at_hand)] = at_hand
            waiting += [each.inner for each in at_hand.fields if each.inner]
    return frozenset(each.location for each in found.values())


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
            owner=owner,
            place=place,
            counted=place.name not in self.known,
            enumerated=place.name in self.enumerated,
            inner=self.shape(at) if "properties" in schema else None,
        )

    def _plain(self, at: Location) -> tuple[Location, Mapping[str, Any]]:
        at, schema = resolve(self.view.source, at)
        if not isinstance(schema, dict) or {"allOf", "anyOf", "oneOf"} & schema.keys():
            raise NotPlainError
        if isinstance(schema.get("additionalProperties"), dict):
            raise NotPlainError
        return at, schema
