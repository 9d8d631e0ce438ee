"""Whole sessions: a client, the proxy as a process, the mock; and the HAR read again."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from contract_tests.contract import load_contract
from contract_tests.targets.mock import Mock, serve
from tests.traffic.proxy.conftest import Upstream, always, answer
from tests.traffic.samples import NOTEBOOK, PROJECT, notebook

WRONG = json.dumps(notebook(status="SLEEPING", token="5cc60e8b-8772-7690-efd6")).encode()


class Session:
    """The proxy as a process."""

    def __init__(
        self,
        folder: Path,
        upstream: str,
        *options: str,
        limited: Callable[[], None] | None = None,
    ) -> None:
        """Start it; it is ready once it has said where it listens."""
        self.folder = folder
        self.har = folder / "session.har"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "contract_tests", "proxy", "--upstream", upstream),
                *("--listen", "127.0.0.1:0", "--har", str(self.har)),
                *("--reports", str(folder / "reports"), *options),
            ],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
            start_new_session=True,
            preexec_fn=limited,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().partition(" -> ")[0]

    def end(self, *signals: signal.Signals) -> tuple[int, str, str]:
        """End it as ctrl-C does, or by other signals: exit code, what it printed, its errors."""
        for each in signals or (signal.SIGINT,):  # to its children too, as a terminal does
            os.killpg(self.process.pid, each)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err

    def findings(self) -> Findings:
        """The findings of its reports."""
        return findings(self.folder / "reports")


Findings = set[tuple[str, str, tuple[str, ...]]]
"""Id, place and values of findings."""


def findings(reports: Path) -> Findings:
    """The findings of the last run."""
    run = json.loads((reports / "latest" / "run.json").read_text())
    found = (verdict["finding"] for verdict in run["verdicts"])
    return {(f["id"], json.dumps(f["place"]), tuple(f["values"])) for f in found}


def shown(reports: Path) -> dict[str, int]:
    """Where in the HAR each finding of the last run shows best."""
    account = json.loads((reports / "latest" / "traffic.json").read_text())
    return {fingerprint: found["offset"] for fingerprint, found in account["findings"].items()}


@contextmanager
def session(
    folder: Path, upstream: str, *options: str, limited: Callable[[], None] | None = None
) -> Iterator[Session]:
    """A session that is over at the end, whatever happens."""
    running = Session(folder, upstream, *options, limited=limited)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()


def verified_again(one: Session) -> Findings:
    """The findings of `verify` on the session's HAR, which shows them at the same entries."""
    reports = one.folder / "again"
    subprocess.run(
        [
            *(sys.executable, "-m", "contract_tests", "verify", str(one.har), "--quiet"),
            *("--reports", str(reports)),
        ],
        check=False,
        cwd=one.folder,
    )
    assert shown(reports) == shown(one.folder / "reports")
    return findings(reports)


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    """The service to be recorded."""
    with serve(load_contract().view("observed"), seed=3) as serving:
        yield serving


def test_the_vendors_sdk_through_the_proxy_and_its_har_show_the_same(
    mock: Mock, tmp_path: Path
) -> None:
    """Start, show, list, stop, and a refusal; each party keeps its findings, none is lost."""
    pytest.importorskip("huaweicloudsdkmodelarts", reason="the vendor's SDK is not installed")
    with session(tmp_path, mock.url) as one:
        client, models = sdk(one.url, mock.project_id, mock.token)
        ids = mock.notebook_ids
        client.start_notebook(
            models.StartNotebookRequest(id=ids[0], duration=3600000, type="timing")
        )
        client.show_notebook(models.ShowNotebookRequest(id=ids[0]))
        client.list_notebooks(models.ListNotebooksRequest(limit=5))
        client.stop_notebook(models.StopNotebookRequest(id=ids[0]))
        with pytest.raises(Exception, match=r"ModelArts\.\d+"):
            client.start_notebook(models.StartNotebookRequest(id="no-such-notebook"))
        code, out, err = one.end()
        assert err == ""
        assert "5 exchanges" in out
        assert "StartNotebook 200" in out
        assert code in (0, 1)
        assert mock.token not in one.har.read_text()
        assert one.findings()
        assert verified_again(one) == one.findings()
        account = json.loads((tmp_path / "reports" / "latest" / "traffic.json").read_text())
        assert account["records"] == 5


def test_findings_make_it_exit_1_and_stand_in_the_reports(tmp_path: Path) -> None:
    """A made-up status, seen twice; the HAR is masked and shows the same again."""
    with session(tmp_path, Upstream(always(answer(WRONG))).url) as one:
        for _ in range(2):
            start(one.url)
        code, out, _ = one.end()
        assert code == 1
        assert "StartNotebook:NotebookResp.status = SLEEPING" in out
        assert "2 times" in out
        assert f"  {one.har}@" in out
        text = one.har.read_text()
        assert "made-up-token-of-some-length" not in text
        assert "5cc60e8b-8772" not in text
        assert verified_again(one) == one.findings()


def test_a_long_answer_shows_the_same_again(tmp_path: Path) -> None:
    """Longer than what reports show of a body: it stands whole in the HAR."""
    long = json.dumps(notebook(status="SLEEPING", description="x" * 2_000_000)).encode()
    with session(tmp_path, Upstream(always(answer(long))).url) as one:
        start(one.url)
        one.end()
        assert "response-schema" in {id_ for id_, *_ in one.findings()}
        assert verified_again(one) == one.findings()


def test_enforce_answers_502_with_the_finding(tmp_path: Path) -> None:
    """What breaks the contract does not reach the client; what is known or right does."""
    good = json.dumps(notebook(status="STARTING", lease={"type": "TIMING"})).encode()
    script = lambda connection, head: connection.sendall(  # noqa: E731
        answer(WRONG if b"?wrong" in head else good)
    )
    with session(tmp_path, Upstream(script).url, "--enforce") as one:
        withheld, passed = start(one.url, query="?wrong"), start(one.url)
        code, _, _ = one.end()
    assert withheld.status_code == 502
    assert withheld.json()["error_msg"] == "the answer breaks the contract"
    assert withheld.json()["findings"][0].startswith(
        "response-schema: StartNotebook:NotebookResp.status: $.status: SLEEPING is none of"
    )
    assert passed.status_code == 200
    assert passed.content == good
    assert code == 1


