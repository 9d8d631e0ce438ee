"""The service refused a request that the contract allows.

Why it matters: clients written from the documentation fail.

How to mend: accept it, or document the restriction.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where a success was due and a refusal came."""
    status, meant = reading.status, reading.exchange.expectation
    if status is None or not 300 <= status < 500 or meant is None or meant.outcome != "accepted":
        return
    structure, _, name = meant.about.partition(".")
    yield Finding(
        id="valid-request-refused",
        place=reading.place(structure, name),
        severity=SEVERITY,
        message=f"{meant.reason} was refused with {status}",
        values=(meant.reason,),
        claims=(Claim("spec", "accepted"), Claim("service", f"refused with {status}")),
        exchange=reading.exchange,
    )
