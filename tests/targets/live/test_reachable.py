"""Whether a target can be tested at all, and over TLS."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from pathlib import Path
from shutil import which

import pytest

from contract_tests.contract import View
from contract_tests.errors import TargetError
from contract_tests.exchange import Request
from contract_tests.targets import retry
from contract_tests.targets.session import open_session
from contract_tests.targets.target import Secrets
from tests.targets.live.conftest import ONE, PROJECT, QUICK, TOKEN, Opener, live
from tests.targets.live.service import Seen, Service, answer, running, say

HTML = answer(200, b"<!doctype html><title>Sign in</title>", Content_Type="text/html")


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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    if which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    key = file.with_suffix(".key")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", key, "-out", file], check=True, capture_output=True)
    file.write_text(file.read_text() + key.read_text())
    return file


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
        self, certificate: Path, view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Before anything is sent."""
        monkeypatch.setattr(retry, "LIVE", retry.Patience(retries=0))
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
