"""Runs an SDK in a process of its own: it may hang, print, crash or change the world there."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from contract_tests.clients.sdk import Sdk, Start, open_sdk
from contract_tests.errors import ContractTestsError

OPENING = 60.0
"""Seconds that an SDK may take to be imported."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The SDK is open; the operations that it knows."""

    operations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """The SDK cannot be opened: one line."""

    reason: str


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of an answer: its bytes; nothing where only a request was sent."""

    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Raised:
    """What the SDK raised in the place of an answer."""

    error: str
    detail: str


@dataclass(frozen=True, slots=True)
class Decode:
    """An answer to decode and encode again."""

    operation: str
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Worker:
    """An SDK at work; each case may take `time_out` seconds."""

    name: str
    operations: tuple[str, ...]
    time_out: float
    _line: Connection

    def round_trip(self, operation: str, status: int, body: bytes) -> Back | Raised:
        """Decode an answer and encode what came of it."""
        return self._ask(Decode(operation, status, body), f"an answer {status} of {operation}")

    def start(self, order: Start) -> Back | Raised:
        """Send a start request."""
        return self._ask(order, "a start request")

    def _ask(self, order: Decode | Start, about: str) -> Back | Raised:
        said = _heard(self._line, order, self.time_out, f"the SDK {self.name} at {about}")
        if not isinstance(said, Back | Raised):
            raise ContractTestsError(f"the SDK {self.name} said nothing of {about}")
        return said


@contextmanager
def at_work(
    name: str, module: str | None = None, folder: Path | None = None, time_out: float = 10.0
) -> Iterator[Worker]:
    """Open an SDK in a process of its own, which ends with the context.

    Args:
        name: of the SDK.
        module: the module to test, for the adapters that take one.
        folder: where that is, if it is not installed.
        time_out: seconds for each case.

    Raises:
        ContractTestsError: the SDK cannot be imported, hangs, or ends its process.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    paths = (*((str(folder),) if folder else ()), *sys.path)
    process = context.Process(target=_work, args=(theirs, name, module, paths), daemon=True)
    process.start()
    theirs.close()
    try:
        ready = _heard(ours, None, max(OPENING, time_out), f"the SDK {name} at its import")
        if isinstance(ready, Unusable):
            raise ContractTestsError(f"the SDK {name} cannot be used: {ready.reason}")
        yield Worker(name, ready.operations, time_out, ours)
    finally:
        ours.close()
        process.kill()
        process.join()


def _heard(line: Connection, order: object, time_out: float, who: str) -> Any:
    try:
        if order is not None:
            line.send(order)
        if not line.poll(time_out):
            raise ContractTestsError(f"{who} hung for {time_out:g} seconds")
        return line.recv()
    except (EOFError, OSError):
        raise ContractTestsError(f"{who} ended its process") from None


def _work(line: Connection, name: str, module: str | None, paths: tuple[str, ...]) -> None:
    """The other process: open the SDK, then do one order after the other."""
    _silence()
    sys.path[:] = paths
    try:
        sdk = open_sdk(name, module)
        line.send(Ready(tuple(sdk.operations)))
    except ContractTestsError as error:
        line.send(Unusable(str(error)))
        return
    except BaseException as error:
        line.send(Unusable(_one_line(error)))
        return
    while True:
        try:
            order = line.recv()
        except EOFError:
            return
        line.send(_done(sdk, order))


def _done(sdk: Sdk, order: Decode | Start) -> Back | Raised:
    try:
        if isinstance(order, Start):
            sdk.start(order)
            return Back()
        return Back(sdk.encode(sdk.decode(order.operation, order.status, order.body)))
    except Exception as error:
        return Raised(type(error).__name__, _one_line(error))


def _one_line(error: BaseException) -> str:
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text if len(text) <= 200 else f"{text[:197]}…"


def _silence() -> None:
    """What an SDK prints or warns of is none of our output."""
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
