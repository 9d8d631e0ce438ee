"""For programs: one object with the changes, the same members in each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from contract_tests.changes.comparing import Change
from contract_tests.findings import Source

SCHEMA_VERSION = 1


def render(changes: Sequence[Change]) -> str:
    """The changes, with counts before them."""
    breaking = sum(change.breaking for change in changes)
    found = {
        "schema_version": SCHEMA_VERSION,
        "breaking": breaking,
        "non_breaking": len(changes) - breaking,
        "changes": [plain(change) for change in changes],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def plain(change: Change) -> dict[str, Any]:
    """One change as JSON data."""
    return {
        "rule": change.rule,
        "severity": change.severity,
        "breaks": change.effect.name.lower().replace("_", "-").removeprefix("breaks-")
        if change.breaking
        else None,
        "side": change.side,
        "place": change.place.name,
        "operations": list(change.operations),
        "message": change.message,
        "values": list(change.values),
        "old": _source(change.old),
        "new": _source(change.new),
        "fingerprint": change.fingerprint,
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return {"file": source.file, "line": source.line} if source else None
