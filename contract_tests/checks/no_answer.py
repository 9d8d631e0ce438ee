"""The service gave no whole answer: it hung, reset the connection, or broke off.

Why it matters: a client waits, retries, or takes half a document for all of it. Whatever is
asked, an HTTP service answers with a status and a body of the length it announced.

How to mend: look for a crash or a time-out behind the gateway at the time of the request.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where the transport failed."""
    failure = reading.exchange.failure
    if failure is None:
        return
    yield Finding(
        id="no-answer",
        place=reading.place("operation", "answer"),
        severity=SEVERITY,
        message=f"no whole answer came ({failure.kind}): {failure.detail}",
        values=(failure.kind,),
        claims=(Claim("service", failure.kind),),
        exchange=reading.exchange,
    )
