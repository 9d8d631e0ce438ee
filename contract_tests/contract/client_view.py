"""The client view: the observed document, shaped for code generators.

Each shaping is one function from a part of the document to what clients see in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import part

_SENT = frozenset({"parameters", "requestBody", "requestBodies"})
"""What a part of the document stands in if it describes what clients send."""


def shape_for_clients(observed: Document) -> Document:
    """The observed document without what generators stumble over or do not read.

    Extensions (`x-…`) are left out, and request bodies that can hold nothing. Of values of one
    enum that differ by case alone one is left: of a request's the documented one, which is
    what is sent; of an answer's the observed one, which is what is answered.
    """
    data = _shaped(observed.data, ())
    sources = {at: source for at, source in observed.sources.items() if _is_in(data, at)}
    return Document(observed.file, data, sources)


def _shaped(value: Any, at: Location) -> Any:
    if isinstance(value, list):
        items = _unlike(value, at) if at[-1:] == ("enum",) else value
        return [_shaped(item, (*at, index)) for index, item in enumerate(items)]
    if not isinstance(value, dict) or (at[-1:] == ("value",) and "examples" in at):
        return value
    names_fields = at[-1:] in (("properties",), ("headers",))
    return {
        key: _shaped(inner, (*at, key))
        for key, inner in value.items()
        if names_fields or not (key.startswith("x-") or _is_empty_body(key, inner))
    }


def _unlike(values: list[Any], at: Location) -> Iterable[Any]:
    """The values without those that differ from another by case alone."""
    in_order = reversed(values) if _SENT & set(at) else values
    kept = {_folded(value): value for value in in_order}.values()
    return [value for value in values if any(value is k for k in kept)]


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else (type(value), value)


def _is_empty_body(key: str, value: Any) -> bool:
    """Whether this is a request body whose every kind is an object without fields."""
    if key != "requestBody" or not isinstance(value, dict):
        return False
    schemas = [media.get("schema", {}) for media in value.get("content", {}).values()]
    return bool(schemas) and all(schema.get("maxProperties") == 0 for schema in schemas)


def _is_in(data: Any, at: Location) -> bool:
    try:
        part(data, at)
    except (LookupError, TypeError, ValueError):
        return False
    return True
