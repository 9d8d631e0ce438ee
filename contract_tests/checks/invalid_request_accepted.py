"""The service accepted a request that breaks the contract.

Why it matters: what is accepted by accident is relied upon by somebody; and a start that was
asked for in error runs, and is billed, all the same.

How to mend: refuse it with 400 and an error code that names the parameter.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where a refusal was due and a success came."""
    status, meant = reading.status, reading.exchange.expectation
    if status is None or status >= 300 or meant is None or meant.outcome != "refused":
        return
    if meant.area == "authentication":
        return
    structure, _, name = meant.about.partition(".")
    yield Finding(
        id="invalid-request-accepted",
        place=reading.place(structure, name),
        severity=SEVERITY,
        message=f"{meant.about} with {meant.reason} was answered {status}; a refusal is due",
        values=(meant.reason,),
        claims=(Claim("spec", "refused"), Claim("service", f"accepted with {status}")),
        exchange=reading.exchange,
    )
