"""For programs: a JSON array of findings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from contract_tests.findings import Finding, Source


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
        **_spot(finding.source),
        "severity": finding.severity.label,
        "certain": finding.certain,
        "facts": [{"says": claim.says, **_spot(claim.source)} for claim in finding.claims],
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "suggestion": finding.suggestion.text if finding.suggestion else None,
    }


def _spot(source: Source | None) -> dict[str, object]:
    """Where something stands; a fact of a finding may stand on another page than the finding."""
    return {"file": source.file, "line": source.line} if source else {"file": None, "line": None}
