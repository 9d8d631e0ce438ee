"""Whether a target can be tested at all, and over TLS."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tests.contract import Match, Operation, View
from contract_tests.errors import TargetError
from contract_tests.exchange import Request
from contract_tests.targets import retry
from contract_tests.targets.session import open_session
from contract_tests.targets.target import Secrets
from tests.targets.live.conftest import ONE, PROJECT, QUICK, TOKEN, Opener, live
from tests.targets.live.service import Seen, Service, answer, running, say

HTML = answer(200, b"<!doctype html><title>Sign in</title>", Content_Type="text/html")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that these tests meet is transient."""
    monkeypatch.setattr(retry, "LIVE", retry.Patience(retries=0))


def problem(open_live: Opener, **fields: object) -> str:
    """The one line that a target gets that cannot be tested."""
    with pytest.raises(TargetError) as caught:
        open_live(**fields).check_reachable()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_target_that_answers_is_reachable(open_live: Opener, service: Service) -> None:
    """It was asked for a notebook and the list, which changes nothing."""
    open_live().check_reachable()
    assert {seen.method for seen in service.seen} == {"GET"}


@pytest.mark.parametrize("status", [200, 404, 500])
def test_a_strange_answer_is_for_the_tests_to_judge(
    status: int, open_live: Opener, service: Service
) -> None:
    """Only what speaks against all of a run ends it."""
    service.play = say(answer(status, b"nonsense"))
    open_live().check_reachable()


def test_nobody_there(open_live: Opener, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setattr(service, "url", url)
    assert problem(open_live) == (
        f"{url} does not answer (unreachable: ConnectionRefusedError: [Errno 111] "
        "Connection refused); check --base-url, and --ca-file if its certificate is your own"
    )


def test_a_hung_service(open_live: Opener, service: Service) -> None:
    """It takes no longer than the time-out, twice."""

    def hang(_: socket.socket, __: Seen) -> bool:
        time.sleep(1)
        return False

    service.play = hang
    told = problem(open_live, timeout=0.1)
    assert told.startswith(f"{service.url} does not answer (timeout: ")
    assert told.endswith("; check --base-url, or wait longer with --timeout")


def test_a_web_page(open_live: Opener, service: Service) -> None:
    """A gateway's sign-in page is not the API."""
    service.play = say(HTML)
    assert problem(open_live) == f"{service.url} answers HTML, not this API; check --base-url"


def test_a_refused_token(open_live: Opener, service: Service) -> None:
    """Nothing can be proved with it."""
    service.play = say(answer(401))
    assert problem(open_live) == f"{service.url} refuses the credentials (401); renew them"


def test_a_contract_without_the_list_is_judged_by_one_answer(
    service: Service, view: View, tmp_path: Path
) -> None:
    """And one without either operation by none."""
    service.play = say(HTML)
    for names, reachable in ((("ShowNotebook",), False), (("StartNotebook",), True)):
        operations = tuple(item for item in view.operations if item.id in names)
        few = Routes(operations, view)
        session = open_session(live(service.url), Secrets.of(TOKEN), few, tmp_path, limits=QUICK)
        if reachable:
            session.check_reachable()
        else:
            with pytest.raises(TargetError, match="answers HTML"):
                session.check_reachable()


@dataclass(frozen=True)
class Routes:
    """A contract that has only some operations."""

    operations: tuple[Operation, ...]
    view: View

    def match(self, method: str, path: str) -> Match | None:
        """As the whole contract, if it is one of the operations."""
        found = self.view.match(method, path)
        return found if found and found.operation in self.operations else None


class TestTls:
    """TLS is verified unless somebody says otherwise."""

    def look(self, certificate: Path, view: View, folder: Path, **fields: object) -> str:
        """What becomes of a look over TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        if "cert" in fields:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(certificate)
        with running(say(answer()), tls=context) as service:
            target = live(service.url, **fields)
            with open_session(target, Secrets.of(TOKEN), view, folder, limits=QUICK) as session:
                url = f"{service.url}/v1/{PROJECT}/notebooks/{ONE}"
                exchange = session.send(session.authorize(Request("GET", url)))
            assert len(service.seen) == (exchange.response is not None)
        return exchange.failure.detail if exchange.failure else "answered"

    def test_an_unknown_certificate_is_refused(
        self, certificate: Path, view: View, tmp_path: Path
    ) -> None:
        """Before anything is sent."""
        told = self.look(certificate, view, tmp_path)
        assert "CERTIFICATE_VERIFY_FAILED" in told

    def test_a_ca_file_vouches_for_it(self, certificate: Path, view: View, tmp_path: Path) -> None:
        """`--ca-file`."""
        assert self.look(certificate, view, tmp_path, verify=str(certificate)) == "answered"

    @pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
    def test_insecure_asks_no_questions(
        self, certificate: Path, view: View, tmp_path: Path
    ) -> None:
        """`--insecure`; urllib3 warns of it, and that is well."""
        assert self.look(certificate, view, tmp_path, verify=False) == "answered"

    def test_a_client_certificate_is_shown(
        self, certificate: Path, view: View, tmp_path: Path
    ) -> None:
        """`--client-cert`, to a service that demands one."""
        fields = {"verify": str(certificate), "cert": str(certificate)}
        assert self.look(certificate, view, tmp_path, **fields) == "answered"

    def test_a_proxy_sees_no_credentials(
        self, certificate: Path, view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`HTTPS_PROXY` gets the host to connect to, and bytes that it cannot read."""
        with running(tunnel) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            monkeypatch.setenv("NO_PROXY", "")
            assert self.look(certificate, view, tmp_path, verify=str(certificate)) == "answered"
            (connect,) = proxy.seen
        assert connect.line.startswith("CONNECT 127.0.0.1:")
        assert TOKEN.encode() not in connect.raw


def tunnel(connection: socket.socket, seen: Seen) -> bool:
    """Plays a proxy: connects to where it is told, and carries bytes both ways."""
    host, _, port = seen.target.partition(":")
    with socket.create_connection((host, int(port))) as beyond:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        ways = [(connection, beyond), (beyond, connection)]
        threads = [threading.Thread(target=carry, args=way, daemon=True) for way in ways]
        for thread in threads:
            thread.start()
        threads[1].join()
    return False


def carry(source: socket.socket, sink: socket.socket) -> None:
    """Carries bytes one way until there are no more."""
    with suppress(OSError):
        while piece := source.recv(65_536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
