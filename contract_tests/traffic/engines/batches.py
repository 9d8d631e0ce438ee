"""The core over Arrow: a record batch of exchanges in, a record batch of findings out.

Any engine that moves Arrow record batches can run it, on as many machines as it likes. What comes
out may be concatenated in any order, any part of it twice: `tally_of` makes the same of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.report.codec import decode, encode
from contract_tests.traffic.merge import Name, Sample, Tally, merge_all
from contract_tests.traffic.reading.bodies import Base64
from contract_tests.traffic.reading.records import (
    Diagnostic,
    Record,
    Written,
    pairs,
    seconds,
    to_raw,
)
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

_NOWHERE = "rows"
"""The file of rows that name none."""
_HEADERS = pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))
EXCHANGES = pa.schema(
    [
        ("file", pa.string()),
        ("offset", pa.int64()),
        pa.field("method", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        ("request_headers", _HEADERS),
        ("request_body", pa.binary()),
        ("status", pa.int32()),
        ("response_headers", _HEADERS),
        ("response_body", pa.binary()),
        ("response_size", pa.int64()),
        ("elapsed", pa.float64()),
        ("sent_at", pa.float64()),
        ("failure_kind", pa.string()),
        ("failure_detail", pa.string()),
    ]
)
"""A row for each exchange. `response_size` is the body's length as received, where the recorder
may have kept less; `elapsed` is in seconds, `sent_at` in seconds since 1970. All columns but
`method` and `url` may be absent."""

FINDINGS = pa.schema(
    [
        pa.field("row", pa.string(), nullable=False),
        ("batch", pa.string()),
        ("name", pa.list_(pa.string())),
        ("count", pa.int64()),
        ("fingerprint", pa.string()),
        ("id", pa.string()),
        ("place", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("file", pa.string()),
        ("offset", pa.int64()),
        ("size", pa.int64()),
        ("detail", pa.string()),
    ]
)
"""`row` is *finding* (the smallest exchange that shows it is `detail`, masked), *diagnostic*
(`message` says what could not be read) or *count* (how often `name` was seen in `batch`)."""


def verify_batch(settings: Settings, batch: pa.RecordBatch) -> pa.RecordBatch:
    """What some exchanges show; a pure function: the same rows give the same rows.

    Args:
        settings: how to judge them.
        batch: columns as in EXCHANGES. Rows that name their file and offset count once, however
            often they come; of rows that do not, whole batches that are the same.

    Returns:
        Rows as in FINDINGS.
    """
    rows = batch.to_pylist()
    return to_batch(verify(settings.verifier(), _items(rows), _batch_name(rows)))


def tally_of(batches: Iterable[pa.RecordBatch]) -> Tally:
    """The tally that some batches of findings came from."""
    return merge_all(_tally(batch) for batch in batches)


def to_batch(tally: Tally) -> pa.RecordBatch:
    """A tally as rows; `tally_of` reads it back."""
    rows = [*_count_rows(tally), *_finding_rows(tally), *_diagnostic_rows(tally)]
    return pa.RecordBatch.from_pylist(rows, schema=FINDINGS)


def exchanges(records: Iterable[Record]) -> pa.RecordBatch:
    """Records as rows of EXCHANGES, to be written as Parquet or sent to an engine."""
    return pa.RecordBatch.from_pylist([_row(record) for record in records], schema=EXCHANGES)


def _items(rows: list[dict[str, Any]]) -> Iterator[Record | Diagnostic]:
    for number, row in enumerate(rows):
        file, offset = row.get("file") or _NOWHERE, row.get("offset")
        offset = number if offset is None else offset
        try:
            raw = to_raw(_plain(row))
        except ValueError as error:
            yield Diagnostic(str(error), file, offset)
        else:
            yield Record(file, offset, raw, seconds(raw.sent_at))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "request": {
            "method": row.get("method"),
            "url": row.get("url"),
            "headers": _written_headers(row.get("request_headers")),
            "body": _written_body(row.get("request_body")),
        },
        "sent_at": row.get("sent_at"),
    }
    if row.get("status") is not None:
        raw["response"] = {
            "status": row["status"],
            "headers": _written_headers(row.get("response_headers")),
            "body": _written_body(row.get("response_body")),
            "elapsed": row.get("elapsed") or 0.0,
            "size": row.get("response_size"),
        }
    if row.get("failure_kind") is not None:
        raw["failure"] = {"kind": row["failure_kind"], "detail": row.get("failure_detail") or ""}
    return raw


def _written_headers(found: list[Mapping[str, str]] | None) -> list[list[str]]:
    return [[header["name"], header["value"]] for header in found or ()]


def _written_body(found: bytes | str | None) -> Any:
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


def _batch_name(rows: list[dict[str, Any]]) -> str:
    """A name made of which rows they are: the same for the same, another for others."""
    digest = hashlib.sha256()
    for row in rows:
        is_placed = row.get("file") is not None and row.get("offset") is not None
        which = (row["file"], row["offset"]) if is_placed else tuple(row.items())
        digest.update(repr(which).encode(errors="surrogatepass"))
    return f"{rows[0].get('file') or _NOWHERE if rows else _NOWHERE}@{digest.hexdigest()[:32]}"


def _count_rows(tally: Tally) -> Iterator[dict[str, Any]]:
    for batch, counts in tally.counts.items():
        for name, count in counts.items():
            yield {"row": "count", "batch": batch, "name": list(name), "count": count}


def _finding_rows(tally: Tally) -> Iterator[dict[str, Any]]:
    counts = tally.totals("finding")
    for fingerprint, sample in tally.samples.items():
        finding = sample.finding
        detail = {"finding": encode(finding), "exchange": None}
        if finding.exchange is not None:
            detail["exchange"] = encode(finding.exchange)
        yield {
            "row": "finding",
            "count": counts[fingerprint,],
            "fingerprint": fingerprint,
            "id": finding.id,
            "place": str(finding.place),
            "severity": finding.severity.label,
            "message": finding.message,
            "file": sample.file,
            "offset": sample.offset,
            "size": sample.size,
            "detail": json.dumps(detail),
        }


def _diagnostic_rows(tally: Tally) -> Iterator[dict[str, Any]]:
    for found in tally.diagnostics:
        yield {
            "row": "diagnostic",
            "message": found.reason,
            "file": found.file,
            "offset": found.offset,
        }


def _tally(batch: pa.RecordBatch) -> Tally:
    counts: dict[str, dict[Name, int]] = {}
    samples: dict[str, Sample] = {}
    diagnostics: list[Diagnostic] = []
    for row in batch.to_pylist():
        if row["row"] == "count":
            counts.setdefault(row["batch"], {})[tuple(row["name"])] = row["count"]
        elif row["row"] == "finding":
            finding = _finding(json.loads(row["detail"]))
            sample = Sample(row["size"], row["file"], row["offset"], finding)
            samples[row["fingerprint"]] = sample
        else:
            diagnostics.append(Diagnostic(row["message"], row["file"], row["offset"]))
    return Tally(counts, samples, tuple(diagnostics))


def _finding(detail: Mapping[str, Any]) -> Finding:
    finding: Finding = decode(Finding, detail["finding"])
    if detail["exchange"] is None:
        return finding
    return replace(finding, exchange=decode(Exchange, detail["exchange"]))
