"""HTTP/1.1 with keep-alive over Werkzeug's threaded server, on the loopback interface.

Werkzeug's own handler closes the connection after every answer and speaks WSGI, in which a
body cannot break off and a connection cannot be reset; the handler here does what a mock with
faults needs, and nothing else.
"""

from __future__ import annotations

import errno
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

from werkzeug.serving import DechunkedInput, ThreadedWSGIServer, WSGIRequestHandler

from contract_tests.errors import InputError
from contract_tests.targets.mock.wire import Answer, Call, refusal

HOST = "127.0.0.1"
LARGEST_BODY = 10_000_000
"""Bytes of a request body that are read; a larger one is refused."""

Application = Callable[[Call], Answer]


@contextmanager
def listening(application: Application, port: int = 0) -> Iterator[str]:
    """Serve an application in a background thread and yield its base URL.

    Raises:
        InputError: the port is in use or may not be used.
    """
    with _bound(port) as listener:
        server = Server(listener, application)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()


def _bound(port: int) -> socket.socket:
    """A socket that listens on the port; Werkzeug's own attempt would end the process."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        problem = f"port {port} " + ("is in use" if in_use else f"cannot be used ({error})")
        raise InputError(problem, "choose another, or leave it out for a free one") from error
    listener.listen(128)
    return listener


class Server(ThreadedWSGIServer):
    """Knows its application and its open connections."""

    def __init__(self, listener: socket.socket, application: Application) -> None:
        host, port = listener.getsockname()
        super().__init__(host, port, _no_wsgi, handler=Connection, fd=listener.fileno())
        self.application = application
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Handle one connection to its end."""
        with self._guard:
            self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._guard:
                self._open.discard(request)

    def hang_up(self) -> None:
        """End the connections that clients still keep, and the waits of slow answers."""
        self.closing.set()
        with self._guard:
            for connection in self._open:
                with suppress(OSError):  # the client was quicker
                    connection.shutdown(socket.SHUT_RDWR)


def _no_wsgi(environ: Any, start_response: Any) -> Any:  # pragma: no cover
    """Stands where Werkzeug wants a WSGI application; the handler never calls it."""
    raise NotImplementedError


class Connection(WSGIRequestHandler):
    """One client connection: any number of requests, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server
    _headers_buffer: list[bytes]

    def run_wsgi(self) -> None:
        """Read the request, ask the application, write the answer."""
        body = self._read_body()
        if isinstance(body, Answer):
            self.close_connection = True
            self._write(body)
            return
        headers = tuple((name, value.strip()) for name, value in self.headers.items())
        self._write(self.server.application(Call(self.command, self.path, headers, body)))

    def _read_body(self) -> bytes | Answer:
        """The body of the request, or the refusal of one that cannot be read."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            try:
                return bytes(DechunkedInput(cast("IO[bytes]", self.rfile)).read(LARGEST_BODY))
            except OSError:
                return refusal(400, "0101", "The chunks of the body cannot be read.")
        length = self.headers.get("Content-Length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            return refusal(400, "0101", "The header Content-Length holds no length.")
        if int(length) > LARGEST_BODY:
            return refusal(400, "0101", "The body of the request is too large.")
        return self.rfile.read(int(length))

    def _write(self, answer: Answer) -> None:
        if answer.delay and self.server.closing.wait(answer.delay):
            answer = Answer(503, reset=True)
        if answer.reset:
            self._reset()
            return
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection or answer.cut is not None:
            self.send_header("Connection", "close")
        sent = b"" if self.command == "HEAD" else body[: answer.cut]
        self._send_with_head(sent)

    def _send_with_head(self, body: bytes) -> None:
        """One write for head and body: two would wait for the client's acknowledgement."""
        head = b"".join([*self._headers_buffer, b"\r\n"])
        self._headers_buffer = []
        self.wfile.write(head + body)

    def _reset(self) -> None:
        """Close with RST: no lingering, nothing sent."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no HTTP request gets the vendor's error body too, not a page of HTML."""
        del message, explain  # they quote the request
        self.request_version = self.protocol_version  # else no status line is written
        self.close_connection = True
        status = 400 if int(code) < 500 else int(code)  # the contract knows no 414 and 431
        self._write(refusal(status, "0101", "The request line or its headers cannot be read."))

    def version_string(self) -> str:
        """The `Server` header: no word about versions."""
        return "api-gateway"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (Werkzeug's name)
        """Say nothing: the mock's stdout belongs to its one JSON line."""
