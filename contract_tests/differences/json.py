"""For programs: one JSON object."""

from __future__ import annotations

import json

from contract_tests.differences._difference import Difference
from contract_tests.verdicts import Verdict


def render(found: Difference) -> str:
    """The page, its disagreements (new and known), the stale entries."""
    plain = {
        "page": found.page,
        "findings": [_object(verdict) for verdict in (*found.new, *found.known)],
        "stale": [{"id": entry.id, "where": entry.where} for entry in found.stale],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _object(verdict: Verdict) -> dict[str, object]:
    finding = verdict.finding
    return {
        "rule": finding.id,
        "state": verdict.state,
        "ledger": verdict.ledger_id,
        "blame": verdict.blame,
        "operation": finding.place.operation,
        "place": finding.place.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "values": list(finding.values),
        "facts": [
            {
                "party": claim.party,
                "says": claim.says,
                "file": claim.source.file if claim.source else None,
                "line": claim.source.line if claim.source else None,
            }
            for claim in finding.claims
        ],
        "fingerprint": finding.fingerprint,
    }
