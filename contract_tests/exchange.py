"""One request and its response, as they went over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Headers = tuple[tuple[str, str], ...]

FailureKind = Literal["timeout", "reset", "unreachable", "truncated", "too-large", "protocol"]


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header, whatever the case of its name."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent; `url` is absolute and holds the query as it went out."""

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; `body` is decoded from any content encoding, `elapsed` is in seconds."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """No response: how the transport failed, and its words."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the sender meant by the request; recorded traffic has none.

    `outcome`: *accepted* (a valid request: a success answer is due), *refused* (an error
    answer is due), *either* (no source settles it: anything documented, but never 5xx).
    `area` is the kind of request, `reason` what is special about it: `a fraction`.
    """

    outcome: Literal["accepted", "refused", "either"]
    area: Literal["valid", "validation", "authentication", "identity", "state", "robustness"]
    about: str
    """The place it is about, without the operation: `query.duration`."""
    reason: str
    statuses: tuple[int, ...] = ()
    """The status codes that the sources name for it; empty where they name none."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, its response or failure, and what was looked at around it.

    `around` holds further JSON that invariants may speak of: `before` and `after` (the
    resource as shown before and after the call), `neighbours_before`, `neighbours_after`.
    `secrets` are texts that must not come back in an answer; they are never printed.
    """

    request: Request
    response: Response | None = None
    failure: Failure | None = None
    sent_at: float = 0.0
    """Unix time in seconds."""
    operation: str | None = None
    """The operationId it was sent for; None where it has to be matched by its URL."""
    expectation: Expectation | None = None
    around: Mapping[str, Any] = field(default_factory=dict)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    label: str = ""
    """Which test sent it, or which record of which file it is."""
    attempts: int = 1
    """How often it was sent: more than once where the first answers were transient (a reset,
    429, 502, 503, 504), so that a start may have taken effect before its answer came."""
