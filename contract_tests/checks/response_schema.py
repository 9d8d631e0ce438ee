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
    if operation is None or status is None or reading.value is ABSENT or not reading.is_governed:
        return
    for found in reading.view.response_violations(operation.id, status, None, reading.value):
        yield _finding(reading, found)


def _finding(reading: Reading, found: Violation) -> Finding:
    answered = json.dumps(found.value, ensure_ascii=False, default=str)[:200]
    return Finding(
        id="response-schema",
        place=found.place,
        severity=SEVERITY,
        message=f"{found.instance_path}: {found.message}",
        values=found.values,
        claims=(Claim("spec", found.expected, found.source), Claim("service", answered)),
        source=found.source,
        exchange=reading.exchange,
    )
