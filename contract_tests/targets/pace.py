"""The rate limit: requests leave evenly spaced, and not at all while the service asks to wait."""

from __future__ import annotations

import threading
import time


class Pace:
    """Gives each request its moment; usable from several threads.

    Even spacing, without the burst that a bucket of tokens allows after a pause: a shared
    service should not feel the run at all.
    """

    def __init__(self, rate: float | None) -> None:
        self._interval = 1 / rate if rate else 0.0
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Sleep until this request may leave."""
        with self._lock:
            now = time.monotonic()
            moment = max(now, self._next)
            self._next = moment + self._interval
        if moment > now:
            time.sleep(moment - now)

    def hold(self, seconds: float) -> None:
        """Let nothing leave for so long: the service asked for it."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)
