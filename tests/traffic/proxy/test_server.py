"""The proxy passes on what comes, as it comes, and survives whatever either side does."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from contract_tests.traffic.proxy.passed import Passed
from tests.traffic.proxy.conftest import Upstream, always, answer, connect, running

CLOSING = "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
"""The rest of a request."""
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def say(port: int, request: bytes) -> bytes:
    """What comes back for a request that closes its connection, or is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(request)
        return b"".join(iter(lambda: raw.recv(65_536), b""))


def test_a_request_passes_as_it_came() -> None:
    """Method, undecoded path, query, headers in their order; only the Host is the upstream's."""
    upstream = Upstream(
        always(
            answer(b'{"a": 1}', "201 All Right", "X-One: 1", "Set-Cookie: a=1", "Set-Cookie: b=2")
        )
    )
    with running(upstream.url) as proxy:
        client = connect(proxy.port)
        client.request(
            "PUT",
            "/v1/a%2Fb/c?x=%20&y",
            body=b"hello",
            headers={"X-Auth-Token": "secret", "Connection": "X-Gone", "TE": "trailers"},
        )
        response = client.getresponse()
        assert (response.status, response.reason, response.read()) == (
            201,
            "All Right",
            b'{"a": 1}',
        )
        assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
        assert response.headers["Server"] is None
        assert response.headers["Date"] is None
        (passed,) = proxy.wait_for(1)
    head = upstream.heads[0].decode().split("\r\n")
    assert head[0] == "PUT /v1/a%2Fb/c?x=%20&y HTTP/1.1"
    assert f"Host: {upstream.url.removeprefix('http://')}" in head
    assert "X-Auth-Token: secret" in head
    assert not any(line.lower().startswith(("te:", "connection: x-gone")) for line in head)
    assert (bytes(passed.body), bytes(passed.answer), passed.status) == (b"hello", b'{"a": 1}', 201)
    assert passed.url == f"{upstream.url}/v1/a%2Fb/c?x=%20&y"
    assert passed.elapsed > 0


@pytest.mark.parametrize("target", ["/a?", "/a?;b=%41&&=+", "//a/../b/./%2f%zz", "/|{x}[y]?q='?#z"])
def test_a_target_passes_byte_for_byte(target: str) -> None:
    """Nothing is decoded, resolved, sorted or left out; the same stands in the record."""
    upstream = Upstream(always(answer()))
    with running(f"{upstream.url}/base") as proxy:
        said = say(proxy.port, f"GET {target} {CLOSING}".encode())
        assert said.startswith(b"HTTP/1.1 200 OK")
        assert proxy.wait_for(1)[0].url == f"{upstream.url}/base{target}"
    assert upstream.heads[0].startswith(f"GET /base{target} HTTP/1.1\r\n".encode())


@pytest.mark.parametrize("line", ["OPTIONS *", "CONNECT .example:80", "CONNECT 192.0.2.1:443"])
def test_a_target_without_a_path_goes_nowhere(line: str) -> None:
    """Behind the upstream's name it would make the name of another host."""
    upstream = Upstream(always(answer()))
    with running(upstream.url) as proxy:
        said = say(proxy.port, f"{line} {CLOSING}".encode())
        assert said.startswith(b"HTTP/1.1 400 Bad Request")
        assert b"the target of the request is no path" in said
        assert [found.reason for found in proxy.refused] == [
            "a request was not passed on (its target is no path)"
        ]
        assert proxy.passed == []
    assert upstream.heads == []


