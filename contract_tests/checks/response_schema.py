"""A value of the answer breaks its schema: type, enumeration, limit, length, pattern, format.

Why it matters: generated clients decode by the schema; a value outside of it raises in one
language and turns into null in the next.

How to mend: compare the claims. Where the service is right, correct page and spec, or accept
the value in the ledger; otherwise correct the service.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from contract_tests.checks._reading import ABSENT, Reading
from contract_tests.contract import Violation
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per violated constraint."""
    operation, status = reading.operation, reading.status
    if operation is None or status is None or reading.value is ABSENT:
        return
    media = "application/json"
    for found in reading.view.response_violations(operation, status, media, reading.value):
        yield _finding(reading, found)


def _finding(reading: Reading, found: Violation) -> Finding:
    return Finding(
        id="response-schema",
        place=found.place,
        severity=SEVERITY,
        message=f"{found.instance_path}: {found.message}",
        values=(_kind(found),),
        claims=(Claim("spec", found.expected, found.source), Claim("service", _short(found.value))),
        source=found.source,
        exchange=reading.exchange,
    )


def _kind(found: Violation) -> str:
    """What tells two faults apart: the value of an enumeration, else the kind of violation."""
    if found.keyword in ("enum", "const"):
        return found.value if isinstance(found.value, str) else _short(found.value)
    if found.keyword == "type":
        return f"type {_type_name(found.value)}"
    return found.keyword


def _type_name(value: object) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return names.get(type(value), "array" if isinstance(value, list) else "object")


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:200]
