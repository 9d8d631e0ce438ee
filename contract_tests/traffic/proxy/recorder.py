"""The recorder: a process that verifies what passed, masks it, and writes it down.

It is a process of its own so that neither its work nor Python's lock holds up what passes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from contract_tests.errors import ContractTestsError, TargetError
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.proxy.archive import Archive, unfinished
from contract_tests.traffic.proxy.passed import Passed
from contract_tests.traffic.reading.records import Diagnostic, Record, exchange_of
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify


@dataclass
class Recorder:
    """The recorder as the server sees it."""

    settings: Settings
    har: Path
    """Where the HAR is to stand at the end."""
    _waiting: SimpleQueue[Passed | Diagnostic | None] = field(
        default_factory=SimpleQueue, repr=False
    )
    _process: BaseProcess = field(init=False, repr=False)
    _pipe: Connection = field(init=False, repr=False)
    _sender: Thread = field(init=False, repr=False)

    def start(self) -> None:
        """Start the process; returns once it is ready.

        Raises:
            ContractTestsError: the contract or the HAR's folder is not usable.
        """
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_record, args=(theirs, self.settings, self.har), daemon=True
        )
        # Signals that end a session are for the server, which ends us: they stay blocked in the
        # process. To start Python's tracker of resources would unblock them again.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        self._process.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        # Where we fail, the pipe's end ends the process, for which Python then waits.
        Finalize(self, self._pipe.close, exitpriority=1)
        fault = self._receive()
        if fault is not None:
            raise fault
        self._sender = Thread(target=self._send, daemon=True)
        self._sender.start()

    def keep(self, passed: Passed | Diagnostic) -> None:
        """Hand over an exchange, or why there was none; returns at once."""
        self._waiting.put(passed)

    def stop(self) -> tuple[Tally, str | None]:
        """Wait until all is written; what it showed, and why the HAR is not whole.

        Raises:
            TargetError: the process died.
        """
        self._waiting.put(None)
        self._sender.join()
        found = self._receive()
        self._process.join()
        if isinstance(found, ContractTestsError):
            raise found
        tally, fault = found
        return tally, fault

    def _send(self) -> None:
        """Send what waits, many at a time where many wait."""
        lives = True
        while True:
            found = [self._waiting.get()]
            while not self._waiting.empty():
                found.append(self._waiting.get())
            is_end = None in found
            try:
                if lives:
                    self._pipe.send([passed for passed in found if passed is not None])
                    if is_end:
                        self._pipe.send(None)
            except OSError:  # it died; `stop` says so, and meanwhile nothing piles up here
                lives = False
            if is_end:
                return

    def _receive(self) -> Any:
        try:
            return self._pipe.recv()
        except (EOFError, OSError):
            rest = unfinished(self.har)
            return TargetError(f"the recorder died; what it had written is in {rest}, to verify")


def _record(pipe: Connection, settings: Settings, har: Path) -> None:
    """What the process does: verify and write until it is told that nothing more comes."""
    os.nice(10)  # nobody waits for it; the server has to have the processor when it wants it
    archive = Archive(har)
    try:
        verifier = settings.verifier()
        archive.open()
    except ContractTestsError as error:
        pipe.send(error)
        return
    pipe.send(None)
    tally = verify(verifier, _kept(pipe, archive), f"{har}@0")
    archive.close()
    with suppress(OSError):  # the server was killed: nobody asks
        pipe.send((tally, archive.fault))


def _kept(pipe: Connection, archive: Archive) -> Iterator[Record | Diagnostic]:
    """What was kept, as it comes; exchanges once they stand in the HAR."""
    name = str(archive.place)
    for kept in _received(pipe):
        if isinstance(kept, Diagnostic):
            yield replace(kept, file=name, offset=archive.size)
        else:
            exchange, _ = exchange_of(kept.record())
            yield kept.record(name, archive.add(replace(exchange, label="")))


def _received(pipe: Connection) -> Iterator[Passed | Diagnostic]:
    try:
        while (batch := pipe.recv()) is not None:
            yield from batch
    except (EOFError, OSError):  # the server was killed; what came until then counts
        return
