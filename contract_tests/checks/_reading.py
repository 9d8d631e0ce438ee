"""An exchange as the checks see it: matched to its operation, its JSON read once, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from contract_tests.contract import Operation, Outcome, View, typed
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

    `value` is the response's JSON, ABSENT where there is none.
    """

    view: View
    exchange: Exchange
    operation: Operation | None
    matched: bool = False
    """Whether method and path are the operation's; else it is only the one it was meant for."""
    path: Mapping[str, str] = field(default_factory=dict)
    value: Any = ABSENT
    faults: tuple[JsonFault, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    """What became of each invariant of the operation."""

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

    @property
    def is_governed(self) -> bool:
        """Whether the answer is one that the contract describes.

        A 5xx is none; nor is what a router says of a path or request that the contract does not
        have, or that no source settles.
        """
        if self.operation is None or self.status is None or self.status >= 500:
            return False
        meant = self.exchange.expectation
        unsettled = meant is not None and meant.outcome == "either"
        at_the_router = unsettled and meant.area in ("identity", "robustness")  # type: ignore[union-attr]
        return self.status < 400 or (self.matched and not at_the_router)

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
    if exchange.response is None:
        return Reading(view, exchange, operation, match is not None, path)
    value, faults = read_json(exchange.response.body) if exchange.response.body else (ABSENT, ())
    reading = Reading(view, exchange, operation, match is not None, path, value, faults)
    return replace(reading, outcomes=tuple(_outcomes(reading)))


def _outcomes(reading: Reading) -> list[Outcome]:
    """What became of each invariant; empty where no operation was answered."""
    if reading.operation is None or reading.exchange.response is None:
        return []
    return reading.view.evaluate(reading.operation.id, _variables(reading, reading.operation))


def _variables(reading: Reading, operation: Operation) -> dict[str, Any]:
    exchange = reading.exchange
    return {
        "request": _request(reading, operation),
        "response": _response(reading),
        "now": int(exchange.sent_at * 1000),
        **exchange.around,
    }


def _request(reading: Reading, operation: Operation) -> Mapping[str, Any]:
    request = reading.exchange.request
    pairs = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    # Of a parameter that comes twice nobody knows which counts: rules do not see it.
    asked = {name: text for name, text in pairs if names.count(name) == 1}
    known = {(p.location, p.name): p for p in operation.parameters}
    query = {
        name: typed(known["query", name], text) if ("query", name) in known else text
        for name, text in asked.items()
    }
    headers = {name.lower(): str(value) for name, value in request.headers}
    return {
        "method": request.method,
        "path": dict(reading.path),
        "query": query,
        "headers": headers,
    }


def _response(reading: Reading) -> Mapping[str, Any]:
    response = reading.exchange.response
    found: dict[str, Any] = {"status": reading.status}
    if response is not None:
        found["headers"] = {name.lower(): value for name, value in response.headers}
    return found if reading.value is ABSENT else {**found, "body": reading.value}


@lru_cache(maxsize=4)
def read_json(body: bytes) -> tuple[Any, tuple[JsonFault, ...]]:
    """The value of a body (ABSENT where it is not JSON) and every fault of its notation.

    The value is not to be changed: whoever reads the same body next gets the same one.
    """
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

    return json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant)
