"""The recorder: a process that verifies what passed, masks it, and writes it down.

It is a process of its own so that neither its work nor Python's lock holds up what passes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import harfile

from contract_tests import __version__
from contract_tests.errors import ContractTestsError, TargetError
from contract_tests.masking import mask
from contract_tests.report.har import add_entry
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.proxy.passed import NAME, Passed
from contract_tests.traffic.reading.records import Record, exchange_of
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

SUFFIX = ".unfinished"


@dataclass
class Recorder:
    """The recorder as the server sees it."""

    settings: Settings
    har: Path
    """Where the HAR is to stand at the end."""
    _waiting: SimpleQueue[Passed | None] = field(default_factory=SimpleQueue, repr=False)
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
        self._process.start()
        theirs.close()
        ready = self._receive()
        if isinstance(ready, ContractTestsError):
            raise ready
        self._sender = Thread(target=self._send, daemon=True)
        self._sender.start()

    def keep(self, passed: Passed) -> None:
        """Hand an exchange over; returns at once."""
        self._waiting.put(passed)

    def stop(self) -> Tally:
        """Wait until all is written; what it showed.

        Raises:
            TargetError: the process died.
        """
        self._waiting.put(None)
        self._sender.join()
        tally = self._receive()
        self._process.join()
        if not isinstance(tally, Tally):
            raise TargetError(f"the recorder failed: {tally}")
        return tally

    def _send(self) -> None:
        """Send what waits, many at a time where many wait."""
        while True:
            found = [self._waiting.get()]
            while not self._waiting.empty():
                found.append(self._waiting.get())
            try:
                self._pipe.send([passed for passed in found if passed is not None])
            except OSError:  # it died; `stop` says so
                return
            if None in found:
                self._pipe.send(None)
                return

    def _receive(self) -> Any:
        try:
            return self._pipe.recv()
        except EOFError:
            return "its process died"


def _record(pipe: Connection, settings: Settings, har: Path) -> None:
    """What the process does: verify and write until it is told that nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C is for the server, which ends us
    os.nice(10)  # nobody waits for it; the server has to have the processor when it wants it
    unfinished = har.with_name(har.name + SUFFIX)
    try:
        verifier = settings.verifier()
        har.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
    except (ContractTestsError, OSError) as error:
        is_ours = isinstance(error, ContractTestsError)
        pipe.send(error if is_ours else TargetError(f"{har} cannot be written: {error.strerror}"))  # type: ignore[union-attr]  # an OSError then
        return
    pipe.send("ready")
    with unfinished.open("w", encoding="utf-8", errors="replace") as text:
        creator = harfile.Creator("contract-tests", __version__)
        with harfile.open(text, creator=creator) as written:
            tally = verify(verifier, _written(pipe, written), f"{NAME}@0")
    unfinished.replace(har)
    pipe.send(tally)


def _written(pipe: Connection, har: harfile.HarFile) -> Iterator[Record]:
    """Each exchange as it comes, once it stands in the HAR, masked."""
    number = 0
    while (batch := pipe.recv()) is not None:
        for passed in batch:
            record = passed.record(number)
            exchange, _ = exchange_of(record)
            add_entry(har, mask(exchange), datetime.now(UTC))
            number += 1
            yield record
        har.flush()
