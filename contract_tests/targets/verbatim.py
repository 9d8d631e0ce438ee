"""Lets `requests` carry a message byte for byte, within a deadline for the whole answer.

`requests` and its layers normalise: they resolve `..`, re-encode a path, add a User-Agent, fold
headers that come twice. A test must be able to send all of that. So the whole message travels
as the *body* of a prepared request, and the connection writes just this body; everything else
(TLS, client certificates, kept connections, proxies) stays as `requests` has it.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import time
from collections import deque
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HeaderParsingError
from urllib3.response import HTTPResponse
from urllib3.util.response import assert_header_parsing

from contract_tests.targets.failures import StaleConnectionError


class _Reader(io.RawIOBase):
    """Reads a socket under one deadline; a socket's own time-out begins anew at each read."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", buffering=0)
        allowed = sock.gettimeout()
        self._deadline = None if allowed is None else time.monotonic() + allowed
        self.ended = False
        """Whether somebody wanted to read beyond the last byte."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._deadline is not None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer was not complete in time")
            self._sock.settimeout(left)
        count = self._file.readinto(buffer)
        self.ended = count == 0
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks of a socket, and all that it asks."""
        return io.BufferedReader(self)


class _Response(http.client.HTTPResponse):
    """Reads within the deadline, and takes no half or broken head for a whole one."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        self._reader = _Reader(sock)
        super().__init__(cast("socket.socket", self._reader), *args, **options)

    def begin(self) -> None:
        super().begin()
        if self._reader.ended:
            raise http.client.IncompleteRead(b"")
        try:
            assert_header_parsing(self.msg)
        except HeaderParsingError as error:
            raise http.client.HTTPException(str(error)) from None


class _Connection(HTTPConnection):
    """Writes the body it is handed in place of the message that http.client composes."""

    response_class = _Response
    _message: bytes | None = None
    _kept = False

    def connect(self) -> None:
        super().connect()
        self._kept = False

    def request(
        self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any
    ) -> None:
        del headers  # they stand in the message already
        self._message = body
        super().request(method, url, headers={}, **{**options, "chunked": False})

    def send(self, data: Any) -> None:
        message, self._message = self._message, None
        super().send(data if message is None else message)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        try:
            response = super().getresponse()
        except ConnectionError as error:
            if self._kept:
                raise StaleConnectionError(str(error)) from error
            raise
        self._kept = True
        return response


class _TLSConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Kept:
    """Connections that wait to be used again, the last one first; it takes no lock.

    In a `queue.LifoQueue` Ctrl-C can come right after its lock is taken and leave it held for
    ever: whoever wants to put back what the run had started would wait for it.
    """

    def __init__(self, maxsize: int) -> None:
        self._most = maxsize
        self._items: deque[Any] = deque()

    def put(self, item: Any, block: bool = True) -> None:  # noqa: FBT001, FBT002 (as a queue has it)
        del block  # `requests` never waits for a connection
        if len(self._items) >= self._most:
            raise queue.Full
        self._items.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002
        del block, timeout
        try:
            return self._items.pop()
        except IndexError:
            raise queue.Empty from None

    def qsize(self) -> int:
        return len(self._items)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection
    QueueCls = _Kept  # type: ignore[assignment]  # all of a queue that is asked for


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection
    QueueCls = _Kept  # type: ignore[assignment]  # all of a queue that is asked for


class VerbatimAdapter(HTTPAdapter):
    """An adapter of `requests` that sends a prepared request's body as the whole message."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As `requests` does, with connections that write verbatim."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: Any, **options: Any) -> Any:
        """The same for connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = POOLS
        return manager


POOLS = {"http": _Pool, "https": _TLSPool}
