"""The budget of starts: a run on a shared service starts a notebook only so many times."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

RULE = "max-starts"


@dataclass
class Attempt:
    """One start under way; whoever sends it says whether it may have taken effect."""

    took_effect: bool = False


class StartBudget:
    """Counts the starts that took effect, refused ones that were not refused included.

    Once `limit` is spent, starts that may succeed are withheld. Those that are due to be refused
    still go, until one of them is not: a service that starts a notebook for a bad request would
    overrun the budget with each of them. So at most one start beyond the limit takes effect.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._used = 0
        self._under_way = 0
        self._leaky = False

    @property
    def used(self) -> int:
        """How many starts took effect so far."""
        return self._used

    @contextmanager
    def attempt(self, *, due_to_fail: bool) -> Iterator[Attempt | None]:
        """Reserve one start for the time of the block; None where the budget forbids it."""
        if not self._reserve(due_to_fail=due_to_fail):
            yield None
            return
        attempt = Attempt()
        try:
            yield attempt
        finally:
            with self._lock:
                self._under_way -= 1
                self._used += attempt.took_effect
                self._leaky |= attempt.took_effect and due_to_fail

    def _reserve(self, *, due_to_fail: bool) -> bool:
        with self._lock:
            spent = self._limit is not None and self._used + self._under_way >= self._limit
            if spent and (self._leaky or not due_to_fail):
                return False
            self._under_way += 1
            return True
