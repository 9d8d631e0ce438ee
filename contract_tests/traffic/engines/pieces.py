"""Files wherever fsspec reaches, in pieces that can be read each by itself, on any machine."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import fsspec
import pyarrow.parquet as pq

from contract_tests.errors import InputError
from contract_tests.masking import mask_text
from contract_tests.traffic.engines.rows import READ, items, plain_rows
from contract_tests.traffic.reading.jsonstream import LIMIT
from contract_tests.traffic.reading.lines import skip_line
from contract_tests.traffic.reading.records import Diagnostic, Record
from contract_tests.traffic.reading.sources import (
    GZIP,
    HEAD,
    STDIN,
    Source,
    expand,
    format_of,
    read,
    read_stream,
)

PIECE = 32 << 20
"""Bytes of lines that a worker gets at a time."""
ROWS = 2000
"""Rows of Parquet that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as reports show it, and where it is."""

    name: str
    pattern: str
    """What the user wrote to name it, and perhaps others."""
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What one worker is given: a file, some of its bytes (`length`), or one row group of it."""

    file: File
    format_id: str | None
    offset: int = 0
    length: int | None = None
    row_group: int | None = None
    """Of Parquet; `offset` is then the number of its first row."""

    @property
    def batch(self) -> str:
        """What its counts go by."""
        return f"{self.file.name}@{self.offset}"


def files(patterns: tuple[str, ...]) -> list[File]:
    """The files that patterns name (`s3://logs/2026-*/*.ndjson.gz`, local ones), each once.

    Raises:
        InputError: a pattern names no file, or cannot be looked up.
    """
    found: dict[str, File] = {}
    for pattern in patterns:
        for file in _remote(pattern) if "://" in pattern else _local(pattern):
            found.setdefault(file.url, file)
    return list(found.values())


def _local(pattern: str) -> Iterator[File]:
    if pattern == STDIN:
        raise InputError("workers cannot read it", "name files", "standard input")
    for source in expand((pattern,)):
        yield File(source.name, pattern, os.path.realpath(source.name))


def _remote(pattern: str) -> Iterator[File]:
    shown = mask_text(pattern)
    try:
        there = fsspec.open_files(pattern, "rb")
        urls = sorted(f.full_name for f in there if f.fs.info(f.path)["type"] == "file")
    except FileNotFoundError:
        urls = []
    except Exception as error:  # file systems raise what they like
        remedy = "check the URL and the credentials in the environment"
        raise InputError(f"cannot be looked up: {_why(error)}", remedy, shown) from error
    if not urls:
        raise InputError("there is no such file", "check the pattern", shown)
    for url in urls:
        yield File(mask_text(url), shown, url)


def split(file: File, format_id: str | None) -> list[Piece]:
    """A file in pieces; in one, which will say so, where it cannot be read."""
    whole = Piece(file, format_id)
    try:
        with _open(file.url) as stream:
            if _is_parquet(file):
                return list(_row_groups(file, pq.ParquetFile(stream).metadata)) or [whole]
            head, size = stream.read(HEAD), stream.size
    except (OSError, ValueError):
        return [whole]
    known = format_of(head, file.name, format_id) if not head.startswith(GZIP) else None
    if known is None or not known.by_lines or not size:
        return [whole]
    return [Piece(file, known.id, offset, PIECE) for offset in range(0, size, PIECE)]


def records(piece: Piece) -> Iterator[Record | Diagnostic]:
    """Every record of a piece, and a diagnostic for everything that is none."""
    if piece.length is None and not _is_parquet(piece.file):
        return read(Source(piece.file.name, "", partial(_open, piece.file.url)), piece.format_id)
    return _noting(piece, _rows if piece.length is None else _lines)


def _noting(
    piece: Piece, reader: Callable[[Any, Piece], Iterator[Record | Diagnostic]]
) -> Iterator[Record | Diagnostic]:
    try:
        with _open(piece.file.url) as stream:
            yield from reader(stream, piece)
    except (OSError, ValueError) as error:  # Arrow's errors are of both kinds
        yield Diagnostic(f"cannot be read: {_why(error)}", piece.file.name, piece.offset)


def _rows(stream: Any, piece: Piece) -> Iterator[Record | Diagnostic]:
    first = piece.offset
    groups = None if piece.row_group is None else [piece.row_group]
    for batch in pq.ParquetFile(stream).iter_batches(ROWS, row_groups=groups, columns=READ):
        yield from items(plain_rows(batch), piece.file.name, first)
        first += batch.num_rows


def _lines(stream: Any, piece: Piece) -> Iterator[Record | Diagnostic]:
    offset, lines = stretch(stream, piece.offset, piece.length or 0)
    return read_stream(io.BytesIO(lines), piece.file.name, piece.format_id, offset)


def stretch(stream: Any, offset: int, length: int) -> tuple[int, bytes]:
    """The lines that begin in a stretch of a file, and where the first of them does."""
    stream.seek(max(0, offset - 1))
    begin = max(0, offset - 1) + (skip_line(stream) if offset else 0)
    rest = offset + length - begin
    if rest <= 0:
        return begin, b""
    lines = stream.read(rest)
    if not lines.endswith(b"\n"):
        lines += stream.readline(LIMIT)
    return begin, lines


def _row_groups(file: File, metadata: Any) -> Iterator[Piece]:
    offset = 0
    for group in range(metadata.num_row_groups):
        yield Piece(file, None, offset, row_group=group)
        offset += metadata.row_group(group).num_rows


def _is_parquet(file: File) -> bool:
    return file.url.endswith((".parquet", ".pq"))


def _open(url: str) -> Any:
    """A file open for reading; file systems raise what they like, this raises OSError only."""
    try:
        system, path = fsspec.core.url_to_fs(url)
        return system.open(path, "rb")
    except FileNotFoundError as error:
        raise OSError("there is no such file, or not on this machine") from error
    except Exception as error:
        raise OSError(_why(error)) from error


def _why(error: Exception) -> str:
    """One line, without secrets."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return mask_text(" ".join(said.split()))
