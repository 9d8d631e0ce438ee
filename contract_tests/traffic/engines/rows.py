"""Exchanges as rows of Arrow, in whatever notation an engine or a writer of Parquet leaves them.

Columns of other types than the documented ones are taken where nothing is lost by it: a status
that pandas made a float, text for bytes, timestamps, headers as a map, a struct or JSON text. The
shape of NDJSON (`request` and `response` as structs or as JSON text) is taken as well.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, get_args

from contract_tests.errors import MissingExtraError
from contract_tests.exchange import FailureKind
from contract_tests.traffic.reading.bodies import Base64
from contract_tests.traffic.reading.records import (
    Diagnostic,
    Record,
    Written,
    pairs,
    seconds,
    to_raw,
)

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[arrow]'"
    ) from missing

_HEADERS = pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))


def column(name: str, kind: pa.DataType, about: str, *, needed: bool = False) -> pa.Field:
    """A column that says what stands in it; it may be null unless it is needed."""
    return pa.field(name, kind, not needed, {"about": about})


EXCHANGES = pa.schema(
    [
        column("file", pa.string(), "where the exchange was recorded"),
        column("offset", pa.int64(), "its place there"),
        column("method", pa.string(), "of the request; needed", needed=True),
        column("url", pa.string(), "of the request, with its query; needed", needed=True),
        column("request_headers", _HEADERS, "in the order of sending"),
        column("request_body", pa.binary(), "as sent"),
        column("status", pa.int32(), "null where no answer came"),
        column("response_headers", _HEADERS, "in the order of receipt"),
        column("response_body", pa.binary(), "as received"),
        column(
            "response_size", pa.int64(), "bytes of the body received, where the recorder kept fewer"
        ),
        column("elapsed", pa.float64(), "seconds until the answer was there"),
        column("sent_at", pa.float64(), "seconds since 1970"),
        column(
            "failure_kind",
            pa.string(),
            "how the transport failed: " + ", ".join(get_args(FailureKind)),
        ),
        column("failure_detail", pa.string(), "the message of that failure"),
    ]
)
"""A row for each exchange; all columns but `method` and `url` may be absent."""
PARTS = ("request", "response", "failure")
"""The columns of a row that has the shape of a line of NDJSON."""
READ = [*EXCHANGES.names, *PARTS]
"""All columns that are looked at."""
NOWHERE = "rows"
"""The file of rows that name none."""


def described(columns: pa.Schema) -> str:
    """The columns of a schema, one a line: name, type, what stands there."""
    rows = [(f.name, str(f.type), f.metadata[b"about"].decode()) for f in columns]
    names, types = (max(len(row[i]) for row in rows) for i in (0, 1))
    return "".join(f"{n:<{names}}  {t:<{types}}  {about}".rstrip() + "\n" for n, t, about in rows)


def exchanges(records: Iterable[Record]) -> pa.RecordBatch:
    """Records as rows of EXCHANGES, to be written as Parquet or sent to an engine."""
    return pa.RecordBatch.from_pylist([_row(record) for record in records], schema=EXCHANGES)


def plain_rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a batch, in the documented types where they can be had without loss."""
    for at, field in enumerate(batch.schema):
        if field.name not in EXCHANGES.names:
            continue
        with suppress(pa.ArrowInvalid, pa.ArrowNotImplementedError):  # each row will say what it is
            column = _cast(batch.column(at), EXCHANGES.field(field.name).type)
            batch = batch.set_column(at, field.name, column)
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


def items(
    rows: list[dict[str, Any]], file: str = NOWHERE, first: int = 0
) -> Iterator[Record | Diagnostic]:
    """The record of each row, or a diagnostic where it is none.

    Args:
        rows: with columns as in EXCHANGES, or PARTS.
        file: that of rows which name none.
        first: the offset of the first row; counts where rows name none.
    """
    missing = [name for name in ("method", "url") if rows and name not in rows[0]]
    if missing and "request" not in rows[0]:
        columns = " and ".join(missing)
        reason = f"{len(rows)} rows without {columns}; see contract-tests verify --columns"
        yield Diagnostic(reason, file, first)
        return
    for number, row in enumerate(rows, first):
        name, offset = row.get("file"), row.get("offset")
        name = name if isinstance(name, str) and name else file
        offset = offset if isinstance(offset, int) else number
        try:
            raw = to_raw(_plain(row))
        except ValueError as error:
            yield Diagnostic(str(error), name, offset)
        else:
            yield Record(name, offset, raw, seconds(raw.sent_at))


def _cast(column: pa.Array, wanted: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(column.type) and wanted == pa.float64():
        microseconds = column.cast(pa.timestamp("us"), safe=False).cast(pa.int64())
        return pc.divide(microseconds.cast(wanted), 1e6)
    return column.cast(wanted)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in the shape of a line of NDJSON."""
    nested = row.get("request") is not None
    parts = {name: _object(row.get(name)) for name in PARTS} if nested else _parts(row)
    for part in (parts["request"], parts["response"]):
        if isinstance(part, dict):
            part["headers"] = _written_headers(part.get("headers"))
            part["body"] = _written_body(part.get("body"))
    return {**parts, "sent_at": row.get("sent_at")}


def _parts(row: Mapping[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "request": {
            "method": row.get("method"),
            "url": row.get("url"),
            "headers": row.get("request_headers"),
            "body": row.get("request_body"),
        },
        "response": None,
        "failure": None,
    }
    if row.get("status") is not None:
        parts["response"] = {
            "status": row["status"],
            "headers": row.get("response_headers"),
            "body": row.get("response_body"),
            "elapsed": row.get("elapsed") or 0.0,
            "size": row.get("response_size"),
        }
    if row.get("failure_kind") is not None:
        parts["failure"] = {"kind": row["failure_kind"], "detail": row.get("failure_detail") or ""}
    return parts


def _object(found: Any) -> Any:
    """A struct without its nulls, which are fields of other rows; the same of JSON text."""
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            raise ValueError("no exchange: text that is no JSON") from None
    if isinstance(found, dict):
        return {name: value for name, value in found.items() if value is not None}
    return found


def _written_headers(found: Any) -> Any:
    """Headers as NDJSON has them: pairs, or values by name."""
    found = _object(found)
    if isinstance(found, list):
        return [[h.get("name"), h.get("value")] if isinstance(h, dict) else h for h in found]
    return found


def _written_body(found: Any) -> Any:
    if not isinstance(found, bytes):
        return found
    try:
        return found.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(found).decode("ascii")}


def _row(record: Record) -> dict[str, Any]:
    request, response, failure = record.raw.request, record.raw.response, record.raw.failure
    return {
        "file": record.file,
        "offset": record.offset,
        "method": request.method,
        "url": request.url,
        "request_headers": _named(request.headers),
        "request_body": _bytes(request.body),
        "status": response and response.status,
        "response_headers": _named(response.headers if response else None),
        "response_body": _bytes(response.body if response else None),
        "response_size": response and response.size,
        "elapsed": response and response.elapsed,
        "sent_at": record.sent_at or None,
        "failure_kind": failure and failure.kind,
        "failure_detail": failure and failure.detail,
    }


def _named(written: Written) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs(written)]


def _bytes(written: str | Base64 | None) -> bytes | None:
    if written is None:
        return None
    if isinstance(written, str):
        return written.encode("utf-8", "surrogateescape")
    return base64.b64decode(written.base64)
