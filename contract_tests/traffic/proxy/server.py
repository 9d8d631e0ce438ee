"""The server: passes requests on to one upstream and answers back, byte for byte.

Nothing but the upstream is ever asked, whatever the request line says. Connections are kept
alive on both sides. Where the upstream hangs or dies, the client gets 504 or 502 if nothing of
an answer has come yet; an answer that breaks off breaks off for the client, too.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from contract_tests.errors import MissingExtraError
from contract_tests.exchange import Failure, Headers
from contract_tests.traffic.proxy.passed import KEPT, Passed

try:
    import aiohttp
    from aiohttp import web
    from yarl import URL
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[proxy]'"
    ) from missing

HOP_BY_HOP = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that speak of one connection only."""
UNDOABLE = frozenset({"gzip", "deflate", "identity", "x-gzip"})
"""Content encodings that the recorder can undo; others are not asked for."""
PIECE = 65_536

Keep = Callable[[Passed], None]
Judge = Callable[[Passed], list[str]]
"""Gives what is wrong with an exchange; nothing where it may pass."""


@dataclass
class Server:
    """Passes requests on.

    Args:
        upstream: origin, and perhaps a path that all paths follow; no trailing slash.
        keep: is told of every exchange that passed.
        judge: where given, is asked before an answer goes to the client, which then gets 502
            with what is wrong instead.
        timeout: seconds that the upstream may be silent.
        keep_host: whether the upstream is told the Host that the client asked for; a signature
            may cover it.
    """

    upstream: str
    keep: Keep
    judge: Judge | None = None
    timeout: float = 30.0
    keep_host: bool = False
    _session: aiohttp.ClientSession = field(init=False, repr=False)
    _runner: web.ServerRunner = field(init=False, repr=False)

    async def start(self, host: str, port: int) -> str:
        """Listen; returns the URL that clients use.

        Raises:
            OSError: the address cannot be listened on.
        """
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self.timeout, sock_read=self.timeout
            ),
        )
        self._runner = web.ServerRunner(
            web.Server(self._handle, access_log=None, auto_decompress=False),
            shutdown_timeout=5.0,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        address: Any = self._runner.addresses[0]
        return f"http://{f'[{address[0]}]' if ':' in address[0] else address[0]}:{address[1]}"

    async def stop(self) -> None:
        """Take no more requests, let those that are on their way end, and close everything."""
        await self._runner.cleanup()
        await self._session.close()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        passed = Passed(
            method=request.method,
            url=self.upstream + _target(request),
            headers=_text(request.raw_headers),
            sent_at=time.time(),
        )
        begun = time.monotonic()
        try:
            if request.headers.get("Expect", "").lower() == "100-continue":
                await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            async with self._ask(request, passed) as answer:
                passed.status, passed.answered = answer.status, _text(answer.raw_headers)
                return await self._answer(request, answer, passed, begun)
        except (ClientGoneError, asyncio.CancelledError):
            passed.abandoned = True
            raise
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return self._failed(request, passed, error)
        finally:
            passed.elapsed = passed.elapsed or time.monotonic() - begun
            self.keep(passed)

    def _ask(self, request: web.BaseRequest, passed: Passed) -> Any:
        headers = [(k, v) for k, v in passed.headers if k.lower() not in HOP_BY_HOP]
        headers = [(k, _undoable(v) if k.lower() == "accept-encoding" else v) for k, v in headers]
        if not self.keep_host:
            headers = [(k, v) for k, v in headers if k.lower() != "host"]
        return self._session.request(
            request.method,
            URL(passed.url, encoded=True),
            headers=headers,
            data=_copied(request, passed) if request.can_read_body else None,
            allow_redirects=False,
        )

    async def _answer(
        self,
        request: web.BaseRequest,
        answer: aiohttp.ClientResponse,
        passed: Passed,
        begun: float,
    ) -> web.StreamResponse:
        """Pass an answer on: as it comes, or once it was judged."""
        pieces = _pieces(answer, passed)
        if self.judge is not None:
            whole = [piece async for piece in pieces]
            if wrong := self.judge(passed):
                return _error(502, "the answer breaks the contract", wrong)
            pieces = _again(whole)
        response = _Passing.of(passed)
        with _client_gone():
            await response.prepare(request)
        async for piece in pieces:
            with _client_gone():
                await response.write(piece)
        passed.elapsed = time.monotonic() - begun
        with _client_gone():
            await response.write_eof()
        return response

    def _failed(
        self, request: web.BaseRequest, passed: Passed, error: BaseException
    ) -> web.StreamResponse:
        """Note that the upstream failed; what the client gets, where it has nothing yet."""
        if passed.abandoned:
            raise ClientGoneError from error
        passed.failure = failure_of(error)
        if passed.status is not None and self.judge is None:
            if request.transport is not None:
                request.transport.abort()  # it has got a part: what it has must not seem whole
            raise ConnectionResetError(passed.failure.detail)
        status = 504 if passed.failure.kind == "timeout" else 502
        return _error(status, f"the upstream failed ({passed.failure.kind})", [])


class ClientGoneError(ConnectionError):
    """The client went away before it had its answer; aiohttp takes it as any lost connection."""


@contextmanager
def _client_gone() -> Iterator[None]:
    """What fails within is the client's connection, not the upstream's."""
    try:
        yield
    except (ConnectionError, aiohttp.ClientError) as error:
        raise ClientGoneError from error


class _Passing(web.StreamResponse):
    """An answer with the headers of the upstream, and none of aiohttp's own."""

    @classmethod
    def of(cls, passed: Passed) -> _Passing:
        """An answer like the one that passed, without its body."""
        response = cls(status=passed.status or 502)
        for name, value in passed.answered:
            if name.lower() not in HOP_BY_HOP:
                response.headers.add(name, value)
        return response

    async def _prepare_headers(self) -> None:
        given = {name.lower() for name in self.headers}
        await super()._prepare_headers()
        for name in ("Content-Type", "Server"):
            if name.lower() not in given:
                self.headers.popall(name, None)


def failure_of(error: BaseException) -> Failure:
    """The failure that an exception of aiohttp stands for."""
    words = f"{type(error).__name__}: {error}".removesuffix(": ")
    match error:
        case TimeoutError():
            return Failure("timeout", words)
        case aiohttp.ClientConnectorError():
            return Failure("unreachable", words)
        case aiohttp.ClientPayloadError():
            return Failure("truncated", words)
        case aiohttp.ServerDisconnectedError() | ConnectionError() | aiohttp.ClientOSError():
            return Failure("reset", words)
    return Failure("protocol", words)


def _target(request: web.BaseRequest) -> str:
    """Path and query as they came; of a whole URL, as proxies are asked for, only these."""
    target = request.raw_path
    if target.startswith("/"):
        return target
    parts = urlsplit(target)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


async def _copied(request: web.BaseRequest, passed: Passed) -> AsyncIterator[bytes]:
    """The body of a request as it comes, and a copy of it."""
    try:
        async for piece in request.content.iter_chunked(PIECE):
            passed.body = _kept(passed.body, piece)
            yield piece
    except (ConnectionError, aiohttp.ClientError):
        passed.abandoned = True
        raise


async def _pieces(answer: aiohttp.ClientResponse, passed: Passed) -> AsyncIterator[bytes]:
    """The body of an answer as it comes, and a copy of it."""
    async for piece in answer.content.iter_any():
        passed.answer = _kept(passed.answer, piece)
        passed.size += len(piece)
        yield piece


async def _again(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def _kept(body: bytes, piece: bytes) -> bytes:
    return (body + piece)[:KEPT] if len(body) < KEPT else body


def _undoable(accepted: str) -> str:
    """An Accept-Encoding that asks for nothing that the recorder cannot undo."""
    asked = [part.strip() for part in accepted.split(",")]
    left = [part for part in asked if part.partition(";")[0].strip().lower() in UNDOABLE]
    return ", ".join(left) or "identity"


def _text(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers as text; bytes that are no UTF-8 stay what they are."""
    return tuple(
        (name.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape"))
        for name, value in raw
    )


def _error(status: int, message: str, findings: list[str]) -> web.Response:
    """An answer of the proxy itself, in the shape of the service's own errors."""
    body = {"error_code": "contract-tests.proxy", "error_msg": message, "findings": findings}
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )
