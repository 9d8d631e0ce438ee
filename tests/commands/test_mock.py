"""`contract-tests mock`: what it prints, and how it ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

COMMAND = [sys.executable, "-m", "contract_tests", "mock"]


@contextmanager
def running(*options: str) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """A mock in a process of its own, with the JSON of its first line."""
    process = subprocess.Popen(
        [*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
    finally:
        process.kill()
        process.communicate()


def failing(*options: str) -> str:
    """What a mock that cannot serve says on stderr."""
    done = subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_the_first_line_is_all_a_client_needs() -> None:
    """URL, token, project and notebooks suffice for a start; the others are refused."""
    with running("--play", "documented", "--seed", "3") as (line, _):
        base = f"{line['url']}/v1/{line['project_id']}/notebooks"
        url = f"{base}/{line['notebook_ids'][0]}/start"
        statuses = [
            requests.post(url, headers={"X-Auth-Token": line[name]}, timeout=10).status_code
            for name in ("token", "other_token", "expired_token")
        ]
        foreign = f"{base}/{line['other_notebook_ids'][0]}"
        shown = requests.get(foreign, headers={"X-Auth-Token": line["token"]}, timeout=10)
    assert statuses == [200, 403, 401]
    assert shown.status_code == 404
    assert line["other_project_id"] != line["project_id"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM: exit 0, nothing on stderr."""
    with running() as (_, process):
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_port_in_use_is_one_line() -> None:
    """Exit 2 and what to do, without a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        errors = failing("--port", str(port))
    assert errors == (
        f"error: port {port} is in use; choose another, or leave it out for a free one\n"
    )


def test_an_unknown_fault_is_one_line() -> None:
    """Exit 2 with a near id."""
    assert "did you mean body-duplicate-key?" in failing("--fault", "body-duplicat-key")


def test_a_fault_is_served() -> None:
    """A fault given on the command line shows in the answers."""
    with running("--fault", "body-nan") as (line, _):
        url = f"{line['url']}/v1/{line['project_id']}/notebooks/{line['notebook_ids'][0]}/start"
        body = requests.post(url, headers={"X-Auth-Token": line["token"]}, timeout=10).text
    assert '"capacity": NaN' in body


def test_the_faults_are_listed() -> None:
    """One line a fault: id, class, description."""
    listed = subprocess.run(
        [*COMMAND, "--list-faults"], capture_output=True, text=True, timeout=60, check=True
    ).stdout.splitlines()
    assert len(listed) > 1000
    found = [line.split(maxsplit=2) for line in listed if line.startswith("body-nan ")]
    assert found == [["body-nan", "response", "a start answers NaN"]]
