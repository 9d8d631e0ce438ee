"""An exchange as the checks see it: matched to its operation, its JSON read once, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from contract_tests.contract import Operation, View
from contract_tests.exchange import Exchange, header
from contract_tests.findings import Place

ABSENT: Final = object()
"""Stands for "no JSON value", which None would not: `null` is one."""


@dataclass(frozen=True, slots=True)
class JsonFault:
    """One way in which a body is not strict JSON (RFC 8259), and the telling detail."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One exchange, read against a view.

    `value` is the response's JSON, ABSENT where there is none; an integral float (`50.0`) is
    kept as a number no schema takes for an integer, since client decoders do not either.
    """

    view: View
    exchange: Exchange
    operation: Operation | None
    path: Mapping[str, str] = field(default_factory=dict)
    value: Any = ABSENT
    faults: tuple[JsonFault, ...] = ()

    @property
    def status(self) -> int | None:
        """The status code, None where nothing was answered."""
        return self.exchange.response.status if self.exchange.response else None

    @property
    def media(self) -> str | None:
        """The media type of the answer, without parameters, in lower case."""
        response = self.exchange.response
        written = header(response.headers, "content-type") if response else None
        return written.split(";")[0].strip().lower() if written else None

    def place(self, structure: str, name: str = "") -> Place:
        """A place in this exchange's operation."""
        return Place(self.operation.id if self.operation else "any", structure, name)


def read(view: View, exchange: Exchange) -> Reading:
    """Match an exchange to its operation and read its answer."""
    url = urlsplit(exchange.request.url)
    match = view.match(exchange.request.method, url.path)
    operation = match.operation if match else None
    if operation is None and exchange.operation is not None:
        operation = view.operation(exchange.operation)
    path = match.path_params if match else {}
    if exchange.response is None or not exchange.response.body:
        return Reading(view, exchange, operation, path)
    value, faults = read_json(exchange.response.body)
    return Reading(view, exchange, operation, path, value, faults)


def read_json(body: bytes) -> tuple[Any, tuple[JsonFault, ...]]:
    """The value of a body (ABSENT where it is not JSON) and every fault of its notation."""
    faults: list[JsonFault] = []
    text = _decode(body, faults)
    try:
        value, end = _decoder(faults).raw_decode(text.lstrip(" \t\r\n"))
    except (ValueError, RecursionError) as error:
        return ABSENT, (*faults, JsonFault("not-json", str(error)[:80]))
    rest = text.lstrip(" \t\r\n")[end:].strip(" \t\r\n")
    if rest:
        faults.append(JsonFault("trailing-text", repr(rest[:20])))
    return value, tuple(dict.fromkeys(faults))


def _decode(body: bytes, faults: list[JsonFault]) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        faults.append(JsonFault("byte-order-mark", "EF BB BF"))
        body = body[3:]
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        faults.append(JsonFault("not-utf-8", f"byte {error.start}"))
        return body.decode(errors="replace")


def _decoder(faults: list[JsonFault]) -> json.JSONDecoder:
    """A decoder that notes duplicate keys and constants that JSON does not have."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            twice = next(key for key in keys if keys.count(key) > 1)
            faults.append(JsonFault("duplicate-key", twice))
        return found

    def constant(name: str) -> float:
        faults.append(JsonFault("not-a-number", name))
        return float(name)

    def number(text: str) -> float:
        value = float(text)
        return value + 0.5 if value.is_integer() else value

    return json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant, parse_float=number)
