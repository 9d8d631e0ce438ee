"""Opens the enumerations of answers: a client must not reject what a service says tomorrow.

What a client sends stays closed. What it is answered is either *named*, the known values or any
other of their type, so that editors and type checkers still know them; or *plain*, any value of
their type, for languages whose generators make closed classes of every enumeration. Items of
lists are plain everywhere: taken one by one, a text in the place of a list falls into letters.
The formats of texts go as well: who parses a UUID rejects what is none, and respells what is.
So do defaults: a client must not put a value where the service answered none.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

from contract_tests.contract.violations import kind

Openness = Literal["named", "plain"]

_REPLACED = ("enum", "const", "type", "default")
_SENT = frozenset({"parameters", "requestBody", "requestBodies"})
_DATA = frozenset({"example", "examples", "default", "enum", "const"})


def open_answers(document: dict[str, Any], openness: Openness) -> dict[str, Any]:
    """The document with every enumeration of an answer opened; the given one stays as it is."""
    opened: dict[str, Any] = _opened(document, (), openness)
    return opened


def _opened(value: Any, at: tuple[str, ...], openness: Openness) -> Any:
    if isinstance(value, list):
        return [_opened(item, at, openness) for item in value]
    if not isinstance(value, dict):
        return value
    names_fields = at[-1:] == ("properties",)
    inside = {
        key: inner if key in _DATA and not names_fields else _opened(inner, (*at, key), openness)
        for key, inner in value.items()
    }
    is_schema = "schema" in at or at[:2] == ("components", "schemas")
    if names_fields or not is_schema or _SENT & set(at):
        return inside
    return _open_schema(inside, at, openness)


def _open_schema(schema: dict[str, Any], at: tuple[str, ...], openness: Openness) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key not in _REPLACED}
    if schema.get("type") == "string":
        kept.pop("format", None)
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list):
        return {**kept, "type": schema["type"]} if "type" in schema else kept
    kinds = list(dict.fromkeys(_kind(value) for value in values))
    any_of_kind = {"type": kinds[0] if len(kinds) == 1 else kinds}
    if openness == "plain" or at[-1:] == ("items",):
        return {**kept, **any_of_kind}
    known = {"title": _field(at), **any_of_kind, "enum": values}
    return {**kept, "anyOf": [known, any_of_kind]}


def _kind(value: Any) -> str:
    """The type that a schema names a value's; a whole float is a number to clients."""
    return "number" if isinstance(value, float) else kind(value)


def _field(at: tuple[str, ...]) -> str:
    """The property that a schema describes: generators name the class of its values so."""
    fields = [step for before, step in pairwise(at) if before == "properties"]
    return fields[-1] if fields else at[-1]
