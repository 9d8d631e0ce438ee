"""A run that is interrupted puts back what it started; one that is killed leaves it to the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tests.contract import View
from contract_tests.targets.cleanup import Limits
from contract_tests.targets.session import open_session
from contract_tests.targets.target import Secrets
from tests.targets.live.conftest import FOREIGN, TOKEN, live
from tests.targets.live.service import Notebooks, Service

RUN = """
    import os, signal, sys
    from pathlib import Path
    from contract_tests.contract import load_contract
    from contract_tests.exchange import Request
    from contract_tests.targets.session import open_session
    from contract_tests.targets.target import Secrets
    from tests.targets.live.conftest import ONE, PROJECT, QUICK, TOKEN, TWO, live

    url, folder = sys.argv[1:]
    view = load_contract().view("documented")

    def run():
        target = live(url, max_starts=None)
        with open_session(target, Secrets.of(TOKEN), view, Path(folder), limits=QUICK) as session:
            for number in range(1_000_000):
                for verb in ("start", "stop"):
                    address = f"{url}/v1/{PROJECT}/notebooks/{(ONE, TWO)[number % 2]}/{verb}"
                    session.send(session.authorize(Request("POST", address)))

    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run behind
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run()
            finally:
                os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)
"""


@dataclass
class Runs:
    """Begins runs in processes of their own, and ends them."""

    service: Service
    process: subprocess.Popen[str]

    def end(self, how: signal.Signals, after: int) -> None:
        """Begin a run, and end it once the service has seen so many requests of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        reached = len(self.service.seen) + after
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        while len(self.service.seen) < reached:
            time.sleep(0.0001)
        os.kill(child, how)
        assert self.process.stdout.readline() == "ended\n"


@pytest.fixture
def runs(service: Service, tmp_path: Path) -> Iterator[Runs]:
    """Runs on the service, with their journals in `tmp_path`."""
    program = [sys.executable, "-c", textwrap.dedent(RUN), service.url, str(tmp_path)]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield Runs(service, process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_puts_back(
    how: signal.Signals, runs: Runs, notebooks: Notebooks, tmp_path: Path
) -> None:
    """Ctrl-C and a polite kill: the run itself does it."""
    runs.end(how, after=20)
    assert notebooks.started
    assert notebooks.running() == set()
    assert list(tmp_path.iterdir()) == []


def check_killed_runs(
    runs: Runs, notebooks: Notebooks, view: View, folder: Path, points: range
) -> None:
    """Kill a run at each point; after a cleanup nothing runs and no journal is left."""
    limits = Limits(settling=0.3, first_pause=0.02, longest_pause=0.05)
    for point in points:
        runs.end(signal.SIGKILL, after=point)
        with open_session(live(runs.service.url), Secrets.of(TOKEN), view, folder, limits=limits):
            assert notebooks.running() == set(), point
        assert list(folder.iterdir()) == []
    assert notebooks.started
    assert notebooks.states[FOREIGN] == "STOPPED"


def test_a_killed_run_is_put_back(
    runs: Runs, notebooks: Notebooks, view: View, tmp_path: Path
) -> None:
    """Whatever it was doing."""
    check_killed_runs(runs, notebooks, view, tmp_path, range(1, 31, 3))


@pytest.mark.slow
def test_a_run_killed_at_a_hundred_points_is_put_back(
    runs: Runs, notebooks: Notebooks, view: View, tmp_path: Path
) -> None:
    """At each of its first hundred requests."""
    check_killed_runs(runs, notebooks, view, tmp_path, range(1, 101))