def test_failures_of_the_upstream_stand_in_the_har_too(tmp_path: Path) -> None:
    """An answer that breaks off and a hang are findings, read back from the HAR as such."""

    def script(connection: socket.socket, head: bytes) -> None:
        if b"/broken/" in head:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{")
        connection.shutdown(socket.SHUT_RDWR)

    with session(tmp_path, Upstream(script).url) as one:
        with pytest.raises(requests.RequestException):
            start(one.url, "broken")
        assert start(one.url, "gone").status_code == 502
        one.end()
        assert {(id_, values) for id_, _, values in one.findings()} >= {
            ("no-answer", ("reset", "truncated"))
        }
        assert verified_again(one) == one.findings()


@pytest.mark.parametrize(
    "signals",
    [(signal.SIGTERM,), (signal.SIGINT, signal.SIGINT, signal.SIGTERM)],
    ids=["as timeout does", "as impatient people do"],
)
def test_however_it_is_ended_nothing_is_lost(
    signals: tuple[signal.Signals, ...], tmp_path: Path
) -> None:
    """Summary, reports and a whole HAR, whatever its process group is sent."""
    with session(tmp_path, Upstream(always(answer(WRONG))).url) as one:
        start(one.url)
        code, out, err = one.end(*signals)
    assert (code, err) == (1, "")
    assert "1 exchange in" in out
    assert len(json.loads(one.har.read_text())["log"]["entries"]) == 1


def test_a_proxy_that_is_killed_leaves_a_whole_har(tmp_path: Path) -> None:
    """Of what had passed until then; its recorder outlives it for that."""
    with session(tmp_path, Upstream(always(answer(WRONG))).url) as one:
        start(one.url)
        wait_until(lambda: "SLEEPING" in Path(f"{one.har}.unfinished").read_text())
        one.process.kill()
        assert one.process.communicate(timeout=60) == ("", "")
    assert len(json.loads(one.har.read_text())["log"]["entries"]) == 1


def test_a_proxy_whose_output_nobody_reads_ends_too(tmp_path: Path) -> None:
    """It cannot say where it listens; it neither hangs nor leaves half a HAR."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "contract_tests", "proxy"),
            *("--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:0"),
        ],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["session.har"]


@pytest.mark.parametrize("asked", [0, 1])
def test_a_session_that_proved_nothing_is_exit_2(asked: int, tmp_path: Path) -> None:
    """Tests that were pointed elsewhere must not look as if they had passed."""
    with session(tmp_path, Upstream(always(answer())).url) as one:
        for _ in range(asked):
            requests.get(f"{one.url}/elsewhere", timeout=20)
        code, out, _ = one.end()
    assert code == 2
    assert "UNPROVEN  Nothing is proven: no successful answer was checked" in out


def test_two_sessions_do_not_write_one_har(tmp_path: Path) -> None:
    """The second is told; the first is not disturbed."""
    upstream = Upstream(always(answer(WRONG)))
    with session(tmp_path, upstream.url) as one:
        with session(tmp_path, upstream.url) as two:
            assert two.process.wait(60) == 2
            assert two.process.stderr is not None
            told = two.process.stderr.read()
        assert "session.har.unfinished: another session writes it, or was killed" in told
        start(one.url)
        assert one.end()[0] == 1
    assert len(json.loads(one.har.read_text())["log"]["entries"]) == 1


def test_a_har_that_finds_no_room_does_not_take_the_findings_with_it(tmp_path: Path) -> None:
    """They are reported; then it is told where the HAR ends, with exit 2."""
    script = lambda connection, head: connection.sendall(  # noqa: E731
        answer(b"x" * 900_000 if b"/much" in head else WRONG)
    )
    limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))  # noqa: E731
    with session(tmp_path, Upstream(script).url, limited=limited) as one:
        requests.get(f"{one.url}/much", timeout=20)
        start(one.url)
        code, out, err = one.end()
    assert "StartNotebook:NotebookResp.status = SLEEPING" in out
    assert code == 2
    assert "session.har: cannot be written: File too large; see" in err
    assert not one.har.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--listen", "0.0.0.0:0"), "reached from other machines; add --allow other-interfaces"),
        (("--har", "/proc/no/session.har"), "session.har: cannot be written"),
        (("--har", "/dev/null"), "/dev/null: is no file; name one that may be replaced"),
        (("--upstream", "http://[::1"), "--upstream: no URL of a service; write https://host"),
        (("--listen", "nowhere.invalid:0", "--allow", "other-interfaces"), "cannot listen there"),
        (("--upstream", "https://evil.example"), "add --allow other-upstreams"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    """Before anything is listened on."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "contract_tests", "proxy"),
            *("--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:0", *options),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_does_not_ask_itself(tmp_path: Path) -> None:
    """Each request would beget another."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with session(tmp_path, f"http://127.0.0.1:{port}/", "--listen", f"127.0.0.1:{port}") as one:
        _, told = one.process.communicate(timeout=60)
    assert told == f"error: http://127.0.0.1:{port}: the proxy would ask itself; name the service\n"
    assert one.process.returncode == 2


def wait_until(seen: Callable[[], bool]) -> None:
    """Wait, if not for ever."""
    deadline = time.monotonic() + 30
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def start(url: str, id_: str = NOTEBOOK, query: str = "") -> requests.Response:
    """Ask to start a notebook."""
    return requests.post(
        f"{url}/v1/{PROJECT}/notebooks/{id_}/start{query}",
        headers={
            "X-Auth-Token": "made-up-token-of-some-length",
            "Content-Type": "application/json",
        },
        timeout=20,
    )


def sdk(url: str, project_id: str, token: str) -> tuple[Any, Any]:
    """The vendor's client and its models, with a token in the place of a signature."""
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkmodelarts.v1 import ModelArtsClient, model

    credentials = BasicCredentials("access-key", "secret-key", project_id)
    sign = credentials.sign_request

    def with_token(request: Any) -> Any:
        signed = sign(request)
        signed.header_params["X-Auth-Token"] = token
        return signed

    credentials.sign_request = with_token
    builder = ModelArtsClient.new_builder().with_credentials(credentials)
    return builder.with_endpoint(url).build(), model
