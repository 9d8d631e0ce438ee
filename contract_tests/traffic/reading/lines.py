"""The lines of a stream, however long, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO

from contract_tests.traffic.reading.jsonstream import LIMIT


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
