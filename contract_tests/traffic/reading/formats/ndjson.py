"""NDJSON: one exchange a line, in the documented schema (`contract-tests verify --schema`).

A line that is no JSON, or breaks that schema, is reported and the next one is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from contract_tests.traffic.reading.jsonstream import Broken, loads
from contract_tests.traffic.reading.lines import lines
from contract_tests.traffic.reading.records import read_raw

BY_LINES = True
NAMES = (".ndjson", ".jsonl", ".ldjson")


def score(head: bytes, name: str) -> int:
    """Anything that begins with an object may be NDJSON; a name that says so is surer."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return int(name.removesuffix(".gz").endswith(NAMES))
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    return 2 if b'"request"' in first or name.removesuffix(".gz").endswith(NAMES) else 1


def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]:
    """Each line as a record."""
    for offset, line in lines(stream):
        if isinstance(line, str):
            yield Broken(offset, line)
            continue
        try:
            yield offset, read_raw(line)
        except (ValueError, RecursionError):
            yield _closer(offset, line)


def _closer(offset: int, line: bytes) -> tuple[int, object] | Broken:
    """What a line that is no record holds: lenient JSON, or nothing."""
    try:
        return offset, loads(line)
    except ValueError as error:
        return Broken(offset, f"broken record: {getattr(error, 'msg', error)}")
