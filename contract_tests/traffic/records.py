"""A record: one exchange as a file holds it, and the exchange it stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from contract_tests.exchange import Exchange, Failure, Headers, Request, Response
from contract_tests.traffic.bodies import BodyError, decoded, to_bytes

Raw = dict[str, Any]
"""A record in the shape of `exchange.schema.json`."""

CREDENTIALS = frozenset({"x-auth-token", "authorization", "x-security-token", "cookie"})
"""Request headers whose values must not come back in an answer."""
MASK = re.compile(
    r"\[(?:masked|filtered|redacted)\]|<?redacted>?|\*+|x{3,}|\$\{[A-Z][A-Z_]+.*\}", re.IGNORECASE
)
"""What recorders write in the place of a credential."""
SHORTEST_SECRET = 16
"""Characters; what is shorter is a stub, and might stand in any text by chance."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something of a file that could not be read or does not add up, and why.

    `offset` counts bytes from the beginning of the file, of its unpacked content where it is
    packed. The text of the record is never repeated: it may hold secrets.
    """

    reason: str
    file: str
    offset: int

    def __str__(self) -> str:
        """`file@offset: reason`."""
        return f"{self.file}@{self.offset}: {self.reason}"


@dataclass(slots=True)
class Record:
    """One exchange as read; not frozen, because a million of these are made in a run."""

    file: str
    offset: int
    raw: Raw
    sent_at: float = 0.0
    """Unix time in seconds, 0.0 where none was recorded."""

    @property
    def label(self) -> str:
        """Where it stands: `staging.ndjson.gz@4711`."""
        return f"{self.file}@{self.offset}"

    @property
    def length(self) -> int:
        """Characters of its bodies, as they were written."""
        parts = self.raw["request"], self.raw.get("response") or {}
        bodies: list[Any] = [part.get("body") or "" for part in parts]
        return sum(len(body if type(body) is str else body["base64"]) for body in bodies)


def record_schema_text() -> str:
    """The documented schema of a record, as it is shipped."""
    return files(__package__).joinpath("exchange.schema.json").read_text(encoding="utf-8")


@cache
def record_validator() -> jsonschema_rs.Validator:
    """That schema, compiled."""
    return jsonschema_rs.validator_for(json.loads(record_schema_text()))


def fault_of(raw: object) -> str | None:
    """Why a JSON value is no record; None where it is one."""
    for error in record_validator().iter_errors(raw):
        at = ".".join(str(part) for part in error.instance_path) or "the record"
        return f"{at} breaks `{error.kind.name}` of the schema of exchanges"
    return None


def exchange_of(record: Record) -> tuple[Exchange, tuple[Diagnostic, ...]]:
    """The exchange that a record stands for, and what of it could not be made out.

    An answer whose body was not recorded whole, or cannot be unpacked, is left out: a check
    would blame the service for what the recorder did.
    """
    raw, faults = record.raw, []
    request_headers = unmasked(pairs(raw["request"].get("headers")))
    exchange = Exchange(
        request=Request(raw["request"]["method"].upper(), raw["request"]["url"], request_headers),
        failure=_failure(raw.get("failure")),
        sent_at=record.sent_at,
        secrets=_secrets(request_headers),
        label=record.label,
    )
    try:
        body = to_bytes(raw["request"].get("body"), request_headers)
        exchange = replace(exchange, request=replace(exchange.request, body=body))
    except BodyError as error:
        faults.append(Diagnostic(f"the request's {error}", record.file, record.offset))
    try:
        exchange = replace(exchange, response=_response(raw.get("response")))
    except BodyError as error:
        faults.append(Diagnostic(f"the response's {error}", record.file, record.offset))
    return exchange, tuple(faults)


def _response(raw: Raw | None) -> Response | None:
    if raw is None:
        return None
    headers = pairs(raw.get("headers"))
    body = decoded(raw.get("body"), headers, raw.get("size"))
    return Response(raw["status"], headers, body, max(0.0, raw.get("elapsed") or 0.0))


def _failure(raw: Raw | None) -> Failure | None:
    return Failure(raw["kind"], raw.get("detail", "")) if raw else None


def _secrets(headers: Headers) -> tuple[str, ...]:
    named = (value for name, value in headers if name.lower() in CREDENTIALS)
    return tuple(value for value in named if len(value) >= SHORTEST_SECRET)


def pairs(written: object) -> Headers:
    """Headers in any of the documented notations; HTTP/2's pseudo headers are left out."""
    if not written:
        return ()
    items: Iterable[Any] = written.items() if isinstance(written, Mapping) else written  # type: ignore[assignment]  # the schema allows nothing else
    flat = ((k, v) for k, vs in items for v in ([vs] if isinstance(vs, str) else vs))
    return tuple((k, v) for k, v in flat if not k.startswith(":"))


def unmasked(headers: Headers) -> Headers:
    """The headers of a request without credentials that a recorder masked.

    A mask is not what was sent: it equals other masks, which the credential did not.
    """
    return tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in CREDENTIALS or MASK.fullmatch(value) is None
    )


def seconds(written: object) -> float:
    """A time as Unix seconds: a number, RFC 3339, or RFC 5322; 0.0 where none can be read."""
    if isinstance(written, int | float):
        return float(written)
    if not isinstance(written, str):
        return 0.0
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        try:
            moment = parsedate_to_datetime(written)
        except ValueError:
            return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
