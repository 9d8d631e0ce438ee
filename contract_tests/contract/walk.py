"""Walks a value along its schema: which schemas speak of each object in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import resolve
from contract_tests.findings import Place

_COMBINATORS = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class Visit:
    """One part of a value, where it stands in it, and the schemas that speak of it."""

    instance: Location
    value: Any
    schemas: tuple[tuple[Location, Mapping[str, Any]], ...]


def visits(document: Document, schema: Location, value: Any) -> Iterator[Visit]:
    """Every part of a value that a schema speaks of, from the outside in.

    Of alternatives (`anyOf`, `oneOf`) all are taken to speak.
    """
    yield from _visits(document, (schema,), value, ())


def undocumented_fields(
    document: Document, operation: str, schema: Location, value: Any
) -> Iterator[tuple[Place, Location, str]]:
    """The fields that no schema names: place, location in the value, name.

    An object whose schema names no field at all, or speaks of further ones
    (`additionalProperties`), is free to hold what it likes.
    """
    for visit in visits(document, schema, value):
        if not isinstance(visit.value, dict) or _is_open(visit):
            continue
        for name in visit.value:
            if not any(name in schema.get("properties", {}) for _, schema in visit.schemas):
                at = next(at for at, schema in visit.schemas if "properties" in schema)
                yield place_of(operation, (*at, "properties", name)), visit.instance, name


def exercised(
    document: Document, operation: str, schema: Location, value: Any
) -> Iterator[tuple[Place, Any]]:
    """The documented fields that a value holds: place and value, for a list each of its items."""
    for visit in visits(document, schema, value):
        if not isinstance(visit.value, dict):
            continue
        for at, speaking in visit.schemas:
            for name in visit.value.keys() & speaking.get("properties", {}).keys():
                child = visit.value[name]
                place = place_of(operation, (*at, "properties", name))
                yield from (
                    (place, item) for item in (child if isinstance(child, list) else [child])
                )


def _is_open(visit: Visit) -> bool:
    schemas = [schema for _, schema in visit.schemas]
    named = any("properties" in schema for schema in schemas)
    return not named or any("additionalProperties" in schema for schema in schemas)


def _visits(
    document: Document, roots: tuple[Location, ...], value: Any, instance: Location
) -> Iterator[Visit]:
    schemas = tuple(pair for root in roots for pair in _applied(document, root))
    if not schemas:
        return
    yield Visit(instance, value, schemas)
    if isinstance(value, dict):
        for name, child in value.items():
            inner = tuple(at for pair in schemas for at in _of_field(pair, name))
            yield from _visits(document, inner, child, (*instance, name))
    elif isinstance(value, list):
        inner = tuple((*at, "items") for at, schema in schemas if "items" in schema)
        for i, child in enumerate(value):
            yield from _visits(document, inner, child, (*instance, i))


def _of_field(pair: tuple[Location, Mapping[str, Any]], name: str) -> Iterator[Location]:
    at, schema = pair
    if name in schema.get("properties", {}):
        yield (*at, "properties", name)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield (*at, "additionalProperties")


def _applied(document: Document, at: Location) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """A schema, and those that its references and combinators bring in."""
    at, schema = resolve(document, at)
    if not isinstance(schema, dict):
        return
    yield at, schema
    for keyword in _COMBINATORS:
        for i in range(len(schema.get(keyword, ()))):
            yield from _applied(document, (*at, keyword, i))
