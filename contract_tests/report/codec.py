"""Dataclasses to plain JSON data and back, by their annotations.

Dates are ISO 8601, a severity is its label, bytes are text where they are UTF-8 and
`{"base64": …}` where they are not. What must never reach a file is left out by name.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Severity
from contract_tests.verdicts import Run

NEVER_WRITTEN: Mapping[type, frozenset[str]] = {
    Exchange: frozenset({"secrets"}),
    Finding: frozenset({"exchange"}),  # the verdict holds the smallest one, masked
    Run: frozenset({"traffic"}),  # megabytes; traffic.har is made of it
}

ALSO_WRITTEN: Mapping[type, tuple[str, ...]] = {Finding: ("fingerprint",)}
"""What follows from the fields, and readers should not have to work out."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def written_fields(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a dataclass that are written, in their order."""
    left_out = NEVER_WRITTEN.get(kind, frozenset())
    return tuple(f.name for f in fields(kind) if f.name not in left_out)


def written_members(kind: Any) -> tuple[str, ...]:
    """The names that stand in the JSON object of a dataclass: its fields, and what follows."""
    return (*written_fields(kind), *ALSO_WRITTEN.get(kind, ()))


def encode(value: Any) -> Any:
    """Plain JSON data (dict, list, str, int, float, bool, None) for a value of the model."""
    match value:
        case Severity():
            return value.label
        case str():
            return _SURROGATES.sub("\ufffd", value)
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case bytes():
            return _text_or_base64(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {encode(str(key)): encode(item) for key, item in value.items()}
        case tuple() | list():
            return [encode(item) for item in value]
    return {name: encode(getattr(value, name)) for name in written_members(type(value))}


def _text_or_base64(value: bytes) -> str | dict[str, str]:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode("ascii")}


def decode(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `encode` made `data` of; `data` has passed the schema."""
    return _decoder(kind)(data)


_SCALARS: Mapping[Any, Callable[[Any], Any]] = {
    float: float,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Severity: Severity.from_label,
    bytes: lambda data: (
        data.encode() if isinstance(data, str) else base64.b64decode(data["base64"])
    ),
}


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin in (Union, UnionType):
        inner = _decoder(next(a for a in arguments if a is not NoneType))
        return lambda data: None if data is None else inner(data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda data: {key: item(value) for key, value in data.items()}
    if kind in (str, int, bool, Any) or origin is Literal:
        return lambda data: data
    raise TypeError(f"no JSON form is known for {kind}")


def _dataclass_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    known = {name: _decoder(hints[name]) for name in written_fields(kind)}
    return lambda data: kind(
        **{name: known[name](value) for name, value in data.items() if name in known}
    )


def _tuple_decoder(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[1:] == (...,):
        item = _decoder(arguments[0])
        return lambda data: tuple(item(value) for value in data)
    items = tuple(map(_decoder, arguments))
    return lambda data: tuple(item(value) for item, value in zip(items, data, strict=True))
