"""For people at a terminal: page by page, one line a finding, the facts beneath it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from contract_tests.findings import Finding
from contract_tests.rules.formats import by_page


def render(findings: Sequence[Finding]) -> str:
    """The findings grouped by page, then one line that counts them."""
    lines: list[str] = []
    for page, found in by_page(findings):
        lines.append(page)
        for finding in found:
            lines += _lines(finding)
        lines.append("")
    return "\n".join([*lines, _summary(findings)]) + "\n"


def _lines(finding: Finding) -> Iterator[str]:
    line = finding.source.line if finding.source else 0
    doubt = "" if finding.certain else " (to be judged)"
    yield f"  {line:>5}  {finding.severity.label:<14} {finding.id}{doubt}  {finding.place.name}"
    yield f"{'':9}{finding.message}"
    if finding.suggestion:
        yield f"{'':9}suggestion: {finding.suggestion.text}"


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "no findings"
    counts = Counter(finding.severity for finding in findings)
    parts = ", ".join(f"{counts[key]} {key.label}" for key in sorted(counts, reverse=True))
    noun = "finding" if len(findings) == 1 else "findings"
    return f"{len(findings)} {noun}: {parts}"
