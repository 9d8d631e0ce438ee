"""What passed: one exchange as bytes, on its way from the server to the recorder."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from contract_tests.exchange import Failure, Headers
from contract_tests.traffic.reading.bodies import Base64
from contract_tests.traffic.reading.records import Raw, RawFailure, RawRequest, RawResponse, Record

KEPT = 10_000_000
"""Bytes of a body that are kept; what passes is never cut."""
NAME = "proxy"
"""What exchanges are called until they stand in a file."""


@dataclass(slots=True)
class Passed:
    """One exchange; the bodies are as they went over the wire, still packed."""

    method: str
    url: str
    """At the upstream."""
    headers: Headers
    sent_at: float
    body: bytearray = field(default_factory=bytearray)
    status: int | None = None
    answered: Headers = ()
    answer: bytearray = field(default_factory=bytearray)
    size: int = 0
    """Bytes of the answer's body, of which `answer` may have less."""
    elapsed: float = 0.0
    failure: Failure | None = None
    abandoned: bool = False
    """Whether the client went away before it had the answer."""

    def record(self, file: str = NAME, offset: int = 0) -> Record:
        """It as the core takes it, and where it stands."""
        request = RawRequest(
            self.method, self.url, list(self.headers), _written(self.body, self.headers)
        )
        raw = Raw(request, self._response(), sent_at=self.sent_at)
        if self.failure is not None:
            raw.failure = RawFailure(self.failure.kind, self.failure.detail)
        return Record(file, offset, raw, self.sent_at)

    def _response(self) -> RawResponse | None:
        if self.status is None or self.abandoned:
            return None
        return RawResponse(
            status=self.status,
            headers=list(self.answered),
            body=_written(self.answer, self.answered),
            elapsed=self.elapsed,
            size=self.size if self.size > len(self.answer) else None,
        )


def _written(body: bytearray, headers: Headers) -> str | Base64:
    """As text where it is some and is not packed, else as base64."""
    packed = any(k.lower() == "content-encoding" and v.lower() != "identity" for k, v in headers)
    try:
        if not packed:
            return body.decode()
    except UnicodeDecodeError:
        pass
    return Base64(base64.b64encode(body).decode("ascii"))
