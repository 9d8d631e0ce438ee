"""The server: passes requests on to one upstream and answers back, byte for byte.

Nothing but the upstream is ever asked, whatever the request line says. Connections are kept
alive on both sides. Where the upstream hangs or dies, the client gets 504 or 502 if nothing of
an answer has come yet; an answer that breaks off breaks off for the client, too.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from contract_tests.errors import MissingExtraError
from contract_tests.traffic.proxy.headers import as_text, asked
from contract_tests.traffic.proxy.passed import KEPT, NAME, Passed
from contract_tests.traffic.reading.records import Diagnostic

try:
    import aiohttp
    from aiohttp import web
    from yarl import URL

    from contract_tests.traffic.proxy.answers import Passing, error
    from contract_tests.traffic.proxy.failures import failure_of, refusals
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[proxy]'"
    ) from missing

PIECE = 65_536
IDLE = 1.0
"""Seconds that a connection to the upstream is kept for the next request. Services close theirs
after some more; a request that met that moment would seem to have been reset."""
LONGEST = 1_000_000
"""Bytes of a request line or a header; how long they may be is for the upstream to say."""
_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")

Keep = Callable[[Passed | Diagnostic], None]
Judge = Callable[[Passed], list[str]]
"""Gives what is wrong with an exchange; nothing where it may pass."""


@dataclass
class Server:
    """Passes requests on.

    Args:
        upstream: origin, and perhaps a path that all paths follow; no trailing slash.
        keep: is told of every exchange that passed, and of requests that could not be passed on.
        judge: where given, is asked before an answer goes to the client, which then gets 502
            with what is wrong instead.
        timeout: seconds that the upstream may be silent.
        keep_host: whether the upstream is told the Host that the client asked for; a signature
            may cover it.
        tls: how it is trusted.
    """

    upstream: str
    keep: Keep
    judge: Judge | None = None
    timeout: float = 30.0
    keep_host: bool = False
    tls: ssl.SSLContext | bool = True
    _session: aiohttp.ClientSession = field(init=False, repr=False)
    _runner: web.ServerRunner = field(init=False, repr=False)

    async def start(self, host: str, port: int) -> str:
        """Listen; returns the URL that clients use.

        Raises:
            OSError: the address cannot be listened on.
        """
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=self.tls, keepalive_timeout=IDLE),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=LONGEST,
            max_field_size=LONGEST,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self.timeout, sock_read=self.timeout
            ),
        )
        self._session._retry_connection = False  # asked twice, its reset would be hidden
        self._runner = web.ServerRunner(
            web.Server(
                self._handle,
                access_log=None,
                auto_decompress=False,
                logger=refusals(self._refused),
                max_line_size=LONGEST,
                max_field_size=LONGEST,
            ),
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

    def _refused(self, why: str) -> None:
        self.keep(Diagnostic(why, NAME, 0))

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        target = _target(request.raw_path)
        if target is None:
            self._refused("a request was not passed on (its target is no path)")
            return error(400, "the target of the request is no path")
        passed = Passed(
            method=request.method,
            url=self.upstream + target,
            headers=as_text(request.raw_headers),
            sent_at=time.time(),
        )
        begun = time.monotonic()
        try:
            if request.headers.get("Expect", "").lower() == "100-continue":
                await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            async with self._ask(request, target, passed) as answer:
                passed.status, passed.answered = answer.status, as_text(answer.raw_headers)
                return await self._answer(request, answer, passed)
        except (ClientGoneError, asyncio.CancelledError):
            passed.abandoned = True
            raise
        except BrokenOffError:
            raise
        except FAILURES as fault:
            if passed.abandoned:
                raise ClientGoneError from fault
            failure = passed.failure = failure_of(fault)
            status = 504 if failure.kind == "timeout" else 502
            return error(status, f"the upstream failed ({failure.kind}): {failure.detail}")
        finally:
            passed.elapsed = time.monotonic() - begun
            self.keep(passed)

    def _ask(self, request: web.BaseRequest, target: str, passed: Passed) -> Any:
        upstream = urlsplit(self.upstream)
        return self._session.request(
            request.method,
            URL.build(
                scheme=upstream.scheme,
                authority=upstream.netloc,
                path=upstream.path + target,  # with its query: apart from it, `/a?` becomes `/a`
                encoded=True,
            ),
            headers=asked(passed.headers, with_host=self.keep_host),
            data=_copied(request, passed) if request.can_read_body else None,
            allow_redirects=False,
        )

    async def _answer(
        self, request: web.BaseRequest, answer: aiohttp.ClientResponse, passed: Passed
    ) -> web.StreamResponse:
        """Pass an answer on: as it comes, or once it was judged."""
        pieces, held = _pieces(answer, passed), list[bytes]()
        if self.judge is not None:
            async for piece in pieces:
                held.append(piece)
                if passed.size > KEPT:  # nobody could judge it
                    break
            if wrong := self.judge(passed):
                return error(502, "the answer breaks the contract", wrong)
        response = Passing.of(answer, passed)
        with _client_gone():
            await response.prepare(request)
            for piece in held:
                await response.write(piece)
        await _stream(pieces, request, response, passed)
        return response


async def _stream(
    pieces: AsyncIterator[bytes],
    request: web.BaseRequest,
    response: web.StreamResponse,
    passed: Passed,
) -> None:
    """Pass the rest of an answer on as it comes; where it breaks off, hang up."""
    try:
        async for piece in pieces:
            with _client_gone():
                await response.write(piece)
    except ClientGoneError:
        raise
    except FAILURES as error:
        passed.failure = failure_of(error)
        if request.transport is not None:
            request.transport.abort()  # what the client has must not seem whole
        raise BrokenOffError from error
    with _client_gone():
        await response.write_eof()


FAILURES = (aiohttp.ClientError, OSError, TimeoutError, ValueError)
"""What aiohttp raises where the upstream does not answer as it should."""


class ClientGoneError(ConnectionError):
    """The client went away before it had its answer; aiohttp takes it as any lost connection."""


class BrokenOffError(ConnectionError):
    """The upstream broke off, and so did we."""


@contextmanager
def _client_gone() -> Iterator[None]:
    """What fails within is the client's connection, not the upstream's."""
    try:
        yield
    except (ConnectionError, aiohttp.ClientError) as error:
        raise ClientGoneError from error


def _target(written: str) -> str | None:
    """Path and query as they came; of a whole URL, as proxies are asked for, only these.

    None for `*` and `host:443`: behind the upstream's name they would name another host.
    """
    if written.startswith("/"):
        return written
    origin = _ORIGIN.match(written)
    return None if origin is None else f"/{written[origin.end() :].removeprefix('/')}"


async def _copied(request: web.BaseRequest, passed: Passed) -> AsyncIterator[bytes]:
    """The body of a request as it comes, and a copy of it."""
    try:
        async for piece in request.content.iter_chunked(PIECE):
            _keep(passed.body, piece)
            yield piece
    except (ConnectionError, aiohttp.ClientError):
        passed.abandoned = True
        raise


async def _pieces(answer: aiohttp.ClientResponse, passed: Passed) -> AsyncIterator[bytes]:
    """The body of an answer as it comes, and a copy of it."""
    async for piece in answer.content.iter_any():
        _keep(passed.answer, piece)
        passed.size += len(piece)
        yield piece


def _keep(body: bytearray, piece: bytes) -> None:
    """Add as much of a piece as is kept."""
    body += piece[: KEPT - len(body)]
