"""`findings.sarif`: SARIF 2.1.0, as code scanning takes it up.

Each finding points at the line of the spec or page to mend; known ones are suppressed with
their ledger entry. The fingerprint is the finding's own, so moved lines open nothing anew.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any
from urllib.parse import quote

from contract_tests.findings import Severity, Source
from contract_tests.report import wording
from contract_tests.report.located import Locator, locator
from contract_tests.report.visible import visible, visible_lines
from contract_tests.verdicts import Run, Verdict

FILENAME = "findings.sarif"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVEL = {
    Severity.BREAKS_CLIENTS: "error",
    Severity.MISLEADS: "warning",
    Severity.COSMETIC: "note",
}


def render(run: Run) -> str:
    """The log as JSON, one run in it."""
    rules = sorted({verdict.finding.id for verdict in run.verdicts})
    locate = locator(run)
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run, rules)},
                "automationDetails": {"id": f"contract-tests/{quote(visible(run.view))}/"},
                "invocations": [_invocation(run)],
                "columnKind": "unicodeCodePoints",
                "results": [_result(v, rules.index(v.finding.id), locate) for v in run.verdicts],
                "properties": {"seed": run.seed, "target": visible(wording.target(run))},
            }
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _driver(run: Run, rules: list[str]) -> dict[str, Any]:
    return {
        "name": "contract-tests",
        "version": visible(run.versions.get("contract-tests", "unknown")),
        "rules": [
            {
                "id": visible(rule),
                "name": "".join(word.capitalize() for word in visible(rule).split("-")),
                "help": {"text": f"contract-tests explain {visible(rule)}"},
            }
            for rule in rules
        ],
    }


def _invocation(run: Run) -> dict[str, Any]:
    return {
        "executionSuccessful": run.outcome != "unproven",
        "startTimeUtc": f"{run.started.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "properties": {"seconds": run.duration},
    }


def _result(verdict: Verdict, rule: int, locate: Locator) -> dict[str, Any]:
    finding = verdict.finding
    sources = locate(verdict)
    first = {"physicalLocation": _physical(sources[0])} if sources else {}
    name = visible(str(finding.place))
    return {
        "ruleId": visible(finding.id),
        "ruleIndex": rule,
        "kind": "fail" if finding.certain else "review",
        "level": _LEVEL[finding.severity] if finding.certain else "none",
        "message": {"text": _message(verdict)},
        "locations": [{**first, "logicalLocations": [{"fullyQualifiedName": name}]}],
        "relatedLocations": [
            {"id": number, "physicalLocation": _physical(source)}
            for number, source in enumerate(sources[1:], 1)
        ],
        "partialFingerprints": {
            "contractTests/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "baselineState": "new" if verdict.state == "new" else "unchanged",
        "suppressions": _suppressions(verdict),
        "occurrenceCount": max(verdict.count, 1),
        "properties": {"standsAlone": verdict.blame, "nature": verdict.nature},
    }


def _message(verdict: Verdict) -> str:
    lines = [
        verdict.finding.message,
        *map(wording.says, verdict.finding.claims),
        wording.ALONE[verdict.blame],
    ]
    return visible_lines("\n".join(visible(line, 300) for line in lines))


def _suppressions(verdict: Verdict) -> list[dict[str, str]]:
    if verdict.state == "new":
        return []
    return [{"kind": "external", "justification": f"ledger: {visible(str(verdict.ledger_id))}"}]


def _physical(source: Source) -> dict[str, Any]:
    region = {"region": {"startLine": source.line}} if source.line > 0 else {}
    return {"artifactLocation": {"uri": quote(visible(source.file))}, **region}
