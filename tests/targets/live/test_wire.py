"""The wire: what leaves byte for byte, and what becomes of every kind of answer."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.exchange import Request
from contract_tests.targets.target import mock_target
from contract_tests.targets.wire import Wire, message, request_target
from tests.targets.live.service import Play, Seen, answer, hang_up, reset, running, say


def send(play: Play, request: Request | None = None, **limits: float) -> tuple[object, ...]:
    """Status, body and the kind of failure of one exchange with a service that plays so."""
    with running(play) as service:
        wire = Wire(
            mock_target(service.url, "p", ["n"]), max_body=int(limits.pop("max_body", 1000))
        )
        got = wire.exchange(request or Request("GET", f"{service.url}/"), **limits)
        wire.close()
    status = got.response.status if got.response else None
    body = got.response.body if got.response else None
    return status, body, got.failure.kind if got.failure else None


def sent(method: str, path: str, *headers: tuple[str, str], body: bytes = b"") -> bytes:
    """The bytes that a service gets for a request."""
    with running(say(answer())) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        wire.exchange(Request(method, service.url + path, headers, body))
        wire.close()
        return service.seen[0].raw.replace(service.url[7:].encode(), b"HOST")


def test_nothing_is_added_but_host() -> None:
    """No User-Agent, Accept, Accept-Encoding, Connection or length is made up."""
    assert sent("GET", "/v1") == b"GET /v1 HTTP/1.1\r\nHost: HOST\r\n\r\n"


def test_a_body_gets_its_length() -> None:
    """A message with a body says how long it is, unless a header says so already."""
    head = b"POST / HTTP/1.1\r\nHost: HOST\r\n"
    assert sent("POST", "/", body=b"{}") == head + b"Content-Length: 2\r\n\r\n{}"
    assert sent("POST", "/", ("content-length", "2"), body=b"{}").count(b"ontent-") == 1


def test_an_empty_body_is_not_no_body() -> None:
    """`Content-Length: 0` goes out when it is given, and only then."""
    assert sent("POST", "/") == b"POST / HTTP/1.1\r\nHost: HOST\r\n\r\n"
    assert b"\r\nContent-Length: 0\r\n\r\n" in sent("POST", "/", ("Content-Length", "0"))


@pytest.mark.parametrize(
    "path",
    [
        "/v1/p/../../etc",
        "/./a//b/",
        "/a%2f%2F%zz%00%",
        "/é/ü?x=ö",
        "/a?b=c#d?e",
        "/'\"<>{}|\\^`",
        "?only=query",
        "/;a=b,c:d@e",
    ],
)
def test_the_path_is_not_normalised(path: str) -> None:
    """Dots, slashes, percent signs, unicode and fragments arrive as they were given."""
    target = path if path.startswith("/") else f"/{path}"
    assert sent("GET", path).startswith(b"GET " + target.encode() + b" HTTP/1.1\r\n")


def test_headers_arrive_as_given() -> None:
    """In their order and case, twice if twice, with odd bytes, and a Host of one's own."""
    raw = sent("GET", "/", ("X-a", "1"), ("x-A", "2"), ("Host", "other"), ("Odd", "\udcff ü"))
    assert raw == (
        b"GET / HTTP/1.1\r\nX-a: 1\r\nx-A: 2\r\nHost: other\r\nOdd: \xff \xc3\xbc\r\n\r\n"
    )


@pytest.mark.parametrize("method", ["get", "BREW", "HEAD", "OPTIONS", "M-SEARCH"])
def test_any_method_goes(method: str) -> None:
    """Also one that no library knows."""
    assert sent(method, "/").startswith(f"{method} / ".encode())


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "http://h/a\r\nX: y"),
        Request("GET", "http://h/", (("X", "a\nb"),)),
        Request("GET\r", "http://h/"),
    ],
)
def test_a_line_break_in_the_head_is_no_message(request_: Request) -> None:
    """It would begin another header or request: the sender is told, nothing leaves."""
    with pytest.raises(ValueError, match="a line break in the head of"):
        message(request_)


