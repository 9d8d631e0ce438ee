"""A proxy in a thread of its own, before an upstream that does as it is told."""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="the extra proxy is not installed")

from contract_tests.traffic.proxy.passed import Passed
from contract_tests.traffic.proxy.server import Server
from contract_tests.traffic.reading.records import Diagnostic

Script = Callable[[socket.socket, bytes], None]
"""Gets a connection and the head of a request; does what an upstream may do with it."""


@dataclass
class Upstream:
    """An upstream made of raw sockets; `connections` and `heads` are what it has seen."""

    script: Script
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    tls: ssl.SSLContext | None = None
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Accept from now on."""
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self.listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        if self.tls is not None:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:
                return
        with connection:
            while head := self._head(connection):
                self.heads.append(head)
                try:
                    self.script(connection, head)
                except OSError:
                    return

    @staticmethod
    def _head(connection: socket.socket) -> bytes:
        head = b""
        try:
            while b"\r\n\r\n" not in head:
                if not (piece := connection.recv(1)):
                    return b""
                head += piece
        except OSError:
            return b""
        return head


@dataclass
class Proxy:
    """A proxy that runs; `passed` and `refused` are what it has kept."""

    url: str
    port: int
    passed: list[Passed]
    refused: list[Diagnostic]

    def wait_for(self, count: int) -> list[Passed]:
        """What passed, once it is so many."""
        deadline = time.monotonic() + 10
        while len(self.passed) < count:
            assert time.monotonic() < deadline, f"only {len(self.passed)} of {count} passed"
            time.sleep(0.01)
        return self.passed


@contextmanager
def running(upstream: str, **options: Any) -> Iterator[Proxy]:
    """A proxy before an upstream."""
    passed: list[Passed] = []
    refused: list[Diagnostic] = []

    def keep(kept: Passed | Diagnostic) -> None:
        if isinstance(kept, Diagnostic):
            refused.append(kept)
        else:
            passed.append(kept)

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = Server(upstream, keep, **options)
    url = asyncio.run_coroutine_threadsafe(server.start("127.0.0.1", 0), loop).result(10)
    try:
        yield Proxy(url, int(url.rpartition(":")[2]), passed, refused)
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def connect(port: int) -> http.client.HTTPConnection:
    """A connection to a proxy."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=10)


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def always(content: bytes) -> Script:
    """An upstream that gives everyone the same answer."""
    return lambda connection, _: connection.sendall(content)
