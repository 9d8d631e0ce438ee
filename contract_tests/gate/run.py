"""Step 2: the contract tests, against the embedded mock or a target, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from contract_tests.errors import TargetError
from contract_tests.gate.step import Outcome, Step
from contract_tests.report.run_json import FILENAME, read_run
from contract_tests.report.store import LATEST
from contract_tests.verdicts import Run

NAME = "contract run"

_OUTCOMES: dict[int, Outcome] = {0: "passed", 1: "failed"}


def run_contract(options: Sequence[str], reports: Path) -> tuple[Step, Path | None]:
    """Run the suite with the options of `contract-tests run`.

    Returns:
        The step, and the folder of the run; None where it left none.

    Raises:
        TargetError: the run could not be made; the message is its own.
        InputError: what it left cannot be read.
    """
    before = _latest(reports)
    code, message = _run(["run", *options, "--reports", str(reports), "--quiet"])
    folder = _latest(reports)
    if folder is None or folder == before:
        raise TargetError(message or f"the run ended with {code} and left no report")
    run = read_run(folder / FILENAME)
    return Step(NAME, _outcome(code, run), tuple(_reasons(run))), folder


def _outcome(code: int, run: Run) -> Outcome:
    outcome = _OUTCOMES.get(code, "undecided")
    return "known" if outcome == "passed" and run.known else outcome


def _reasons(run: Run) -> Iterator[str]:
    yield f"{run.target.kind} {run.target.base_url}: {run.sentence}".replace("  ", " ")
    for verdict in run.new:
        if verdict.fails(run.fail_on):
            finding = verdict.finding
            yield f"{finding.place}: {finding.message} ({finding.id}; {verdict.blame} alone)"
    for test in run.tests:
        if test.outcome == "error":
            yield f"{test.name} could not be run"


def _run(arguments: Sequence[str]) -> tuple[int, str]:
    """The exit code and the last line of errors; an interrupted run first puts things back."""
    command = [sys.executable, "-m", "contract_tests", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace")  # noqa: S603
    try:
        _, errors = process.communicate()
    except KeyboardInterrupt:
        process.wait()
        raise
    lines = [line for line in errors.splitlines() if line.strip()]
    return process.returncode, lines[-1].removeprefix("error: ") if lines else ""


def _latest(reports: Path) -> Path | None:
    link = reports / LATEST
    return link.resolve() if link.is_symlink() and link.exists() else None
