"""For code-scanning services: SARIF 2.1.0, one result a finding."""

from __future__ import annotations

import json
from collections.abc import Sequence

from contract_tests import __version__
from contract_tests.findings import Finding, Severity, Source
from contract_tests.rules import all_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {
    Severity.BREAKS_CLIENTS: "error",
    Severity.MISLEADS: "warning",
    Severity.COSMETIC: "note",
}


def render(findings: Sequence[Finding]) -> str:
    """A SARIF log with one run; only the rules that found something are described."""
    found = {finding.id for finding in findings}
    rules = [
        {"id": rule.id, "shortDescription": {"text": rule.title}}
        for rule in all_rules()
        if rule.id in found
    ]
    driver = {"name": "contract-tests docs check", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(finding) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(finding: Finding) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.id,
        "level": LEVELS[finding.severity] if finding.certain else "note",
        "message": {"text": f"{finding.place.name}: {finding.message}"},
        "partialFingerprints": {"contractTests/v1": finding.fingerprint},
    }
    if finding.source:
        result["locations"] = [_location(finding.source, str(finding.place))]
    return result


def _location(source: Source, name: str) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": source.file}}
    if source.line:
        place["region"] = {"startLine": source.line}
    return {
        "physicalLocation": place,
        "logicalLocations": [{"fullyQualifiedName": name}],
    }
