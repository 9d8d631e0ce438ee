"""Sends a request exactly as given, and reads its answer within bounds.

Redirects are not followed, cookies not kept, nothing is taken from a `.netrc`: a credential goes
where the request says, to the target's own host, and nowhere else.
"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlsplit

import requests
import urllib3
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies

from contract_tests.exchange import Failure, Request, Response
from contract_tests.targets.failures import StaleConnectionError, failure_of, is_stale
from contract_tests.targets.target import Target
from contract_tests.targets.verbatim import VerbatimAdapter

MAX_BODY = 10_000_000
"""Bytes of a decoded answer that are read; more is a failure of its own, `too-large`."""
CONNECTIONS = 32
"""Connections that are kept; more requests at once get short-lived ones."""
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; both are set where an answer began and then broke off."""

    response: Response | None
    failure: Failure | None = None
    sent: int = 1
    """How often the request went out: again after a kept connection turned out to be closed."""

    @property
    def leaves_doubt(self) -> bool:
        """Whether something may have come of the request that this answer does not tell."""
        heard = self.response or (self.failure and self.failure.kind == "unreachable")
        return self.sent > 1 or not heard


class Wire:
    """Connections to the host of one target. Usable from several threads at once."""

    def __init__(self, target: Target, max_body: int = MAX_BODY) -> None:
        parts = urlsplit(target.base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}/"
        self._target = target
        self._max_body = max_body
        self._adapter = VerbatimAdapter(pool_connections=1, pool_maxsize=CONNECTIONS)
        # Plain http goes directly: through a proxy its first line would have to be another.
        proxies = {} if target.kind == "mock" else get_environ_proxies(self._origin)
        self._proxies = {"https": proxies["https"]} if proxies.get("https") else {}

    def exchange(self, request: Request, timeout: float | None = None) -> Answer:
        """Send it; whatever the service does becomes an answer or a failure.

        A kept connection that the service had closed meanwhile is nobody's fault: the request
        then goes out again, over another one, and the answer says so.

        Args:
            request: any method, path and headers; see `message`.
            timeout: seconds for all of it; the target's where None.

        Raises:
            ValueError: the request cannot be a message at all (a line break in its head).
        """
        content = message(request)
        for sent in range(1, CONNECTIONS + 1):
            try:
                answer = self._attempt(request.method, content, timeout or self._target.timeout)
                return replace(answer, sent=sent)
            except StaleConnectionError:
                continue
        failure = Failure("reset", f"{CONNECTIONS} kept connections were closed")
        return Answer(None, failure, CONNECTIONS)

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()

    def _attempt(self, method: str, content: bytes, timeout: float) -> Answer:
        started = time.monotonic()
        try:
            raw = self._send(method, content, timeout)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if is_stale(error):
                raise StaleConnectionError from error
            return Answer(None, failure_of(error))
        body, failure = _read(raw, self._max_body)
        headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
        return Answer(Response(raw.status, headers, body, time.monotonic() - started), failure)

    def _send(self, method: str, content: bytes, timeout: float) -> urllib3.HTTPResponse:
        prepared = requests.PreparedRequest()
        prepared.method = method
        prepared.url = self._origin
        prepared.headers = CaseInsensitiveDict()
        prepared.body = content
        response = self._adapter.send(
            prepared,
            stream=True,
            timeout=cast("Any", urllib3.Timeout(total=timeout)),
            verify=self._target.verify,
            cert=self._target.cert,
            proxies=self._proxies,
        )
        return cast("urllib3.HTTPResponse", response.raw)


def message(request: Request) -> bytes:
    r"""The request as bytes; only `Host` and the length of a body are added where they lack.

    Text goes out as UTF-8; a lone surrogate (`\udcff`) stands for the byte it escapes.

    Raises:
        ValueError: a line break in the method, the URL or a header would begin another line.
    """
    names = {name.lower() for name, _ in request.headers}
    head = [f"{request.method} {request_target(request.url)} HTTP/1.1"]
    if "host" not in names:
        head.append(f"Host: {urlsplit(request.url).netloc}")
    head += [f"{name}: {value}" for name, value in request.headers]
    if request.body and not names & {"content-length", "transfer-encoding"}:
        head.append(f"Content-Length: {len(request.body)}")
    if any("\r" in line or "\n" in line for line in head):
        raise ValueError(f"a line break in the head of {request.method} {request.url!r}")
    return "\r\n".join([*head, "", ""]).encode("utf-8", "surrogateescape") + request.body


def request_target(url: str) -> str:
    """All of a URL that follows the host, untouched: what the first line of a message asks for."""
    rest = url.partition("://")[2]
    start = next((at for at, char in enumerate(rest) if char in "/?#"), len(rest))
    target = rest[start:]
    return target if target.startswith("/") else f"/{target}"


def _read(raw: urllib3.HTTPResponse, limit: int) -> tuple[bytes, Failure | None]:
    """The decoded body as far as it came, and why it broke off."""
    body = bytearray()
    failure = None
    try:
        while failure is None and (piece := raw.read1(_PIECE, decode_content=True)):
            body += piece
            if len(body) > limit:
                failure = Failure("too-large", f"more than {limit} bytes; the rest was not read")
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
        failure = failure_of(error)
    if failure is None:
        raw.release_conn()
    else:
        raw.close()
    return bytes(body[:limit]), failure
