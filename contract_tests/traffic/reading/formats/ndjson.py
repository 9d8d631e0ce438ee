"""NDJSON: one exchange a line, in the documented schema (`contract-tests verify --schema`).

A line that is no JSON, or breaks that schema, is reported and the next one is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO

from contract_tests.traffic.reading.jsonstream import LIMIT, Broken, loads
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


def lines(stream: BufferedReader) -> Iterator[tuple[int, bytes | str]]:
    """Each line that is not empty with its offset; a text in place of one that is too long."""
    offset = 0
    while line := stream.readline(LIMIT):
        start, offset = offset, offset + len(line)
        if len(line) == LIMIT and not line.endswith(b"\n"):
            offset += skip_line(stream)
            yield start, f"broken record: longer than {LIMIT} bytes"
        elif not line.isspace():
            yield start, line if start else line.removeprefix(b"\xef\xbb\xbf")


def skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line, however long it is; how many bytes that took."""
    skipped = 0
    while rest := stream.readline(LIMIT):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped
