"""The service answered 5xx: no request, however odd, may break it.

Why it matters: a 5xx says that the fault is the server's; clients retry it, and retries of a
start cost money. A wrong request is due a 4xx that names what is wrong.

How to mend: validate the request before using it; map the exception to a 4xx.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for a status of 500 or more."""
    status = reading.status
    if status is None or status < 500:
        return
    meant = reading.exchange.expectation
    about = meant.about if meant and meant.outcome != "accepted" else "operation.answer"
    structure, _, name = about.partition(".")
    kind = f" to {meant.reason}" if meant and meant.reason else ""
    yield Finding(
        id="server-error",
        place=reading.place(structure, name),
        severity=SEVERITY,
        message=f"the service answered {status}{kind}",
        values=(str(status),),
        claims=(Claim("service", str(status)),),
        exchange=reading.exchange,
    )
