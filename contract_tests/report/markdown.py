"""`comment.md`: the comment on a pull request, the worst first, under GitHub's limit.

It begins with a marker by which a pipeline finds its earlier comment and replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.findings import Claim
from contract_tests.report import wording
from contract_tests.report.evidence import Line, request_lines, response_lines
from contract_tests.report.markdown_text import block, code, plain, table
from contract_tests.verdicts import LedgerState, Run, Verdict

FILENAME = "comment.md"
MARKER = "<!-- contract-tests -->"
LIMIT = 65_000
"""Characters; GitHub refuses a comment above 65 536."""

_SIGN = {"passed": "✅", "failed": "❌", "unproven": "⚠️"}
_ROOM_FOR_REST = 200


def render(run: Run) -> str:
    """The comment; findings that no longer fit are counted."""
    head, foot = "\n\n".join(_head(run)), "\n\n".join(_foot(run))
    findings = _fitting(run.new, LIMIT - len(head) - len(foot) - _ROOM_FOR_REST)
    return "\n\n".join(filter(None, (head, *findings, foot))) + "\n"


def _head(run: Run) -> Iterator[str]:
    yield f"{MARKER}\n## {_SIGN[run.outcome]} Contract: {run.outcome}"
    yield plain(run.sentence)
    yield (
        f"{code(wording.target(run))}, view {code(run.view)}, seed {run.seed}, "
        f"{wording.counted(len(run.beats), 'exchange')} in {run.duration:.1f} s, "
        f"{wording.exercised(run.matrix)} of {len(run.matrix)} facts exercised"
    )


def _fitting(verdicts: tuple[Verdict, ...], room: int) -> Iterator[str]:
    for number, verdict in enumerate(verdicts):
        text = "\n\n".join(_finding(verdict))
        room -= len(text) + 2
        if room < 0:
            rest = wording.counted(len(verdicts) - number, "finding")
            yield f"**… and {rest} more**: see the full report."
            return
        yield text


def _finding(verdict: Verdict) -> Iterator[str]:
    finding = verdict.finding
    nature = "" if verdict.nature == "violation" else f", {verdict.nature}"
    values = f" = {code(', '.join(finding.values))}" if finding.values else ""
    yield f"### {code(str(finding.place))}{values}"
    yield (
        f"**{finding.severity.label}**, {wording.ALONE[verdict.blame]}{nature}, "
        f"seen {wording.times(verdict.count)} ({code(finding.id)}, {code(finding.fingerprint)})"
    )
    yield plain(finding.message)
    if finding.claims:
        yield table(("Party", "Says", "Where"), map(_claim, finding.claims))
    yield from _evidence(verdict)


def _claim(claim: Claim) -> tuple[str, str, str]:
    return (claim.party, code(claim.says), code(str(claim.source)) if claim.source else "")


def _evidence(verdict: Verdict) -> Iterator[str]:
    if verdict.exchange is None:
        return
    yield "<details><summary>Request, response, curl</summary>"
    yield block(_text(request_lines(verdict.exchange, verdict.finding)))
    yield block(_text(response_lines(verdict.exchange, verdict.finding)))
    if verdict.curl:
        yield block(verdict.curl, "sh")
    yield "</details>"


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(f"{line.text}  ◀" if line.marked else line.text for line in lines)


def _foot(run: Run) -> Iterator[str]:
    seen = [entry for entry in run.ledger if entry.state == "seen"]
    if seen:
        head = ("Where", "Values", "Seen", "Entry")
        yield f"<details><summary>{len(seen)} known discrepancies seen</summary>"
        yield table(head, map(_entry, seen[:50]))
        yield "</details>"
    due = [entry for entry in run.ledger if entry.due]
    if due:
        yield "Due for review: " + ", ".join(code(entry.id) for entry in due[:20])
    gaps = (
        f"{wording.counted(len(run.unproven), 'constraint')} not proven" if run.unproven else "",
        f"{wording.counted(wording.withheld(run.withheld), 'request')} withheld"
        if run.withheld
        else "",
        wording.unsteady(run),
    )
    yield ", ".join(filter(None, gaps))


def _entry(entry: LedgerState) -> tuple[str, str, str, str]:
    values = code(", ".join(entry.values)) if entry.values else ""
    return (code(entry.where), values, str(entry.count), code(entry.id))
