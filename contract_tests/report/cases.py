"""A run as test cases, for the formats that know nothing else (JUnit, CTRF).

Its contract tests are cases, and so is each finding: failed where it fails the run, skipped
where the ledger knows it, passed with a note otherwise. A run that proved nothing is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contract_tests.report import wording
from contract_tests.verdicts import Nature, Run, TestOutcome, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; `message` is one line, `detail` may be several, both as others wrote them."""

    operation: str
    kind: Literal["tests", "findings", "run"]
    name: str
    status: Literal["passed", "failed", "error", "skipped"]
    seconds: float = 0.0
    message: str = ""
    detail: str = ""
    severity: str = ""
    nature: Nature = "violation"
    fingerprint: str = ""
    file: str = ""
    line: int = 0


def cases(run: Run) -> Iterator[Case]:
    """Every case of the run: tests, findings, and the run itself where it proved nothing."""
    yield from map(_test, run.tests)
    yield from (_finding(run, verdict) for verdict in run.verdicts)
    if run.outcome == "unproven":
        name = "the run proves something"
        yield Case(operation="run", kind="run", name=name, status="error", message=run.sentence)


def _test(test: TestOutcome) -> Case:
    return Case(
        operation=test.operation,
        kind="tests",
        name=test.name,
        status=test.outcome,
        seconds=max(test.duration, 0.0),
        message=test.message,
    )


def _finding(run: Run, verdict: Verdict) -> Case:
    finding = verdict.finding
    status, message = _status(run, verdict)
    return Case(
        operation=finding.place.operation,
        kind="findings",
        name=f"{finding.id} {wording.headline(verdict)}",
        status=status,
        message=message,
        detail="\n".join(_detail(verdict)),
        severity=finding.severity.label,
        nature=verdict.nature,
        fingerprint=finding.fingerprint,
        file=finding.source.file if finding.source else "",
        line=finding.source.line if finding.source else 0,
    )


def _status(run: Run, verdict: Verdict) -> tuple[Literal["passed", "failed", "skipped"], str]:
    finding = verdict.finding
    if verdict.fails(run.fail_on):
        return "failed", finding.message
    if verdict.state == "known":
        return "skipped", f"known: {verdict.ledger_id}"
    return "passed", f"{verdict.nature}, {finding.severity.label}, not failing: {finding.message}"


def _detail(verdict: Verdict) -> Iterator[str]:
    finding = verdict.finding
    yield from map(wording.says, finding.claims)
    yield f"{wording.ALONE[verdict.blame]}; seen {wording.times(verdict.count)}"
    yield f"fingerprint: {finding.fingerprint}"
    if finding.source:
        yield f"source: {finding.source}"
    if verdict.curl:
        yield verdict.curl
