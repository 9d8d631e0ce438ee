"""The peak memory of `contract-tests verify` on a file of any size.

python -m benchmarks.verify_memory --size 2e9 --format har
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.traffic_sample import exchanges

DISTINCT = 5000
"""Exchanges that are generated; a large file has them again and again."""


def main() -> None:
    """Write a file, verify it in a process of its own, print how much memory that took."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / f"traffic.{options.format}"
        _write(path, int(float(options.size)), options.format)
        begun = time.monotonic()
        command = (sys.executable, "-m", "contract_tests", "verify", path.name, "--jobs", "1")
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        seconds = time.monotonic() - begun
        assert done.returncode in (0, 1), done.stderr
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = path.stat().st_size / 1e9
        print(done.stdout.splitlines()[0])
        print(f"{options.format}: {size:.2f} GB in {seconds:.0f} s, peak memory {peak:.0f} MB")


def _write(path: Path, size: int, format_id: str) -> None:
    records = list(exchanges(DISTINCT))
    make = _har if format_id == "har" else _ndjson
    with path.open("w", encoding="utf-8") as file:
        for text in make(records):
            file.write(text)
            if file.tell() > size:
                break
        if format_id == "har":
            file.write("]}}")


def _ndjson(records: list[dict[str, Any]]) -> Iterator[str]:
    return (f"{json.dumps(record)}\n" for record in cycle(records))


def _har(records: list[dict[str, Any]]) -> Iterator[str]:
    entries = [json.dumps(_entry(record)) for record in records]
    yield '{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": ['
    yield entries[0]
    yield from (f",\n{entry}" for entry in islice(cycle(entries), 1, None))


def _entry(record: dict[str, Any]) -> dict[str, Any]:
    request, response = record["request"], record["response"]
    return {
        "startedDateTime": "2025-11-23T12:13:20.000Z",
        "time": 200,
        "request": {
            "method": request["method"],
            "url": request["url"],
            "headers": [{"name": k, "value": v} for k, v in request["headers"]],
        },
        "response": {
            "status": response["status"],
            "headers": [{"name": k, "value": v} for k, v in response["headers"]],
            "content": {"size": len(response["body"]), "text": response["body"]},
        },
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="2e9", help="bytes")
    parser.add_argument("--format", choices=["har", "ndjson"], default="har")
    parser.add_argument("--folder", help="where there is room for it")
    return parser.parse_args()


if __name__ == "__main__":
    main()
