"""Whether a JSON value is of the kind that a type cell means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from contract_tests.facts import Kind
from contract_tests.rules.reading.bodies import Json

NUMBER = re.compile(r"[+-]?(?:\d[\d,]*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
SEVERAL = re.compile(r"/|\bor\b|\||\bobject array\b", re.IGNORECASE)
"""In a type cell: more than one type is meant, or it cannot be said which."""


def kind_of(value: Json) -> str:
    """The kind of a value in a type cell's words; a whole number is an `integer`."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    names: Mapping[type, str] = {str: "string", list: "array", dict: "object", type(None): "null"}
    return names[type(value)]


ACCEPTS: Mapping[Kind, frozenset[str]] = {
    "string": frozenset({"string"}),
    "integer": frozenset({"integer"}),
    "long": frozenset({"integer"}),
    "number": frozenset({"integer", "number"}),
    "boolean": frozenset({"boolean"}),
    "object": frozenset({"object"}),
    "map": frozenset({"object"}),
    "array": frozenset({"array"}),
}
"""The kinds of values that each kind of field takes; a kind not named takes all."""

AS_TEXT: Mapping[Kind, Callable[[str], object]] = {
    "integer": re.compile(r"[+-]?\d+").fullmatch,
    "long": re.compile(r"[+-]?\d+").fullmatch,
    "number": NUMBER.fullmatch,
    "boolean": re.compile(r"true|false|0|1", re.IGNORECASE).fullmatch,
}
"""How a query string, where every value is text, writes each kind."""


def is_of_kind(value: Json, kind: Kind, *, is_text: bool = False) -> bool:
    """Whether a value is of that kind; null is of every kind, for it says that there is none."""
    if value is None or kind not in ACCEPTS:
        return True
    if is_text:
        reads = AS_TEXT.get(kind)
        return reads is None or bool(reads(str(value)))
    return kind_of(value) in ACCEPTS[kind]


@cache
def is_one_type(written: str) -> bool:
    """Whether a type cell names one type, so that a value can be held against it."""
    return not SEVERAL.search(written)
