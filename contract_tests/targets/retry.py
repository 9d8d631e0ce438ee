"""Which answers are transient, and how patiently a request is sent again after one.

A gateway that is overloaded or restarts says nothing about the contract. Six transient answers in
a row to one request do: noise in one answer of twenty yields that once in 60 million requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from contract_tests.exchange import Headers, header
from contract_tests.targets.wire import Answer

STATUSES = frozenset({429, 502, 503, 504})
FAILURES = frozenset({"reset", "unreachable"})
CLOSED = "closed connection"
"""The cause where a kept connection turned out to be closed: a restart, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent again, and the pauses before, in seconds."""

    retries: int = 5
    first_pause: float = 0.05
    longest_pause: float = 10.0
    in_all: float = 20.0

    def pauses(self) -> Iterator[float]:
        """Each twice the one before."""
        return (self.first_pause * 2**attempt for attempt in range(self.retries))

    def pause(self, planned: float, headers: Headers) -> float:
        """At least what `Retry-After` asks for, at most the longest pause."""
        asked = header(headers, "retry-after")
        return min(max(planned, retry_after(asked) if asked else 0.0), self.longest_pause)


LIVE = Patience()
MOCK = Patience(first_pause=0.002, longest_pause=0.05)


def transient_cause(answer: Answer) -> str | None:
    """Why the answer is transient: a status or a failure's kind; None where it is not."""
    if answer.failure is not None:
        return answer.failure.kind if answer.failure.kind in FAILURES else None
    if answer.response is not None and answer.response.status in STATUSES:
        return str(answer.response.status)
    return None


def retry_after(value: str) -> float:
    """The seconds that a `Retry-After` header asks for, as a number or a date; 0 for nonsense."""
    try:
        return Retry().parse_retry_after(value)
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0