def test_headers_pass_however_often_and_however_they_are_spelled() -> None:
    """Both ways: alike names, Latin-1 as UTF-8, long tokens; those of one connection do not."""
    odd = [b"X-A: 1", b"x-a: 2", "X-L: \u00e4".encode("latin-1"), b"X-Long: " + b"t" * 100_000]
    of_connection = [b"Connection: X-Gone, close", b"X-Gone: 1", b"Keep-Alive: 5"]
    lines = b"\r\n".join([*odd, *of_connection, b"Content-Length: 0", b"", b""])
    upstream = Upstream(always(b"HTTP/1.1 200 OK\r\n" + lines))
    with running(upstream.url) as proxy:
        came = say(proxy.port, b"GET / HTTP/1.1\r\nHost: x\r\n" + lines)
        proxy.wait_for(1)
    for head in (upstream.heads[0], came):
        assert b"X-A: 1\r\nX-A: 2\r\n" in head
        assert "X-L: \u00e4\r\n".encode() in head
        assert b"X-Long: " + b"t" * 100_000 + b"\r\n" in head
        assert b"Gone" not in head
        assert b"Keep-Alive: 5" not in head


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Auth-Token : s3cret\r\n\r\n", "Invalid header token"),
        (b"GET /?token=s3cret HTTP/1.1\r\n\r\n", "Missing 'Host' header in request."),
        (b"GET s3cret HTTP/1.1\r\nHost: x\r\n\r\n", "Unexpected char in url schema"),
        (b"\x00s3cret\r\n\r\n", "Invalid method encountered"),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nX-Auth-Token: s3cret\r\nContent-Length: 1\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            "Transfer-Encoding can't be present with Content-Length",
        ),
    ],
)
def test_what_is_no_request_is_noted_without_its_bytes(
    request_: bytes, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """It may hold a token; nothing is printed, and the reason stands among the diagnostics."""
    upstream = Upstream(always(answer()))
    with running(upstream.url) as proxy:
        assert b" 400 Bad Request" in say(proxy.port, request_)
    (refused,) = proxy.refused
    assert reason in refused.reason
    assert "s3cret" not in refused.reason
    assert capfd.readouterr() == ("", "")
    assert upstream.heads == []


def test_an_upstream_that_speaks_no_http_is_502_without_its_bytes() -> None:
    """What it said may hold a token."""
    wrong = b"HTTP/1.1 200 OK\r\nX-Subject-Token : s3cret\r\n\r\n"
    with running(Upstream(always(wrong)).url) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        said = json.loads(response.read())["error_msg"]
        assert response.status == 502
        assert said == "the upstream failed (protocol): ClientResponseError: Invalid header token"
        failure = proxy.wait_for(1)[0].failure
        assert failure is not None
        assert said.endswith(failure.detail)


def test_a_fault_of_ours_is_noted_without_what_it_quotes() -> None:
    """The client gets 500, and the summary says that a request was lost."""

    def judge(_: Passed) -> list[str]:
        raise RecursionError("s3cret")

    with running(Upstream(always(answer())).url, judge=judge) as proxy:
        assert b" 500 Internal Server Error" in say(proxy.port, f"GET / {CLOSING}".encode())
    (refused,) = proxy.refused
    assert refused.reason == "a request was not passed on (RecursionError)"


def test_a_judge_holds_no_more_than_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that is too long to be judged passes as it comes."""
    monkeypatch.setattr("contract_tests.traffic.proxy.server.KEPT", 1000)
    more = threading.Event()

    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(CHUNKED + b"7d0\r\n" + b"x" * 2000 + b"\r\n")
        assert more.wait(10)
        connection.sendall(b"4\r\nrest\r\n0\r\n\r\n")

    with running(Upstream(script).url, judge=lambda _: []) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        assert response.read(2000) == b"x" * 2000
        more.set()
        assert response.read() == b"rest"


def test_the_host_is_kept_where_a_signature_covers_it() -> None:
    """With keep_host the upstream is told the name that the client used."""
    upstream = Upstream(always(answer()))
    with running(upstream.url, keep_host=True) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/", headers={"Host": "modelarts.example"})
        assert client.getresponse().read() == b"{}"
    assert b"Host: modelarts.example" in upstream.heads[0]


def test_a_whole_url_in_the_request_line_still_goes_to_the_upstream() -> None:
    """It is no open proxy: the host of the request line is not asked."""
    upstream = Upstream(always(answer()))
    with running(upstream.url) as proxy, socket.create_connection(("127.0.0.1", proxy.port)) as raw:
        raw.sendall(b"GET http://192.0.2.1/v1/x?y=1 HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n")
        assert raw.recv(12) == b"HTTP/1.1 200"
    assert upstream.heads[0].startswith(b"GET /v1/x?y=1 HTTP/1.1")


def test_an_answer_streams() -> None:
    """The first chunk is there before the upstream has made the second."""
    more = threading.Event()

    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(CHUNKED + b"5\r\nfirst\r\n")
        assert more.wait(10)
        connection.sendall(b"6\r\nsecond\r\n0\r\n\r\n")

    with running(Upstream(script).url) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        assert response.read(5) == b"first"
        more.set()
        assert response.read() == b"second"
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert proxy.wait_for(1)[0].answer == b"firstsecond"


def test_a_request_body_in_chunks_passes_in_chunks() -> None:
    """A body of no known length is not gathered first."""

    def script(connection: socket.socket, _: bytes) -> None:
        body = b""
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(1000)
        connection.sendall(answer(json.dumps({"got": body.decode()}).encode()))

    upstream = Upstream(script)
    with running(upstream.url) as proxy:
        client = connect(proxy.port)
        client.request("POST", "/", body=iter([b"one", b"two"]), encode_chunked=True)
        assert "one" in json.loads(client.getresponse().read())["got"]
        assert proxy.wait_for(1)[0].body == b"onetwo"
    assert b"transfer-encoding: chunked" in upstream.heads[0].lower()


def test_a_client_that_waits_for_100_continue_gets_it() -> None:
    """As curl does before a long body."""

    def script(connection: socket.socket, _: bytes) -> None:
        assert connection.recv(5) == b"hello"
        connection.sendall(answer())

    with (
        running(Upstream(script).url) as proxy,
        socket.create_connection(("127.0.0.1", proxy.port)) as raw,
    ):
        raw.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        )
        raw.settimeout(10)
        assert raw.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        raw.sendall(b"hello")
        assert raw.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize(
    ("method", "content", "length"),
    [
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n", "1234"),
        ("DELETE", b"HTTP/1.1 204 No Content\r\n\r\n", None),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", None),
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "0"),
    ],
)
def test_answers_without_a_body_have_none_and_keep_the_connection(
    method: str, content: bytes, length: str | None
) -> None:
    """HEAD, 204, 304 and empty ones, twice over one connection."""
    upstream = Upstream(always(content))
    with running(upstream.url) as proxy:
        client = connect(proxy.port)
        for _ in range(2):
            client.request(method, "/")
            response = client.getresponse()
            assert response.read() == b""
            assert response.headers["Content-Length"] == length
            assert "Content-Type" not in response.headers
        assert [p.answer for p in proxy.wait_for(2)] == [b"", b""]
    assert upstream.connections == 1


def test_an_upstream_that_hangs_is_504() -> None:
    """The client is told, and the failure is kept."""
    upstream = Upstream(lambda *_: time.sleep(5))
    with running(upstream.url, timeout=0.2) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        assert response.status == 504
        assert json.loads(response.read())["error_msg"] == (
            "the upstream failed (timeout): SocketTimeoutError: Timeout on reading data from socket"
        )
        (passed,) = proxy.wait_for(1)
        assert passed.failure is not None
        assert passed.failure.kind == "timeout"
        assert passed.status is None


def test_an_upstream_that_is_not_there_is_502() -> None:
    """Nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with running(f"http://127.0.0.1:{port}") as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        assert client.getresponse().status == 502
        failure = proxy.wait_for(1)[0].failure
        assert failure is not None
        assert failure.kind == "unreachable"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_upstream_that_hangs_up_is_502(method: str) -> None:
    """It takes the request and closes; nobody asks again, or the fault would be hidden."""
    upstream = Upstream(lambda connection, _: connection.shutdown(socket.SHUT_RDWR))
    with running(upstream.url) as proxy:
        client = connect(proxy.port)
        client.request(method, "/", body=b"x")
        assert client.getresponse().status == 502
        assert upstream.connections == 1
        failure = proxy.wait_for(1)[0].failure
        assert failure is not None
        assert failure.kind == "reset"


@pytest.mark.parametrize(
    "begin", [CHUNKED + b"5\r\nfirst\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfirst"]
)
def test_an_answer_that_breaks_off_breaks_off(begin: bytes) -> None:
    """The client must not take a part for the whole."""

    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(begin)
        time.sleep(0.2)
        connection.shutdown(socket.SHUT_RDWR)

    with running(Upstream(script).url) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            response.read()
        (passed,) = proxy.wait_for(1)
        assert passed.failure is not None
        assert passed.failure.kind == "truncated"
        assert passed.answer == b"first"


def test_a_client_that_goes_away_is_no_fault_of_the_upstream() -> None:
    """The exchange is kept as abandoned, and the proxy serves on."""

    def script(connection: socket.socket, head: bytes) -> None:
        if b"GET /long" not in head:
            connection.sendall(answer())
            return
        connection.sendall(CHUNKED)
        for _ in range(2000):
            connection.sendall(b"fa0\r\n" + b"x" * 4000 + b"\r\n")
            time.sleep(0.001)

    with running(Upstream(script).url) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/long")
        client.getresponse().read(10)
        assert client.sock is not None
        client.sock.close()
        client.close()
        (passed,) = proxy.wait_for(1)
        assert passed.abandoned
        assert passed.failure is None
        assert passed.record().raw.response is None
        again = connect(proxy.port)
        again.request("GET", "/")
        assert again.getresponse().status == 200


def test_200_clients_at_once_each_get_their_own_answer() -> None:
    """All of them wait for the upstream at the same time."""
    barrier = threading.Barrier(200, timeout=30)

    def script(connection: socket.socket, head: bytes) -> None:
        barrier.wait()
        connection.sendall(answer(head.split()[1]))

    def ask(number: int) -> bytes:
        client = connect(proxy.port)
        client.timeout = 40
        client.request("GET", f"/{number}")
        return client.getresponse().read()

    with running(Upstream(script).url) as proxy, ThreadPoolExecutor(200) as pool:
        found = list(pool.map(ask, range(200)))
        assert found == [f"/{number}".encode() for number in range(200)]
        assert len(proxy.wait_for(200)) == 200


def test_a_large_body_passes_whole_and_is_kept_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept says how much there was."""
    monkeypatch.setattr("contract_tests.traffic.proxy.server.KEPT", 1000)
    with running(Upstream(always(answer(b"x" * 300_000))).url) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        assert len(client.getresponse().read()) == 300_000
        (passed,) = proxy.wait_for(1)
        assert (len(passed.answer), passed.size) == (1000, 300_000)
        kept = passed.record().raw.response
        assert kept is not None
        assert kept.size == 300_000


def test_encodings_that_cannot_be_undone_are_not_asked_for() -> None:
    """The recorder has to read what passes."""
    upstream = Upstream(always(answer()))
    with running(upstream.url) as proxy:
        client = connect(proxy.port)
        for accepted in ("br, gzip;q=0.8, zstd", "br"):
            client.request("GET", "/", headers={"Accept-Encoding": accepted})
            client.getresponse().read()
    assert b"Accept-Encoding: gzip;q=0.8\r\n" in upstream.heads[0]
    assert b"Accept-Encoding: identity\r\n" in upstream.heads[1]
