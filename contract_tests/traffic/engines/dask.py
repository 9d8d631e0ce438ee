"""Verifies on a Dask cluster: files anywhere that fsspec reaches, in pieces, on all its workers.

A piece that was being worked on by a worker that died is given to another one by Dask itself; a
piece that both finished counts once, because its counts go by its name.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract_tests.errors import InputError, MissingExtraError, TargetError
from contract_tests.traffic.counting import Counting
from contract_tests.traffic.merge import NOTHING, Tally, merge
from contract_tests.traffic.reading.formats.ndjson import skip_line
from contract_tests.traffic.reading.jsonstream import LIMIT
from contract_tests.traffic.reading.records import Diagnostic
from contract_tests.traffic.reading.sources import GZIP, HEAD, format_of, read_stream
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

try:
    import fsspec
    import pyarrow as pa
    import pyarrow.parquet as pq
    from distributed import Client, KilledWorker, as_completed

    from contract_tests.traffic.engines.batches import tally_of, to_batch, verify_batch
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[dask]'"
    ) from missing

PIECE = 32 << 20
"""Bytes of lines that a worker gets at a time."""
ROWS = 2000
"""Rows of Parquet that are judged at a time."""
PATIENCE = "30s"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one worker is given: a file, some of its bytes (`length`), or one row group of it."""

    url: str
    format_id: str | None
    offset: int = 0
    length: int | None = None
    row_group: int | None = None
    """Of Parquet; `offset` is then the number of its first row."""

    @property
    def batch(self) -> str:
        """What its counts go by."""
        return f"{self.url}@{self.offset}"


def verify_on_cluster(
    settings: Settings, patterns: tuple[str, ...], scheduler: str, format_id: str | None = None
) -> tuple[Tally, dict[str, str]]:
    """What all the files show that some patterns name (`s3://logs/2026-*/*.ndjson.gz`).

    Returns:
        The tally, and the pattern of each file.

    Raises:
        InputError: a pattern names no file.
        TargetError: the scheduler cannot be reached, or lost the work.
    """
    names = {url: pattern for pattern in patterns for url in _urls(pattern)}
    pieces = [piece for url in names for piece in _pieces(url, format_id)]
    try:
        with Client(scheduler, timeout=PATIENCE, set_as_default=False) as client:
            return _gathered(client, settings, pieces), names
    except OSError as error:
        raise TargetError(f"the scheduler {scheduler} cannot be reached; is it up?") from error
    except KilledWorker as error:
        raise TargetError(
            f"workers keep dying, the last over {error.task}; see their logs"
        ) from error
    except ModuleNotFoundError as error:
        raise TargetError(f"the workers lack {error.name}; install contract-tests there") from error


def _gathered(client: Any, settings: Settings, pieces: list[Piece]) -> Tally:
    tally = NOTHING
    futures = client.map(do, [settings] * len(pieces), pieces, pure=True)
    for future in as_completed(futures, loop=client.loop):
        tally = merge(tally, tally_of([future.result()]))
        future.release()
    return tally


def do(settings: Settings, piece: Piece) -> Any:
    """Verify one piece, on a worker; what comes out are the rows of a tally."""
    if piece.row_group is not None:
        return to_batch(_verify_rows(settings, piece))
    return to_batch(_verify_stream(settings, piece))


def _verify_stream(settings: Settings, piece: Piece) -> Tally:
    try:
        with fsspec.open(piece.url, "rb") as stream:
            if piece.length is None:
                source: Any = io.BufferedReader(stream)
                offset = 0
            else:
                offset, lines = _lines(stream, piece.offset, piece.length)
                source = io.BytesIO(lines)
            items = read_stream(source, piece.url, piece.format_id, offset)
            return verify(settings.verifier(), items, piece.batch)
    except OSError as error:
        return _noted(piece, f"cannot be read: {error}")


def _lines(stream: Any, offset: int, length: int) -> tuple[int, bytes]:
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


def _verify_rows(settings: Settings, piece: Piece) -> Tally:
    with fsspec.open(piece.url, "rb") as stream:
        batches = pq.ParquetFile(stream).iter_batches(ROWS, row_groups=[piece.row_group])
        return tally_of(verify_batch(settings, batch) for batch in _placed(piece, batches))


def _placed(piece: Piece, batches: Iterator[Any]) -> Iterator[Any]:
    """The batches with file and number of each row, where they do not say themselves."""
    offset = piece.offset
    for batch in batches:
        rows = range(offset, offset + batch.num_rows)
        offset += batch.num_rows
        if "offset" not in batch.schema.names:
            batch = batch.append_column("offset", pa.array(rows, pa.int64()))
        if "file" not in batch.schema.names:
            batch = batch.append_column("file", pa.array([piece.url] * len(rows)))
        yield batch


def _noted(piece: Piece, reason: str) -> Tally:
    counting = Counting()
    counting.note([Diagnostic(reason, piece.url, piece.offset)])
    return counting.tally(piece.batch)


def _urls(pattern: str) -> list[str]:
    """The URLs that a pattern names, in a certain order."""
    try:
        found = [file.full_name for file in fsspec.open_files(pattern, "rb")]
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"cannot be listed: {error}", "see fsspec on such URLs", pattern
        ) from error
    if not found:
        raise InputError("there is no such file", "check the pattern", pattern)
    return sorted(found)


def _pieces(url: str, format_id: str | None) -> Iterator[Piece]:
    """A file in pieces that can be read each by itself."""
    with fsspec.open(url, "rb") as stream:
        if url.endswith((".parquet", ".pq")):
            yield from _row_groups(url, pq.ParquetFile(stream).metadata)
            return
        head = stream.read(HEAD)
        size = stream.size
    known = format_of(head, url, format_id) if not head.startswith(GZIP) else None
    if known is None or not known.by_lines or not size:
        yield Piece(url, format_id)
        return
    for offset in range(0, size, PIECE):
        yield Piece(url, known.id, offset, PIECE)


def _row_groups(url: str, metadata: Any) -> Iterator[Piece]:
    offset = 0
    for group in range(metadata.num_row_groups):
        yield Piece(url, None, offset, row_group=group)
        offset += metadata.row_group(group).num_rows
