"""A record: one exchange as a file holds it, and the exchange it stands for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from contract_tests.exchange import Exchange, Failure, FailureKind, Headers, Request, Response
from contract_tests.traffic.reading.bodies import Base64, BodyError, decoded, to_bytes

CREDENTIALS = frozenset({"x-auth-token", "authorization", "x-security-token", "cookie"})
"""Request headers whose values must not come back in an answer."""
MASK = re.compile(
    r"\[(?:masked|filtered|redacted)\]|<?redacted>?|\*+|x{3,}|\$\{[A-Z][A-Z_]+.*\}", re.IGNORECASE
)
"""What recorders write in the place of a credential."""
SHORTEST_SECRET = 16
"""Characters; what is shorter is a stub, and might stand in any text by chance."""
YEAR_10000 = 253_402_300_800.0
"""Unix time of what is beyond any calendar, such as milliseconds taken for seconds."""


Written = list[tuple[str, str]] | dict[str, str | list[str]] | None
"""Headers in any of the documented notations."""
_Text = Annotated[str, Meta(min_length=1)]


class RawRequest(Struct, gc=False):
    """The request of a record."""

    method: _Text
    url: _Text
    headers: Written = None
    body: str | Base64 | None = None


class RawResponse(Struct, gc=False):
    """The answer of a record."""

    status: Annotated[int, Meta(ge=100, le=999)]
    headers: Written = None
    body: str | Base64 | None = None
    elapsed: float = 0.0
    size: int | None = None


class RawFailure(Struct, gc=False):
    """How the transport failed."""

    kind: FailureKind
    detail: str = ""


class Raw(Struct, gc=False):
    """A record in the shape of `exchange.schema.json`, which says what is what."""

    request: RawRequest
    response: RawResponse | None = None
    failure: RawFailure | None = None
    sent_at: float | str | None = None


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


class Record(Struct, gc=False):
    """One exchange as read."""

    file: str
    offset: int
    raw: Raw
    sent_at: float = 0.0
    """Unix time in seconds, 0.0 where none was recorded."""

    @property
    def label(self) -> str:
        """Where it stands: `staging.ndjson.gz@4711`."""
        return f"{self.file}@{self.offset}"


def record_schema_text() -> str:
    """The documented schema of a record, as it is shipped."""
    return files(__package__).joinpath("exchange.schema.json").read_text(encoding="utf-8")


read_raw = msgspec.json.Decoder(Raw).decode
"""A record from its JSON; raises ValueError for what is none, or no JSON."""
_QUOTED = re.compile(r" '.*'(?= - at )", re.DOTALL)


def to_raw(found: object) -> Raw:
    """A record from plain data.

    Raises:
        ValueError: it is none; says where, and never what stands there.
    """
    try:
        return msgspec.convert(found, Raw)
    except msgspec.ValidationError as error:
        raise ValueError(f"no exchange: {_QUOTED.sub('', str(error))}") from None


def exchange_of(record: Record) -> tuple[Exchange, tuple[Diagnostic, ...]]:
    """The exchange that a record stands for, and what of it could not be made out.

    An answer whose body was not recorded whole, or cannot be unpacked, is left out: a check
    would blame the service for what the recorder did.
    """
    raw, faults = record.raw, []
    request_headers = unmasked(pairs(raw.request.headers))
    exchange = Exchange(
        request=Request(raw.request.method.upper(), raw.request.url, request_headers),
        failure=Failure(raw.failure.kind, raw.failure.detail) if raw.failure else None,
        sent_at=record.sent_at,
        secrets=_secrets(request_headers),
        label=record.label,
    )
    try:
        body = to_bytes(raw.request.body, request_headers)
        exchange = replace(exchange, request=replace(exchange.request, body=body))
    except BodyError as error:
        faults.append(Diagnostic(f"the request's {error}", record.file, record.offset))
    try:
        exchange = replace(exchange, response=_response(raw.response))
    except BodyError as error:
        faults.append(Diagnostic(f"the response's {error}", record.file, record.offset))
    return exchange, tuple(faults)


def _response(raw: RawResponse | None) -> Response | None:
    if raw is None:
        return None
    headers = pairs(raw.headers)
    body = decoded(raw.body, headers, raw.size)
    elapsed = raw.elapsed if 0.0 < raw.elapsed < math.inf else 0.0
    return Response(raw.status, headers, body, elapsed)


def _secrets(headers: Headers) -> tuple[str, ...]:
    named = (value for name, value in headers if name.lower() in CREDENTIALS)
    return tuple(value for value in named if len(value) >= SHORTEST_SECRET)


def pairs(written: Written) -> Headers:
    """Headers in any of the documented notations; HTTP/2's pseudo headers are left out."""
    if not written:
        return ()
    items: Iterable[tuple[str, str | list[str]]] = (
        written.items() if isinstance(written, Mapping) else written
    )
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


def seconds(written: float | str | None) -> float:
    """A time as Unix seconds: a number, RFC 3339, or RFC 5322; 0.0 where none can be read."""
    if written is None:
        return 0.0
    try:
        found = written if type(written) is float else _moment(str(written))
    except (ValueError, OverflowError):
        return 0.0
    return found if abs(found) < YEAR_10000 else 0.0


def _moment(written: str) -> float:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = parsedate_to_datetime(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
