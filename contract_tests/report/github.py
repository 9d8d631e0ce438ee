"""`github-annotations.txt`: GitHub's workflow commands; and the job's summary.

In a workflow `announce` prints the commands, which become annotations of the changed files,
and adds the comment to the page of the job. GitHub shows ten of a kind per step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from contract_tests.findings import Severity, Source
from contract_tests.report import markdown, wording
from contract_tests.report.located import locator
from contract_tests.report.visible import visible
from contract_tests.verdicts import Run, Verdict

FILENAME = "github-annotations.txt"
MOST_OF_A_KIND = 10

_KIND = {
    Severity.BREAKS_CLIENTS: "error",
    Severity.MISLEADS: "warning",
    Severity.COSMETIC: "notice",
}


def announce(run: Run, environment: Mapping[str, str], output: TextIO) -> None:
    """Tell GitHub of the run, where `environment` says that this is one of its jobs."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return
    output.write(render(run))
    if summary := environment.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(markdown.render(run))


def render(run: Run) -> str:
    """The worst new findings as commands, the verdict last."""
    locate = locator(run)
    lines: list[str] = []
    for kind in ("error", "warning", "notice"):
        of_kind = (v for v in run.new if _kind(run, v) == kind)
        lines += [_command(kind, v, next(iter(locate(v)), None)) for v in of_kind][:MOST_OF_A_KIND]
    lines.append(f"::notice title=contract-tests::{_data(f'{run.outcome}: {run.sentence}')}")
    return "\n".join(lines) + "\n"


def _kind(run: Run, verdict: Verdict) -> str:
    return _KIND[verdict.finding.severity] if verdict.fails(run.fail_on) else "notice"


def _command(kind: str, verdict: Verdict, source: Source | None) -> str:
    finding = verdict.finding
    title = f"{finding.id} {wording.headline(verdict)}"
    text = f"{finding.message} ({wording.ALONE[verdict.blame]})"
    return f"::{kind} {''.join(_where(source))}title={_property(title)}::{_data(text)}"


def _where(source: Source | None) -> Iterator[str]:
    if source is not None:
        yield f"file={_property(source.file)},"
        if source.line:
            yield f"line={source.line},"


def _data(text: str) -> str:
    return visible(text, 300).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