@given(st.text("abc/.%?#;:@=é", max_size=30))
@settings(max_examples=200)
def test_the_target_is_all_that_follows_the_host(path: str) -> None:
    """Whatever follows the host is what the first line asks for, with a `/` before it."""
    target = request_target(f"https://host:1/{path}")
    assert target == f"/{path}"
    assert message(Request("GET", f"https://host:1/{path}")).startswith(
        f"GET /{path} HTTP/1.1\r\nHost: host:1\r\n".encode()
    )


def test_a_whole_answer() -> None:
    """Status, headers, each as often as it came, and body."""
    raw = b"HTTP/1.1 201 Made\r\nA: 1\r\na: 2\r\nContent-Length: 2\r\n\r\nok"
    with running(say(raw)) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        got = wire.exchange(Request("GET", service.url))
    assert got.failure is None
    assert got.response is not None
    assert (got.response.status, got.response.body) == (201, b"ok")
    assert got.response.headers == (("A", "1"), ("A", "2"), ("Content-Length", "2"))
    assert got.response.elapsed > 0


def test_a_compressed_body_is_decoded() -> None:
    """By its Content-Encoding."""
    assert send(say(answer(body=gzip.compress(b"ok"), Content_Encoding="gzip"))) == (
        200,
        b"ok",
        None,
    )


def test_a_chunked_body_is_put_together() -> None:
    """The chunks' lengths are no part of it."""
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    assert send(say(raw)) == (200, b"abc", None)


def test_a_body_without_length_ends_with_the_connection() -> None:
    """As HTTP/1.0 has it."""
    assert send(hang_up(b"HTTP/1.0 200 OK\r\n\r\nold")) == (200, b"old", None)


def test_an_answer_to_head_has_no_body() -> None:
    """Though it announces one."""
    head = Request("HEAD", "http://h/")
    assert send(say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), head) == (200, b"", None)


def test_a_redirect_is_not_followed() -> None:
    """Not even one whose Location is no URL."""
    raw = answer(302, b"x", Location="http://[")
    assert send(say(raw)) == (302, b"x", None)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"", (None, None, "reset")),
        (b"garbage\r\n\r\n", (None, None, "protocol")),
        (b"HTTP/1.1 abc OK\r\n\r\n", (None, None, "protocol")),
        (b"HTTP/1.1 200 OK\r\nContent-Type: te", (None, None, "truncated")),
        (b"HTTP/1.1 200 OK\r\nA: 1\r\nno colon\r\nB: 2\r\n\r\n", (None, None, "protocol")),
        (b"HTTP/1.1 200 OK\r\n" + b"A: 1\r\n" * 200 + b"\r\n", (None, None, "protocol")),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000, (None, None, "protocol")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", (200, b"abc", "truncated")),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nde",
            (200, b"abcde", "truncated"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
            (200, b"", "protocol"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
            (200, b"", "protocol"),
        ),
    ],
    ids=[
        "nothing",
        "no-http",
        "no-status",
        "half-a-head",
        "no-colon",
        "many-headers",
        "long-header",
        "short-body",
        "short-chunk",
        "no-length",
        "no-gzip",
    ],
)
def test_a_broken_answer_is_a_failure(raw: bytes, outcome: tuple[object, ...]) -> None:
    """It is named by its kind; status and body are kept as far as they came."""
    assert send(hang_up(raw)) == outcome


def test_a_reset_is_a_failure() -> None:
    """On a connection that was not kept from before."""
    assert send(reset) == (None, None, "reset")


def test_a_long_body_is_not_read_to_its_end() -> None:
    """What exceeds the limit is left where it is, and the connection closed."""
    stopped = threading.Event()

    def endless(connection: socket.socket, __: Seen) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            for _ in range(10_000):
                connection.sendall(b"x" * 10_000)
        except OSError:
            stopped.set()
        return False

    assert send(endless, max_body=5000) == (200, b"x" * 5000, "too-large")
    assert stopped.wait(5)


