"""The body is not strict JSON (RFC 8259): duplicate keys, NaN, text behind it, a BOM, no JSON.

Why it matters: decoders disagree on each of these: one takes the first of two keys, the next
the last, a third raises.

How to mend: write bodies with a JSON library, once, in UTF-8 without a byte order mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per kind of fault in a body that should be JSON."""
    operation, status = reading.operation, reading.status
    if operation is None or status is None or not reading.is_governed:
        return
    if "application/json" not in reading.view.media_types(operation.id, status):
        return
    for fault in reading.faults:
        yield Finding(
            id="strict-json",
            place=reading.place("body", str(status)),
            severity=SEVERITY,
            message=f"the body of {status} is not strict JSON: {fault.kind} ({fault.detail})",
            values=(fault.kind,),
            claims=(Claim("service", f"{fault.kind}: {fault.detail}"),),
            exchange=reading.exchange,
        )
