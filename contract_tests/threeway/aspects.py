"""Which side of a fact a finding speaks of."""

from __future__ import annotations

from typing import get_args

from contract_tests.findings import Finding
from contract_tests.threeway.said import Aspect

PRESENCE = "presence"
KINDS = ("string", "integer", "number", "boolean", "null", "array", "object")
BEYOND = ("not ", "above ", "below ", "longer ", "shorter ", "more than ", "fewer than ")
WIDTHS = ("not int32", "not int64")


def aspect_of(finding: Finding) -> str | None:
    """An aspect of what is said at its place, `presence`, or None: of none by itself."""
    value = finding.values[0] if finding.values else ""
    if finding.id == "spec-differs":
        aspect = value.partition(":")[0]
        return aspect if aspect in get_args(Aspect) else PRESENCE
    if finding.id == "response-schema":
        return _of_violation(finding, value)
    return PRESENCE if finding.id in ("undocumented-field", "undocumented-status") else None


def _of_violation(finding: Finding, value: str) -> str:
    """By the smallest form of the value: the kind for a type, the bound for a limit."""
    if value in KINDS or value in WIDTHS:
        return "type"
    if value.startswith(BEYOND):
        return "limit"
    return "mandatory" if value == finding.place.field.rpartition(".")[2] else "enum"
