"""Sources through one process or several; what comes out is the same."""

from __future__ import annotations

import io
import signal
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from contract_tests.errors import InputError
from contract_tests.traffic.counting import Counting
from contract_tests.traffic.merge import NOTHING, Tally, merge, merge_all
from contract_tests.traffic.reading.jsonstream import LIMIT
from contract_tests.traffic.reading.lines import skip_line
from contract_tests.traffic.reading.records import Diagnostic
from contract_tests.traffic.reading.sources import (
    HEAD,
    STDIN,
    Source,
    buffer,
    format_of,
    read,
    read_unpacked,
    unpacked,
)
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

PIECE = 16 << 20
"""Bytes of lines that a process gets at a time."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one process gets: some lines of a source, or all of it where `lines` is None."""

    source: Source
    format_id: str | None
    offset: int = 0
    lines: bytes | None = None

    @property
    def batch(self) -> str:
        """What its counts go by."""
        return f"{self.source.name}@{self.offset}"


def verify_sources(
    settings: Settings, sources: Iterable[Source], jobs: int = 1, format_id: str | None = None
) -> Tally:
    """What all of some sources show.

    Raises:
        InputError: a process died, mostly for want of memory.
    """
    if jobs == 1:
        verifier = settings.verifier()
        return merge_all(
            verify(verifier, read(source, format_id), f"{source.name}@0") for source in sources
        )
    try:
        with ProcessPoolExecutor(jobs, initializer=_end_on_ctrl_c) as pool:
            return _gather(pool, settings, sources, jobs, format_id)
    except BrokenProcessPool as error:
        problem = "a process died while verifying, perhaps for want of memory"
        raise InputError(problem, "try again with fewer --jobs") from error


def _gather(
    pool: ProcessPoolExecutor,
    settings: Settings,
    sources: Iterable[Source],
    jobs: int,
    format_id: str | None,
) -> Tally:
    """Keep all processes busy, but never more than two pieces of work waiting for each."""
    tally, running = NOTHING, set[Future[Tally]]()
    for part in (part for source in sources for part in _parts(settings, source, format_id)):
        if isinstance(part, Tally):
            tally = merge(tally, part)
            continue
        running.add(pool.submit(_do, settings, part))
        if len(running) >= 2 * jobs:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            tally = merge_all([tally, *(future.result() for future in done)])
    return merge_all([tally, *(future.result() for future in running)])


def _parts(settings: Settings, source: Source, format_id: str | None) -> Iterator[Work | Tally]:
    """A source in pieces; what only this process can read, it verifies itself."""
    try:
        with source.open() as stream:
            buffered, packed = unpacked(stream)
            found = format_of(buffered.peek(HEAD), source.name, format_id)
            if found is not None and found.by_lines:
                last = yield from _pieces(source, found.id, buffered)
                if packed and packed.fault:
                    yield _noted(Diagnostic(packed.fault, source.name, last))
            elif source.pattern == STDIN or not stream.seekable():  # nobody else can open it
                items = read_unpacked(buffered, packed, source.name, format_id)
                yield verify(settings.verifier(), items, f"{source.name}@0")
            else:
                yield Work(source, format_id)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        yield _noted(Diagnostic(reason, source.name, 0))


def _pieces(
    source: Source, format_id: str, stream: io.BufferedReader
) -> Generator[Work, None, int]:
    """Lines, about PIECE bytes at a time; in the end the offset of the last one."""
    offset = last = 0
    while lines := stream.read(PIECE):
        lines += stream.readline(LIMIT)
        yield Work(source, format_id, offset, lines)
        last = offset + lines.rstrip().rfind(b"\n") + 1
        offset += len(lines)
        if not lines.endswith(b"\n"):  # too long, as whoever gets it will say
            offset += skip_line(stream)
    return last


def _noted(diagnostic: Diagnostic) -> Tally:
    counting = Counting()
    counting.note([diagnostic])
    return counting.tally(f"{diagnostic.file}@end")


def _end_on_ctrl_c() -> None:
    """Without a traceback of each process; the one that started them says what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _do(settings: Settings, work: Work) -> Tally:
    verifier = settings.verifier()
    if work.lines is None:
        return verify(verifier, read(work.source, work.format_id), work.batch)
    stream = buffer(io.BytesIO(work.lines))
    items = read_unpacked(stream, None, work.source.name, work.format_id, work.offset)
    return verify(verifier, items, work.batch)
