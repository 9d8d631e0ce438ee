"""Walks a value along its schema: which schemas speak of each object in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import resolve
from contract_tests.findings import Place

_COMBINATORS = ("allOf", "anyOf", "oneOf")

Speaking = tuple[tuple[Location, Mapping[str, Any]], ...]
"""The schemas that speak of one part of a value, each with its location."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the schemas at some locations say together, their references followed once."""

    schemas: Speaking
    named: Mapping[str, tuple[Location, ...]]
    """By field: where the schemas that name it describe it."""
    further: tuple[Location, ...]
    """Where they describe the fields that they do not name."""
    items: tuple[Location, ...]
    is_open: bool
    """Whether an object may hold fields that no schema names."""
    locations: frozenset[Location]
    """Of `schemas`."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One part of a value, where it stands in it, and the shape that speaks of it."""

    instance: Location
    value: Any
    shape: Shape


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of one document; each is made once, when a value first needs it.

    Of alternatives (`anyOf`, `oneOf`) all are taken to speak.
    """

    document: Document
    _made: dict[tuple[Location, ...], Shape] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def visits(self, schema: Location, value: Any) -> Iterator[Visit]:
        """Every part of a value that the schema at a location speaks of, from the outside in."""
        return self._walked(schema, value, object)

    def objects(self, schema: Location, value: Any) -> Iterator[Visit]:
        """Those of the parts that are objects."""
        return (v for v in self._walked(schema, value, (dict, list)) if isinstance(v.value, dict))

    def _walked(
        self, schema: Location, value: Any, wanted: type | tuple[type, ...]
    ) -> Iterator[Visit]:
        ahead: list[tuple[tuple[Location, ...], Any, Location]] = [((schema,), value, ())]
        while ahead:
            roots, here, instance = ahead.pop()
            shape = self._made.get(roots) or self._make(roots)
            if not shape.schemas:
                continue
            yield Visit(instance, here, shape)
            inside = [
                (inner, child, (*instance, step))
                for inner, child, step in _children(shape, here)
                if isinstance(child, wanted)
            ]
            ahead.extend(reversed(inside))

    def _make(self, roots: tuple[Location, ...]) -> Shape:
        schemas = tuple(pair for root in roots for pair in _applied(self.document, root))
        self._made[roots] = shape = Shape(
            schemas=schemas,
            named=_named(schemas),
            further=_under(schemas, "additionalProperties"),
            items=_under(schemas, "items"),
            is_open=_is_open(schemas),
            locations=frozenset(at for at, _ in schemas),
        )
        return shape


def undocumented_fields(
    shapes: Shapes, operation: str, schema: Location, value: Any
) -> Iterator[tuple[Place, Location, str]]:
    """The fields that no schema names: place, location in the value, name.

    An object whose schema names no field at all, or speaks of further ones
    (`additionalProperties`), is free to hold what it likes.
    """
    for visit in shapes.objects(schema, value):
        if visit.shape.is_open:
            continue
        for name in visit.value.keys() - visit.shape.named.keys():
            at = next(at for at, schema in visit.shape.schemas if "properties" in schema)
            yield place_of(operation, (*at, "properties", name)), visit.instance, name


def exercised(
    shapes: Shapes, operation: str, schema: Location, value: Any
) -> Iterator[tuple[Place, Any]]:
    """The documented fields that a value holds: place and value, for a list each of its items."""
    for visit in shapes.objects(schema, value):
        for name in visit.value.keys() & visit.shape.named.keys():
            child = visit.value[name]
            items = child if isinstance(child, list) else [child]
            for at in visit.shape.named[name]:
                place = place_of(operation, at)
                yield from ((place, item) for item in items)


def _children(shape: Shape, value: Any) -> Iterator[tuple[tuple[Location, ...], Any, str | int]]:
    """The parts of an object or a list that schemas speak of: where, what, and at which step."""
    if isinstance(value, dict):
        for name, child in value.items():
            inner = shape.named.get(name, shape.further)
            if inner:
                yield inner, child, name
    elif isinstance(value, list) and shape.items:
        yield from ((shape.items, child, i) for i, child in enumerate(value))


def _named(schemas: Speaking) -> dict[str, tuple[Location, ...]]:
    found: dict[str, tuple[Location, ...]] = {}
    for at, schema in schemas:
        for name in schema.get("properties", {}):
            found[name] = (*found.get(name, ()), (*at, "properties", name))
    return found


def _under(schemas: Speaking, keyword: str) -> tuple[Location, ...]:
    return tuple((*at, keyword) for at, schema in schemas if isinstance(schema.get(keyword), dict))


def _is_open(schemas: Speaking) -> bool:
    named = any("properties" in schema for _, schema in schemas)
    return not named or any("additionalProperties" in schema for _, schema in schemas)


def _applied(
    document: Document, at: Location, met: frozenset[Location] = frozenset()
) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """A schema, and those that its references and combinators bring in, each once."""
    at, schema = resolve(document, at)
    if not isinstance(schema, dict) or at in met:
        return
    yield at, schema
    for keyword in _COMBINATORS:
        for i in range(len(schema.get(keyword, ()))):
            yield from _applied(document, (*at, keyword, i), met | {at})
