"""Values that a schema forbids, made from a value that it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One way to break a schema: its name in a fault's id, the way in words, the change."""

    name: str
    words: str
    change: Change


def _as_object(value: list[Any]) -> dict[str, Any]:
    return {str(index): item for index, item in enumerate(value)}


_TYPES: Mapping[str, tuple[Wrong, ...]] = {
    "string": (
        Wrong("integer", "an integer instead of a string", lambda _: 7),
        Wrong("array", "an array around the string", lambda value: [value]),
        Wrong("boolean", "a boolean instead of a string", lambda _: True),
        Wrong("object", "an object instead of a string", lambda value: {"value": value}),
    ),
    "integer": (
        Wrong("string", "a string of digits instead of an integer", str),
        Wrong("fraction", "a fraction instead of an integer", lambda value: value + 0.5),
        Wrong("boolean", "a boolean instead of an integer", lambda _: True),
        Wrong("array", "an array around the integer", lambda value: [value]),
    ),
    "boolean": (
        Wrong("string", "a string instead of a boolean", lambda value: str(value).lower()),
        Wrong("integer", "1 or 0 instead of a boolean", int),
    ),
    "array": (
        Wrong("lone", "its first item instead of the array", lambda v: v[0] if v else {}),
        Wrong("string", "a string instead of an array", lambda value: str(value)),
        Wrong("object", "an object instead of an array", _as_object),
        Wrong("null-item", "null among the items of the array", lambda value: [*value, None]),
        Wrong("nested", "an array around the array", lambda value: [value]),
    ),
    "object": (
        Wrong("array", "an array around the object", lambda value: [value]),
        Wrong("string", "a string instead of an object", lambda value: str(sorted(value))),
        Wrong("boolean", "a boolean instead of an object", lambda _: False),
    ),
}


def wrong_values(schema: Schema) -> Iterator[Wrong]:
    """Every way to break a schema of one type, the keyword `type` first."""
    kind = schema.get("type", "object" if "properties" in schema else "")
    yield Wrong("null", "null", lambda _: None)
    yield from _TYPES.get(kind, ())
    if "enum" in schema:
        yield from _enumeration(schema["enum"])
    else:
        yield from _bounds(schema, kind)


def _enumeration(values: list[Any]) -> Iterator[Wrong]:
    if all(isinstance(value, int) for value in values):
        yield Wrong("above", "a number above those listed", lambda _: max(values) + 1)
        yield Wrong("below", "a number below those listed", lambda _: min(values) - 1)
        return
    yield Wrong("unknown", "a word that is not listed", lambda _: "TOTALLY_DIFFERENT")
    yield Wrong("other-case", "a listed word in other case", lambda value: _recase(value, values))
    yield Wrong("padded", "a listed word with a space behind it", lambda value: f"{value} ")
    yield Wrong("longer", "a listed word with a letter more", lambda value: f"{value}S")
    yield Wrong("shorter", "a listed word with a letter less", lambda value: value[:-1])
    yield Wrong("empty", "an empty string instead of a word", lambda _: "")


def _recase(value: str, values: list[Any]) -> str:
    """The word in the first other case that is not listed as well."""
    spellings = (value.lower(), value.upper(), value.capitalize(), value.swapcase())
    return next(spelling for spelling in spellings if spelling not in values)


def _bounds(schema: Schema, kind: str) -> Iterator[Wrong]:
    if "maximum" in schema:
        yield Wrong("too-large", "one above the maximum", lambda _: schema["maximum"] + 1)
    if "minimum" in schema:
        yield Wrong("too-small", "one below the minimum", lambda _: schema["minimum"] - 1)
    if kind == "integer" and schema.get("format") in _LARGEST:
        largest = _LARGEST[schema["format"]]
        yield Wrong("overflow", f"one above {schema['format']}", lambda _: largest + 1)
    if "maxLength" in schema:
        yield Wrong("too-long", "one character too many", lambda _: "a" * (schema["maxLength"] + 1))
    if "minLength" in schema and schema["minLength"] > 0:
        yield Wrong("too-short", "one character too few", lambda v: v[: schema["minLength"] - 1])
    if "pattern" in schema:
        yield Wrong("pattern", "a text against the pattern", lambda value: f"{value} \u00c4!")
    if kind == "string" and "format" in schema:
        yield Wrong("format", f"a text that is no {schema['format']}", lambda v: f"not {v}")


_LARGEST = {"int32": 2**31 - 1, "int64": 2**63 - 1}
