"""Servers that are no notebook service at all: each answers everything in one odd way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOTEBOOK = "f9937afa-4451-42db-a76b-72d624749f66"
PROJECT = "0123456789abcdef0123456789abcdef"
BODY = b'{"id": "%s", "status": "STOPPED"}' % NOTEBOOK.encode()

Answer = Callable[[BaseHTTPRequestHandler], None]


def body(payload: bytes, media: str = "application/json", length: int | None = None) -> Answer:
    """Status 200 with a body, whose announced length may be another than its own."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(payload) if length is None else length))
        handler.end_headers()
        handler.wfile.write(payload)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body of 100 MB."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" " * 1_000_000)


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Serve on loopback; yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.close_connection = True
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer(self)

        do_GET = do_POST = handle_any  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client may hang up
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
