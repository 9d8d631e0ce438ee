"""How long the suite takes, beside `st run` of schemathesis, on the same spec and mock.

    python benchmarks/suite_speed.py
    python benchmarks/suite_speed.py --classes response,state

Both meet the mock that answers as the page documents; `st run` with all phases, once as it is
started by anybody, once told the ids of project and notebook (else it gets nothing but
refusals). CPU time is that of the tool and its mock together. Printed besides is the time to the
first finding for one fault of each class.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from contract_tests.contract import load_contract
from contract_tests.targets.faults import all_faults, pick_faults
from contract_tests.targets.mock import KLASSES, serve

SPEC = Path(__file__).parents[1] / "spec" / "modelarts-notebook.openapi.yaml"
PLAY = ("--play", "documented", "--view", "documented")
ST = (str(Path(sys.executable).parent / "st"),)
PHASES = ("--phases", "examples,coverage,fuzzing,stateful", "--no-color")


@dataclass(frozen=True)
class Cost:
    """What one run took, in seconds, and how many requests the mock answered."""

    code: int
    wall: float
    cpu: float
    requests: int
    first: float = 0.0
    """Until the first finding."""

    def row(self, name: str) -> str:
        """One line."""
        pace = f"{self.requests / self.wall:7.0f}/s {self.requests / self.cpu:7.0f}/CPU s"
        took = f"{self.wall:6.1f} s wall {self.cpu:6.1f} s CPU"
        return f"{name:<22} exit {self.code} {took} {self.requests:6} requests {pace}"


def children() -> float:
    """CPU seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def suite(budget: str, faults: Sequence[str] = ()) -> Cost:
    """One run of the suite with its embedded mock."""
    chosen = [part for fault in faults for part in ("--fault", fault)]
    with tempfile.TemporaryDirectory() as folder:
        started, cpu = time.monotonic(), children()
        command = [sys.executable, "-m", "contract_tests", "run", "-q", "--budget", budget]
        done = subprocess.run([*command, *PLAY, *chosen], cwd=folder, check=False)
        wall = time.monotonic() - started
        run = json.loads(Path(folder, "reports", "latest", "run.json").read_text())
    before = wall - sum(test["duration"] for test in run["tests"])
    first = 0.0
    for test in run["tests"]:
        before += test["duration"]
        if test["outcome"] == "failed":
            first = before
            break
    return Cost(done.returncode, wall, children() - cpu, len(run["beats"]), first)


def serving(pipe: Connection, faults: Sequence[str]) -> None:
    """Serve a mock until told to stop; say then how many requests came."""
    view = load_contract().view("documented")
    with serve(view, faults=pick_faults(view, faults)) as mock:
        pipe.send((mock.url, mock.token, mock.project_id, mock.notebook_ids[0]))
        pipe.recv()
        pipe.send(len(mock.requests))


def schemathesis(faults: Sequence[str] = (), *, knows_ids: bool) -> Cost:
    """One `st run` against a mock in a process of its own."""
    ours, theirs = get_context("spawn").Pipe()
    cpu = children()
    process = get_context("spawn").Process(target=serving, args=(theirs, faults))
    process.start()
    url, token, project, notebook = ours.recv()
    stop = ("--max-failures", "1") if faults else ("--continue-on-failure",)
    with tempfile.TemporaryDirectory() as folder:
        names = {"path.project_id": project, "path.id": notebook} if knows_ids else {}
        lines = "".join(f'"{name}" = "{value}"\n' for name, value in names.items())
        Path(folder, "schemathesis.toml").write_text(f"[parameters]\n{lines}")
        started = time.monotonic()
        done = subprocess.run(
            [*ST, "run", str(SPEC), "--url", url, "-H", f"X-Auth-Token: {token}", *PHASES, *stop],
            cwd=folder,
            env={**os.environ, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        wall = time.monotonic() - started
    ours.send("stop")
    requests = ours.recv()
    process.join()
    if done.returncode > 1:
        print(re.sub(re.escape(token), "…", done.stdout[-2000:] + done.stderr[-500:]))
    return Cost(done.returncode, wall, children() - cpu, requests, wall if done.returncode else 0)


def compare() -> None:
    """To a green verdict, and requests a second."""
    rows = {
        "suite, quick": suite("quick"),
        "suite, standard": suite("standard"),
        "st run": schemathesis(knows_ids=False),
        "st run, with ids": schemathesis(knows_ids=True),
    }
    for name, cost in rows.items():
        print(cost.row(name), flush=True)
    for rival in ("st run", "st run, with ids"):
        for ours in ("suite, quick", "suite, standard"):
            one, other = rows[ours], rows[rival]
            pace = (one.requests / one.wall) / (other.requests / other.wall)
            print(
                f"{ours} / {rival}: wall {one.wall / other.wall:.2f}, "
                f"CPU {one.cpu / other.cpu:.2f}, requests a second {pace:.2f}"
            )


def first_findings(classes: Sequence[str]) -> None:
    """Seconds to the first finding, for the first fault of each class."""
    faults = all_faults(load_contract().view("documented"))
    for klass in classes:
        fault = next(each.id for each in faults if each.klass == klass)
        one, other = suite("quick", [fault]), schemathesis([fault], knows_ids=True)
        ratio = f"{one.first / other.first:.2f}" if one.first and other.first else "none"
        told = [f"{cost.first:5.1f} s" if cost.first else "not found" for cost in (one, other)]
        print(f"{klass:<20} {fault:<40} suite {told[0]}, st {told[1]}, ratio {ratio}", flush=True)


def main() -> None:
    """Compare, then find."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--classes", default=",".join(KLASSES), help="of faults; '' for none")
    parser.add_argument("--no-costs", action="store_true", help="only the first findings")
    given = parser.parse_args()
    if not given.no_costs:
        compare()
    first_findings([klass for klass in given.classes.split(",") if klass])


if __name__ == "__main__":
    main()
