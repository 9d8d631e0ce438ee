"""Files, patterns, standard input, packed or not: everything that records can be read from."""

from __future__ import annotations

import codecs
import glob
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from contract_tests.errors import InputError
from contract_tests.traffic.reading.formats import Format, all_formats, recognise
from contract_tests.traffic.reading.jsonstream import Broken
from contract_tests.traffic.reading.records import (
    Diagnostic,
    Raw,
    Record,
    seconds,
    to_raw,
)

BUFFER = 1 << 18
HEAD = 1 << 16
"""Bytes that the format is told from."""
GZIP = b"\x1f\x8b"
GZIP_MEMBER = 16 + zlib.MAX_WBITS
CUT = "the gzip file breaks off; the rest of it is missing"
STDIN = "-"
OTHER_UNICODE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE, b"{\0", b"\0{")
"""How texts of other encodings than UTF-8 begin."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: its name as reports show it, and how to open it."""

    name: str
    pattern: str
    """What the user wrote to name it, and perhaps others."""
    open: Callable[[], BinaryIO]


def expand(patterns: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources that patterns name: `-`, files, and patterns (`**` descends into folders).

    Raises:
        InputError: a pattern names no file, or none that can be looked at.
    """
    found: dict[str, Source] = {}
    for pattern in patterns:
        if pattern == STDIN:
            found[pattern] = Source("<stdin>", pattern, _stdin)  # a file may be named stdin
            continue
        for path in _paths(pattern):  # a file that two names lead to is read once
            found.setdefault(os.path.realpath(path), Source(path, pattern, partial(_open, path)))
    return tuple(found.values())


def _paths(pattern: str) -> list[str]:
    try:
        is_path = Path(pattern).exists()
    except OSError as error:  # its folder is not to be entered, its name is too long
        problem = f"cannot be read: {error.strerror}"
        raise InputError(problem, "name files that can be read", pattern) from error
    paths = [pattern] if is_path else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (pathlib takes no absolute patterns)
    files = [path for path in paths if not Path(path).is_dir()]
    if not files:
        problem = "is a folder" if is_path else "there is no such file"
        raise InputError(problem, "name files, or a pattern such as 'logs/**/*.har'", pattern)
    return files


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # `<&-`
        raise InputError("standard input is closed", "pipe traffic into it, or name files", STDIN)
    return sys.stdin.buffer


def _open(path: str) -> BinaryIO:
    return Path(path).open("rb", buffering=0)


def read(source: Source, format_id: str | None = None) -> Iterator[Record | Diagnostic]:
    """Every record of a source, and a diagnostic for everything that is none."""
    try:
        with source.open() as stream:
            yield from read_stream(stream, source.name, format_id)
    except OSError as error:
        yield Diagnostic(f"cannot be read: {error.strerror or error}", source.name, 0)


def read_stream(
    stream: BinaryIO, name: str, format_id: str | None = None, base: int = 0
) -> Iterator[Record | Diagnostic]:
    """The same of an open stream; `base` is the offset at which it begins."""
    return read_unpacked(*unpacked(stream), name, format_id, base)


def read_unpacked(
    buffered: io.BufferedReader,
    packed: Unpacking | None,
    name: str,
    format_id: str | None = None,
    base: int = 0,
) -> Iterator[Record | Diagnostic]:
    """The same of what `unpacked` gave."""
    head = buffered.peek(HEAD)
    found = format_of(head, name, format_id)
    if found is None:
        yield Diagnostic((packed and packed.fault) or _unknown(head), name, 0)
        return
    offset, before = base, None
    for item in found.read(buffered):
        if isinstance(item, Broken):
            offset = base + item.offset
            yield Diagnostic(item.reason, name, offset)
            continue
        offset, raw = base + item[0], item[1]
        if type(raw) is not Raw:
            try:
                raw = to_raw(raw)
            except ValueError as error:
                yield Diagnostic(str(error), name, offset)
                continue
        sent_at = seconds(raw.sent_at)
        record = Record(name, offset, raw, sent_at)
        if sent_at:
            if fault := clock_fault(before, record):
                yield Diagnostic(fault, name, offset)
            before = record
        elif raw.sent_at:
            yield Diagnostic("when it was sent cannot be made out", name, offset)
        yield record
    if packed and packed.fault:
        yield Diagnostic(packed.fault, name, offset)


def clock_fault(before: Record | None, record: Record) -> str | None:
    """What is wrong with the time of a record that follows another, None where nothing is.

    Recorders write in the order of the starts or in that of the ends; a record that is behind in
    both went backwards.
    """
    response = record.raw.response
    if response is not None and response.elapsed < 0:
        return f"the answer came {-response.elapsed:g} s before the request"
    if before is None or record.sent_at >= before.sent_at or _ended(record) >= _ended(before):
        return None
    return f"the clock went backwards by {before.sent_at - record.sent_at:.3f} s"


def _ended(record: Record) -> float:
    response = record.raw.response
    return record.sent_at + (max(response.elapsed, 0.0) if response else 0.0)


def format_of(head: bytes, name: str, format_id: str | None) -> Format | None:
    """The format that was asked for, else the one that the file seems to be in."""
    if head.startswith(OTHER_UNICODE):
        return None
    if format_id is None:
        return recognise(head, name)
    return next(known for known in all_formats() if known.id == format_id)


def _unknown(head: bytes) -> str:
    """Why a file that begins so cannot be read."""
    if head.startswith(OTHER_UNICODE):
        return "in UTF-16 or UTF-32; JSON is exchanged in UTF-8"
    if not head:
        return "it is empty"
    return f"in none of the formats known ({', '.join(known.id for known in all_formats())})"


def unpacked(stream: BinaryIO) -> tuple[io.BufferedReader, Unpacking | None]:
    """A stream to read plain bytes from, whether it is packed or not."""
    buffered = buffer(stream)
    if buffered.peek(2)[:2] != GZIP:
        return buffered, None
    unpacking = Unpacking(buffered)
    return io.BufferedReader(unpacking, BUFFER), unpacking


def buffer(stream: BinaryIO) -> io.BufferedReader:
    """A stream that one can look ahead in."""
    return io.BufferedReader(cast("io.RawIOBase", stream), BUFFER)


class Unpacking(io.RawIOBase):
    """Gzip, of one member or several; it ends where it is broken, and says so."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(GZIP_MEMBER)
        self._rest = b""
        """What was read and not unpacked yet."""
        self.fault: str | None = None

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack into `buffer`; 0 at the end, broken or not."""
        while self.fault is None:
            packed = self._rest or self._stream.read1(BUFFER)
            if self._member.eof:
                packed = packed.lstrip(b"\0")  # members may be padded
                if packed:
                    self._member = zlib.decompressobj(GZIP_MEMBER)
            if not packed:
                self.fault = None if self._member.eof else CUT
                break
            before = self._member.copy()
            try:
                plain = self._member.decompress(packed, len(buffer))
            except zlib.error as error:
                self.fault = f"the gzip file is broken from here on ({error})"
                plain = _sound(before, packed)
            self._rest = self._member.unconsumed_tail or self._member.unused_data
            if plain:
                buffer[: len(plain)] = plain
                return len(plain)
        return 0


def _sound(member: Any, packed: bytes) -> bytes:
    """What unpacks, byte by byte, before the place where it is broken."""
    pieces = []
    with suppress(zlib.error):
        for at in range(len(packed)):
            pieces.append(member.decompress(packed[at : at + 1]))  # noqa: PERF401 (those before)
    return b"".join(pieces)
