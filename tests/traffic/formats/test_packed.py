"""Gzip: read up to where it is broken."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.traffic.samples import (
    ndjson,
    notebook,
    packed,
    raw,
    read_all,
)


def test_a_gzip_file_that_breaks_off_is_read_up_to_there() -> None:
    """The records before the break are verified, and the break is reported."""
    lines = [raw(notebook(name=f"n{i:06}")) for i in range(2000)]
    content = gzip.compress(ndjson(*lines), mtime=0)
    records, diagnostics = read_all(content[: len(content) // 2], "a.ndjson.gz")
    assert 0 < len(records) < 2000
    assert any("breaks off" in found.reason for found in diagnostics)


@pytest.mark.parametrize(
    ("rest", "fault"),
    [(b"", None), (b"\0" * 512, None), (b"garbage", "broken from here on"), (b"\x1f\x8b", "off")],
    ids=["members", "padded", "garbage", "cut"],
)
def test_what_stands_before_a_fault_of_gzip_is_read(rest: bytes, fault: str | None) -> None:
    """Of a short file too, whose fault is met with its first bytes; members follow each other."""
    records, diagnostics = read_all(packed(ndjson(raw())) + packed(ndjson(raw())) + rest)
    assert len(records) == 2
    assert [fault in found.reason for found in diagnostics if fault] == ([True] if fault else [])


def test_gzip_is_read_up_to_where_it_is_broken() -> None:
    """Though it is one piece, and only its sum at the end is wrong."""
    names = (hashlib.sha512(bytes([number])).hexdigest() for number in range(50))
    content = packed(ndjson(*(raw(notebook(name=name)) for name in names)))
    for at, least in ((-6, 50), (len(content) * 3 // 4, 25)):
        broken = bytearray(content)
        broken[at] ^= 0xFF
        records, diagnostics = read_all(bytes(broken), "a.ndjson.gz")
        assert len(records) >= least
        assert "the gzip file is broken from here on" in diagnostics[-1].reason


def test_a_gzip_file_that_is_broken_in_the_middle_is_read_up_to_there() -> None:
    """A flipped byte ends the file there, with a diagnostic and no traceback."""
    lines = [raw(notebook(name=f"n{i:06}")) for i in range(2000)]
    content = bytearray(gzip.compress(ndjson(*lines), mtime=0))
    content[len(content) // 2 : len(content) // 2 + 40] = b"\xff" * 40
    _, diagnostics = read_all(bytes(content), "a.ndjson.gz")
    assert any("gzip" in found.reason or "broken" in found.reason for found in diagnostics)
