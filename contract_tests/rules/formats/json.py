"""For programs: a JSON array of findings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from contract_tests.findings import Finding


def render(findings: Sequence[Finding]) -> str:
    """One object a finding, in the order of the findings."""
    objects = [_object(finding) for finding in findings]
    return json.dumps(objects, indent=2, ensure_ascii=False) + "\n"


def _object(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.id,
        "page": finding.place.operation,
        "table": finding.place.structure,
        "field": finding.place.field,
        "line": finding.source.line if finding.source else 0,
        "severity": finding.severity.label,
        "certain": finding.certain,
        "facts": [
            {"says": claim.says, "line": claim.source.line if claim.source else None}
            for claim in finding.claims
        ],
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "suggestion": finding.suggestion.text if finding.suggestion else None,
    }
