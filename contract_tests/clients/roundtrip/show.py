"""Shows a report on an SDK: as text, as Markdown, as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from contract_tests.clients.roundtrip.check import SdkReport
from contract_tests.clients.roundtrip.silence import accepted_lines
from contract_tests.verdicts import Verdict

_IMPACT = ("entry", "where", "SDK", "how", "answers")
_ACCEPTED = "Accepted without a word (information: answers that the observed view refuses)"
_TITLE = "SDK impact per discrepancy"


@dataclass(frozen=True, slots=True)
class Line:
    """One fault of an SDK, in all the operations that show it."""

    state: str
    severity: str
    id: str
    where: str
    message: str
    values: tuple[str, ...]
    operations: tuple[str, ...]
    source: str
    ledger: str | None


def lines(verdicts: Iterable[Verdict]) -> tuple[Line, ...]:
    """The verdicts, those of several operations that say the same as one."""
    groups: dict[tuple[Any, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        finding = verdict.finding
        groups[finding.id, finding.place.name, verdict.ledger_id].append(verdict)
    return tuple(_line(group) for group in groups.values())


def as_text(report: SdkReport) -> str:
    """For a terminal."""
    blocks = [_summary(report)]
    for title, verdicts in (("New", report.new), ("Known", report.known)):
        shown = [_row(line, report) for line in lines(verdicts)]
        blocks += [_block(f"{title} findings: {len(shown)}", shown)] if shown else []
    blocks.append(_block(_ACCEPTED, list(accepted_lines(report.accepted))))
    impact = [f"{i.state:<13} {i.entry:<36} {', '.join(i.how)}".rstrip() for i in report.impact]
    blocks.append(_block(_TITLE, impact))
    unseen = [f"{entry.id}: {entry.source}" for entry in report.unseen]
    blocks += [_block("Known, and not seen any more: candidates to retire", unseen)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def as_markdown(report: SdkReport) -> str:
    """For a pull request or the page of a release."""
    found = [
        (line.state, line.id, line.where, _what(line, report), _operations(line, report))
        for line in lines((*report.new, *report.known))
    ]
    impact = [(i.entry, i.where, i.state, ", ".join(i.how), i.answers) for i in report.impact]
    parts = [
        f"# SDK {report.sdk}",
        _summary(report),
        "## Findings",
        _table(("state", "id", "where", "what", "operations"), found) if found else "None.",
        f"## {_TITLE}",
        _table(_IMPACT, impact),
        f"## {_ACCEPTED}",
        "\n".join(f"- {_escaped(line)}" for line in accepted_lines(report.accepted)) or "None.",
    ]
    return "\n\n".join(parts) + "\n"


def as_json(report: SdkReport) -> str:
    """For programs."""
    shown = {
        "sdk": report.sdk,
        "operations": report.operations,
        "answers": report.answers,
        "whole": report.whole,
        "requests": report.requests,
        "findings": [asdict(line) for line in lines((*report.new, *report.known))],
        "accepted": [
            {
                "kind": a.kind,
                "fates": {str(fate): n for fate, n in a.fates.items()},
                "example": a.example,
            }
            for a in report.accepted
        ],
        "impact": [asdict(impact) for impact in report.impact],
        "unseen": [entry.id for entry in report.unseen],
    }
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def _line(group: list[Verdict]) -> Line:
    finding = group[0].finding
    return Line(
        state=group[0].state,
        severity=finding.severity.label,
        id=finding.id,
        where=finding.place.name,
        message=finding.message,
        values=tuple(dict.fromkeys(value for v in group for value in v.finding.values)),
        operations=tuple(dict.fromkeys(v.finding.place.operation for v in group)),
        source=str(finding.source or ""),
        ledger=group[0].ledger_id,
    )


def _summary(report: SdkReport) -> str:
    new, known = len(lines(report.new)), len(lines(report.known))
    return (
        f"{report.sdk}: {report.whole} of {report.answers} right answers came back whole "
        f"({', '.join(report.operations)}); {report.requests} start requests seen; "
        f"{new} new and {known} known findings"
    )


def _row(line: Line, report: SdkReport) -> str:
    where = f"{line.id:<19} {line.where:<32} {_what(line, report)}"
    told = [*([line.ledger] if line.ledger else []), line.source]
    return f"{where} ({'; '.join(told)}; {_operations(line, report)})"


def _what(line: Line, report: SdkReport) -> str:
    return "; ".join(value.removeprefix(f"{report.sdk}: ") for value in line.values)


def _operations(line: Line, report: SdkReport) -> str:
    if set(line.operations) == set(report.operations):
        return "every operation"
    return ", ".join(line.operations)


def _block(title: str, rows: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {row}" for row in rows)]) if rows else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def cells(row: Sequence[object]) -> Iterator[str]:
        return (_escaped(str(cell)) for cell in row)

    body = (f"| {' | '.join(cells(row))} |" for row in rows)
    return "\n".join([f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *body])


def _escaped(text: str) -> str:
    """No cell may end its table, or be taken for markup."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return plain.replace("<", "&lt;").replace("*", "\\*").replace("`", "\\`")
