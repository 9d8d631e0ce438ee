"""How far a run is: one line that moves on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from contract_tests.report.visible import visible
from contract_tests.report.wording import counted

EVERY = 10.0
"""Seconds between two plain lines."""
FEW = 3
"""Tests after which the time left can be guessed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is, all counts since its start."""

    operation: str
    tests: int
    of_tests: int
    exchanges: int
    findings: int
    """New ones; what the ledger knows is no news."""

    def words(self, left: float | None) -> str:
        """`StartNotebook: 12 of 40 tests, 310 exchanges, 2 new findings, 9 s left`."""
        parts = (
            f"{visible(self.operation, 40)}: {self.tests:,} of {self.of_tests:,} tests",
            counted(self.exchanges, "exchange"),
            counted(self.findings, "new finding"),
            *([f"{left:.0f} s left"] if left is not None else []),
        )
        return ", ".join(parts)


class Progress:
    """Tells how far a run is while it is entered; nothing is left on the terminal after it.

    Args:
        console: where to tell; its `quiet` is respected, and so is NO_COLOR (by rich).
        seconds: the time that the run may take, None where it has no such bound.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        console: Console,
        seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console
        self._seconds = seconds
        self._clock = clock
        self._started = self._told = clock()
        self._live = Live(console=console, transient=True, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._started = self._told = self._clock()
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._live.stop()

    def tell(self, standing: Standing) -> None:
        """Say how far the run is; cheap enough for every exchange."""
        now = self._clock()
        if self._live.is_started:
            self._live.update(_line(standing, self._left(standing, now)))
        elif not self._console.is_terminal and now - self._told >= EVERY:
            self._told = now
            words = standing.words(self._left(standing, now))
            self._console.print(words, soft_wrap=True, highlight=False, markup=False)

    def _left(self, standing: Standing, now: float) -> float | None:
        """Seconds: those of the budget, and by the pace so far, whichever are fewer."""
        taken = now - self._started
        guesses = [self._seconds - taken] if self._seconds is not None else []
        if standing.tests >= FEW:
            guesses.append(taken / standing.tests * (standing.of_tests - standing.tests))
        return max(min(guesses), 0.0) if guesses else None


def _line(standing: Standing, left: float | None) -> Table:
    line = Table.grid(padding=(0, 1))
    bar = ProgressBar(max(standing.of_tests, 1), standing.tests, width=20)
    line.add_row(bar, Text(standing.words(left), no_wrap=True, overflow="ellipsis"))
    return line
