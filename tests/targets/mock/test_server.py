"""The mock's HTTP: connections that stay, requests that are none, answers that break off."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
import requests

from contract_tests.errors import InputError
from contract_tests.targets.mock.server import listening
from contract_tests.targets.mock.wire import Answer, Call


def echo(call: Call) -> Answer:
    """Answers with what was asked, and with faults of the wire where the path names one."""
    match call.path:
        case "/reset":
            return Answer(200, {}, reset=True)
        case "/cut":
            return Answer(200, {"text": "a" * 100}, cut=10)
        case "/hang":
            return Answer(200, {}, delay=60)
        case _:
            body = call.body.decode("latin-1")
            return Answer(200, {"segments": call.segments, "query": call.query, "body": body})


@contextmanager
def talking(url: str) -> Iterator[socket.socket]:
    """A raw connection."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as connection:
        yield connection


def say(connection: socket.socket, text: bytes) -> bytes:
    """Send bytes and return the first that come back."""
    connection.sendall(text)
    return connection.recv(100_000)


def test_one_connection_serves_many_requests() -> None:
    """Keep-alive: the second request over the same connection is answered as well."""
    with listening(echo) as url, talking(url) as connection:
        for path in (b"/first", b"/second"):
            answer = say(connection, b"GET " + path + b" HTTP/1.1\r\nHost: mock\r\n\r\n")
            assert path.removeprefix(b"/") in answer
            assert b"Connection: close" not in answer


def test_connection_close_is_honoured() -> None:
    """A client that asks for it gets the connection closed."""
    with listening(echo) as url, talking(url) as connection:
        answer = say(connection, b"GET / HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n")
        assert b"Connection: close" in answer
        assert connection.recv(10) == b""


def test_the_body_of_a_request_is_read_whatever_its_framing() -> None:
    """A chunked body and one with a length both arrive; the next request is not confused."""
    with listening(echo) as url, requests.Session() as session:
        chunked = session.post(f"{url}/x", data=iter([b"ab", b"cd"]))
        plain = session.post(f"{url}/x", data=b"efgh")
    assert chunked.json()["body"] == "abcd"
    assert plain.json()["body"] == "efgh"


def test_percent_encoding_is_decoded_part_by_part() -> None:
    """An encoded slash stays inside its part, and a parameter may hold any character."""
    with listening(echo) as url:
        answer = requests.get(f"{url}/a%2Fb/%C3%A9?x=%26&y", timeout=5).json()
    assert answer["segments"] == ["a/b", "\u00e9"]
    assert answer["query"] == [["x", "&"], ["y", ""]]


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: mock\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["no request", "long line", "bad length", "negative length", "huge length", "bad chunk"],
)
def test_what_is_no_request_gets_an_error_body(request_: bytes) -> None:
    """Even then the answer is the vendor's JSON, and nothing of the request stands in it."""
    with listening(echo) as url, talking(url) as connection:
        head, _, body = say(connection, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["error_code"] == "ModelArts.0101"
    assert b"nonsense" not in body


def test_head_gets_no_body() -> None:
    """The length of the body is told, the body is not sent."""
    with listening(echo) as url, requests.Session() as session:
        answer = session.head(f"{url}/x")
        assert int(answer.headers["Content-Length"]) > 0
        assert session.get(f"{url}/y").json()["segments"] == ["y"]


def test_an_answer_can_reset_the_connection() -> None:
    """A reset reaches the client as one."""
    with listening(echo) as url, pytest.raises(requests.ConnectionError, match="reset"):
        requests.get(f"{url}/reset", timeout=5)


def test_an_answer_can_break_off() -> None:
    """The head promises more than comes."""
    with listening(echo) as url, pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(f"{url}/cut", timeout=5)


def test_the_end_does_not_wait_for_slow_answers() -> None:
    """A mock that hangs in an answer can be left at once; whoever waits is cut off."""
    failures: list[Exception] = []

    def wait_for_it(url: str) -> None:
        try:
            requests.get(f"{url}/hang", timeout=50)
        except requests.RequestException as error:
            failures.append(error)

    with listening(echo) as url:
        client = threading.Thread(target=wait_for_it, args=(url,))
        client.start()
        time.sleep(0.2)
    client.join(timeout=20)
    assert not client.is_alive()
    assert len(failures) == 1


def test_a_port_in_use_is_named() -> None:
    """The one line says which port, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = f"^port {port} is in use; choose another"
        with pytest.raises(InputError, match=words), listening(echo, port):
            pass


def test_a_port_that_is_none_is_named() -> None:
    """So is a number that no port can have."""
    with pytest.raises(InputError, match="port 70000 cannot be used"), listening(echo, 70_000):
        pass
