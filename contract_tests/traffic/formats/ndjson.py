"""NDJSON: one exchange a line, in the documented schema (`contract-tests verify --schema`).

A line that is no JSON, or breaks that schema, is reported and the next one is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from io import BufferedReader
from itertools import accumulate
from typing import BinaryIO

from contract_tests.traffic.jsonstream import LIMIT, Broken, loads
from contract_tests.traffic.records import Raw, read_raw, read_raws

BY_LINES = True
NAMES = (".ndjson", ".jsonl", ".ldjson")
BLOCK = 1 << 18
"""Bytes of lines that are read at once."""
MARK = b"\xef\xbb\xbf"


def score(head: bytes, name: str) -> int:
    """Anything that begins with an object may be NDJSON; a name that says so is surer."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return int(name.removesuffix(".gz").endswith(NAMES))
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    return 2 if b'"request"' in first or name.removesuffix(".gz").endswith(NAMES) else 1


def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]:
    """Each line as a record."""
    offset = 0
    while block := stream.read(BLOCK):
        if not block.endswith(b"\n"):
            block += stream.readline(LIMIT)
        raws = _at_once(block)
        if raws is not None:
            yield from zip(_starts(block, offset), raws, strict=False)
        else:
            yield from _one_by_one(block, offset)
        offset += len(block)
        if len(block) >= LIMIT and not block.endswith(b"\n"):
            offset += skip_line(stream)  # too long, as was said


def _at_once(block: bytes) -> list[Raw] | None:
    """The records of some lines; None where a line has to be looked at by itself.

    Each line begins and ends as an object does, so that none can be a part of one; then there
    are as many records as lines where each line is one.
    """
    ends = block if block.endswith(b"\n") else block + b"\n"
    count = ends.count(b"}\n")
    if not (block.startswith(b"{") and ends.count(b"\n{") + 1 == count == ends.count(b"\n")):
        return None
    try:
        found = read_raws(block)
    except (ValueError, RecursionError):
        return None
    return found if len(found) == count else None


def _starts(block: bytes, offset: int) -> Iterator[int]:
    """Where each line begins."""
    return accumulate((len(line) + 1 for line in block.split(b"\n")), initial=offset)


def _one_by_one(block: bytes, base: int) -> Iterator[tuple[int, object] | Broken]:
    for offset, line in lines(io.BytesIO(block)):
        if isinstance(line, str):
            yield Broken(base + offset, line)
            continue
        try:
            yield base + offset, read_raw(line)
        except (ValueError, RecursionError):
            yield _closer(base + offset, line)


def _closer(offset: int, line: bytes) -> tuple[int, object] | Broken:
    """What a line that is no record holds: lenient JSON, or nothing."""
    try:
        return offset, loads(line)
    except ValueError as error:
        return Broken(offset, f"broken record: {getattr(error, 'msg', error)}")


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | str]]:
    """Each line that is not empty with its offset; a text in place of one that is too long."""
    offset = 0
    while line := stream.readline(LIMIT):
        start, offset = offset, offset + len(line)
        if len(line) == LIMIT and not line.endswith(b"\n"):
            offset += skip_line(stream)
            yield start, f"broken record: longer than {LIMIT} bytes"
        elif not line.isspace():
            yield start, line if start else line.removeprefix(MARK)


def skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line, however long it is; how many bytes that took."""
    skipped = 0
    while rest := stream.readline(LIMIT):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped
