"""The core over Arrow: a record batch of exchanges in, a record batch of findings out.

Any engine that moves Arrow record batches can run it, on as many machines as it likes. What comes
out may be concatenated in any order, any part of it twice: `tally_of` makes the same of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.report.codec import decode, encode
from contract_tests.traffic.engines.portable import Portable
from contract_tests.traffic.engines.rows import NOWHERE, column, items, plain_rows
from contract_tests.traffic.merge import Name, Sample, Tally, merge_all
from contract_tests.traffic.reading.records import Diagnostic
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

FINDINGS = pa.schema(
    [
        column("row", pa.string(), "count, finding or diagnostic", needed=True),
        column("batch", pa.string(), "count: of which rows"),
        column("name", pa.list_(pa.string()), "count: what was seen, its kind first"),
        column("count", pa.int64(), "how often"),
        column("fingerprint", pa.string(), "finding: what tells it from others"),
        column("id", pa.string(), "finding: of the check"),
        column("place", pa.string(), "finding: where in the contract"),
        column("severity", pa.string(), "finding: breaks-clients, misleads or cosmetic"),
        column("message", pa.string(), "what is wrong, or could not be read"),
        column("file", pa.string(), "where the smallest exchange that shows it was recorded"),
        column("offset", pa.int64(), "its place there"),
        column("size", pa.int64(), "finding: bytes of that exchange"),
        column("detail", pa.string(), "finding: all of it and of that exchange, masked, as JSON"),
    ]
)
"""A row for each thing that was counted, each finding, and each thing that could not be read."""


def verify_batch(
    settings: Portable | Settings, batch: pa.RecordBatch, file: str = NOWHERE, first: int = 0
) -> pa.RecordBatch:
    """What some exchanges show; a pure function: the same rows give the same rows.

    Args:
        settings: how to judge them; portable ones hold their contract.
        batch: columns as in `rows.EXCHANGES`.
        file: that of rows which name none.
        first: the number of the first row in it.

    Returns:
        Rows as in FINDINGS. They count once, however often they come; so batches that hold the
        same rows have to differ in `file` or `first`, else they are one batch that came twice.
    """
    rows = plain_rows(batch)
    name = f"{file}@{_digest(rows, file, first)}"
    return to_batch(verify(settings.verifier(), items(rows, file, first), name))


def tally_of(batches: Iterable[pa.RecordBatch]) -> Tally:
    """The tally that some batches of findings came from."""
    return merge_all(_tally(batch) for batch in batches)


def to_batch(tally: Tally) -> pa.RecordBatch:
    """A tally as rows; `tally_of` reads it back."""
    rows = [*_count_rows(tally), *_finding_rows(tally), *_diagnostic_rows(tally)]
    return pa.RecordBatch.from_pylist(rows, schema=FINDINGS)


def _digest(rows: list[dict[str, Any]], file: str, first: int) -> str:
    """The same for the same rows, another for others."""
    return hashlib.sha256(repr((file, first, rows)).encode(errors="surrogatepass")).hexdigest()


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
