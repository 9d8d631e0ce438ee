"""Brings a request to the service and its answer back: at its pace, with patience, authentic.

Below it is the wire, which sends once; above it the session, which decides what may be sent.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from contract_tests.exchange import Request, header
from contract_tests.targets import retry
from contract_tests.targets.auth import Scheme
from contract_tests.targets.pace import Pace
from contract_tests.targets.target import Target
from contract_tests.targets.wire import Answer, Wire
from contract_tests.verdicts import Transient


@dataclass(frozen=True, slots=True)
class Delivery:
    """The request as it finally went, and the answers to each time it was sent."""

    request: Request
    answers: tuple[Answer, ...]

    @property
    def answer(self) -> Answer:
        """The one that counts: the last."""
        return self.answers[-1]

    @property
    def attempts(self) -> int:
        """How often the request went out."""
        return sum(answer.sent for answer in self.answers)


UNAUTHORIZED = 401


class Courier:
    """Delivers requests to one target. Usable from several threads."""

    def __init__(self, target: Target, scheme: Scheme) -> None:
        self._wire = Wire(target)
        self._scheme = scheme
        self._pace = Pace(target.rate)
        self._patience = retry.MOCK if target.kind == "mock" else retry.LIVE
        self._lock = threading.Lock()
        self._transients: Counter[tuple[str, str]] = Counter()
        self._lasting: set[tuple[str, str, str]] = set()

    @property
    def transients(self) -> tuple[Transient, ...]:
        """The answers that were not taken for the service's word."""
        with self._lock:
            return tuple(Transient(*key, n) for key, n in sorted(self._transients.items()))

    def deliver(
        self,
        request: Request,
        operation: str,
        kind: str = "",
        *,
        may_renew: bool = True,
        announce: Callable[[], object] = bool,
    ) -> Delivery:
        """Send until there is an answer that is not transient, or patience ends.

        Args:
            request: as it is to go out.
            operation: what it is counted under.
            kind: requests of one operation and kind are expected to fare alike: where one got
                nothing but transient answers, the next are not sent again for the same cause.
            may_renew: whether a 401 may mean that the token has expired.
            announce: is called each time just before it is sent.
        """
        delivery = self._patiently(request, operation, kind, announce)
        response = delivery.answer.response
        if not may_renew or response is None or response.status != UNAUTHORIZED:
            return delivery
        used = header(request.headers, "x-auth-token")
        if used is None or not self._scheme.renew(used):
            return delivery
        return self._patiently(self._scheme.authorize(request), operation, kind, announce)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def _patiently(
        self, request: Request, operation: str, kind: str, announce: Callable[[], object]
    ) -> Delivery:
        answers: list[Answer] = []
        paused = 0.0
        for pause in (*self._patience.pauses(), None):
            self._pace.wait()
            announce()
            answer = self._wire.exchange(request)
            answers.append(answer)
            if answer.sent > 1:
                self._count(operation, retry.CLOSED, answer.sent - 1)
            cause = retry.transient_cause(answer)
            if cause is None or self._is_lasting((operation, kind, cause), pause, paused):
                break
            headers = answer.response.headers if answer.response else ()
            seconds = self._patience.pause(pause or 0.0, headers)
            self._pace.hold(seconds)
            paused += seconds
        return Delivery(request, tuple(answers))

    def _is_lasting(self, key: tuple[str, str, str], pause: float | None, paused: float) -> bool:
        """Whether to take a transient answer for the service's word, and remember it."""
        with self._lock:
            if pause is None or paused >= self._patience.in_all:
                self._lasting.add(key)
            lasting = key in self._lasting
        if not lasting:
            self._count(key[0], key[2], 1)
        return lasting

    def _count(self, operation: str, cause: str, count: int) -> None:
        with self._lock:
            self._transients[operation, cause] += count
