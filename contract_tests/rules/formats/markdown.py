"""For a pull request or a ticket: one table a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract_tests.findings import Finding
from contract_tests.rules.formats import by_page

HEAD = "| Line | Severity | Rule | Where | What |\n|---:|---|---|---|---|"


def render(findings: Sequence[Finding]) -> str:
    """A heading and a table for each page."""
    return "\n".join(_lines(findings)) + "\n"


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        yield "No findings."
    for page, found in by_page(findings):
        yield f"## {page}\n\n{HEAD}"
        for finding in found:
            yield _row(finding)
        yield ""


def _row(finding: Finding) -> str:
    line = finding.source.line if finding.source else 0
    severity = finding.severity.label if finding.certain else f"{finding.severity.label} (?)"
    what = finding.message
    if finding.suggestion:
        what += f" Suggestion: {finding.suggestion.text}"
    cells = (str(line), severity, finding.id, f"`{finding.place.name}`", what)
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    """Text that stays inside its cell and means nothing to Markdown."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(escaped.split())
