"""A service that records the bytes it gets and plays answers, and a play with notebooks."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Play = Callable[[socket.socket, "Seen"], object]
"""Answers one request; a true value keeps the connection."""


@dataclass(frozen=True)
class Seen:
    """One request as it came."""

    raw: bytes
    connection: int
    """Counts the connections."""

    @property
    def line(self) -> str:
        """`METHOD TARGET HTTP/1.1`."""
        return self.raw.split(b"\r\n", 1)[0].decode("utf-8", "surrogateescape")

    @property
    def method(self) -> str:
        """The method."""
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        """Path and query."""
        return self.line.split(" ")[1]

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        for line in self.raw.split(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
            key, _, value = line.decode("latin-1").partition(": ")
            if key.lower() == name.lower():
                return value
        return None


@dataclass
class Service:
    """A server on a loopback port; `play` may be changed at any time."""

    play: Play
    seen: list[Seen] = field(default_factory=list)
    url: str = ""
    tls: ssl.SSLContext | None = None

    def listen(self, listener: socket.socket) -> None:
        """Accept until the listener is closed."""
        with suppress(OSError):
            for number in range(1_000_000):
                connection, _ = listener.accept()
                threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), connection:
            plain = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
            while (raw := _receive(plain)) and self._answer(plain, Seen(raw, number)):
                pass

    def _answer(self, connection: socket.socket, seen: Seen) -> bool:
        self.seen.append(seen)
        return bool(self.play(connection, seen))


def _receive(connection: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextmanager
def running(play: Play, tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    """A service for the time of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        scheme = "https" if tls else "http"
        service = Service(play, url=f"{scheme}://127.0.0.1:{listener.getsockname()[1]}", tls=tls)
        threading.Thread(target=service.listen, args=(listener,), daemon=True).start()
        yield service
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> bytes:
    """An answer as it goes over the wire; `Retry_After="1"` becomes a header."""
    given = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + body


def say(raw: bytes) -> Play:
    """Plays always the same bytes, and keeps the connection."""

    def play(connection: socket.socket, _: Seen) -> bool:
        connection.sendall(raw)
        return True

    return play


def hang_up(raw: bytes = b"") -> Play:
    """Plays some bytes and closes the connection."""

    def play(connection: socket.socket, _: Seen) -> bool:
        connection.sendall(raw)
        return False

    return play


def reset(connection: socket.socket, _: Seen) -> bool:
    """Resets the connection."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


@dataclass
class Notebooks:
    """Plays a service with notebooks, whose starts and stops take a few looks."""

    project_id: str
    states: dict[str, str]
    started: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, connection: socket.socket, seen: Seen) -> bool:
        """Answers one request."""
        with self.lock:
            status, body = self._answer(seen.method, seen.target.partition("?")[0])
        connection.sendall(answer(status, json.dumps(body).encode()))
        return True

    def running(self) -> set[str]:
        """The notebooks that are not at rest."""
        return {key for key, state in self.states.items() if state != "STOPPED"}

    def _answer(self, method: str, path: str) -> tuple[int, object]:
        parts = path.strip("/").split("/")
        if parts[:3] != ["v1", self.project_id, "notebooks"]:
            return 404, {"error_code": "ModelArts.0015", "error_msg": "nothing"}
        if len(parts) == 3:
            return 200, {"data": [{"id": key, "status": s} for key, s in self.states.items()]}
        if parts[3] not in self.states:
            return 404, {"error_code": "ModelArts.6309", "error_msg": "unknown"}
        if method == "GET" and len(parts) == 4:
            return 200, self._show(parts[3])
        if method == "POST" and parts[4:] in (["start"], ["stop"]):
            return self._move(parts[3], parts[4])
        return 405, {"error_code": "ModelArts.0101", "error_msg": "not allowed"}

    def _show(self, key: str) -> object:
        shown = {"id": key, "status": self.states[key]}
        self.states[key] = {"STARTING": "RUNNING", "STOPPING": "STOPPED"}.get(
            self.states[key], self.states[key]
        )
        return shown

    def _move(self, key: str, verb: str) -> tuple[int, object]:
        allowed, state = {"start": ("STOPPED", "STARTING"), "stop": ("RUNNING", "STOPPING")}[verb]
        if self.states[key] != allowed:
            return 400, {"error_code": "ModelArts.6357", "error_msg": self.states[key]}
        self.states[key] = state
        (self.started if verb == "start" else self.stopped).append(key)
        return 200, {"id": key, "status": state}