def test_a_bomb_is_not_unpacked() -> None:
    """The limit holds for the decoded body."""
    raw = answer(body=gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    assert send(say(raw), max_body=100) == (200, bytes(100), "too-large")


def test_a_hung_service_is_a_time_out() -> None:
    """It accepts, reads, and never answers."""

    def hang(_: socket.socket, __: Seen) -> bool:
        time.sleep(1)
        return False

    assert send(hang, timeout=0.1) == (None, None, "timeout")


@pytest.mark.parametrize(
    ("begin", "status"),
    [(b"HTTP/1.1 200 OK\r\nX: ", None), (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", 200)],
    ids=["in-the-head", "in-the-body"],
)
def test_a_dripping_answer_is_a_time_out(begin: bytes, status: int | None) -> None:
    """The limit is one for all of the exchange, not one for each byte."""

    def drip(connection: socket.socket, __: Seen) -> bool:
        connection.sendall(begin)
        for _ in range(200):
            time.sleep(0.01)
            connection.sendall(b"x")
        return False

    got = send(drip, timeout=0.2)
    assert (got[0], got[2]) == (status, "timeout")


def test_an_interrupt_can_leave_no_lock_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing between two requests takes a lock that Ctrl-C could come upon: all is put back."""
    with running(say(answer())) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        wire.exchange(Request("GET", service.url))

        def interrupted(_: threading.Condition) -> bool:
            raise KeyboardInterrupt

        monkeypatch.setattr(threading.Condition, "__enter__", interrupted)
        wire.exchange(Request("GET", service.url))
        monkeypatch.undo()
        assert len(service.seen) == 2


def test_connections_are_kept() -> None:
    """Many exchanges go over one connection."""
    with running(say(answer())) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        for _ in range(5):
            wire.exchange(Request("GET", service.url))
        assert {seen.connection for seen in service.seen} == {0}


def test_threads_share_the_wire() -> None:
    """Each gets its own answer."""

    def echo(connection: socket.socket, seen: Seen) -> bool:
        connection.sendall(answer(body=seen.target.encode()))
        return True

    def ask(n: int) -> bool:
        response = wire.exchange(Request("GET", f"{service.url}/{n}")).response
        return response is not None and response.body == f"/{n}".encode()

    with running(echo) as service, ThreadPoolExecutor(8) as threads:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        assert all(threads.map(ask, range(200)))


def test_a_stale_connection_is_no_fault() -> None:
    """The service closes each connection after its answer, without a word: nothing is lost."""
    with running(hang_up(answer())) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        kinds = {wire.exchange(Request("GET", service.url)).failure for _ in range(50)}
    assert kinds == {None}


def test_a_kept_connection_that_is_reset_each_time_is_a_failure() -> None:
    """What is reset on a kept connection goes out on a new one, and what comes there counts."""
    with running(say(answer())) as service:
        wire = Wire(mock_target(service.url, "p", ["n"]))
        wire.exchange(Request("GET", service.url))
        service.play = reset
        failure = wire.exchange(Request("GET", service.url)).failure
    assert failure is not None
    assert failure.kind == "reset"
    assert len(service.seen) == 3


def test_nobody_listens() -> None:
    """A port without a server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    wire = Wire(mock_target(f"http://127.0.0.1:{port}", "p", ["n"]))
    failure = wire.exchange(Request("GET", f"http://127.0.0.1:{port}/")).failure
    assert failure is not None
    assert failure.kind == "unreachable"
    assert "refused" in failure.detail


def test_no_such_host() -> None:
    """A name that resolves to nothing."""
    wire = Wire(mock_target("http://nowhere.invalid", "p", ["n"]))
    failure = wire.exchange(Request("GET", "http://nowhere.invalid/")).failure
    assert failure is not None
    assert failure.kind == "unreachable"
