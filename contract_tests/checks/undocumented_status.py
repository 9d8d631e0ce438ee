"""The service answered with a status code that the contract does not list.

Why it matters: a client branches on status codes; one it was never told of falls through to
its generic error path, or is taken for success.

How to mend: list the code in the page and the spec, or answer with one that is listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.MISLEADS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where neither contract nor sender names the status."""
    status, operation = reading.status, reading.operation
    if status is None or operation is None or status in operation.statuses:
        return
    meant = reading.exchange.expectation
    if not reading.is_governed or (meant and status in meant.statuses):
        return
    listed = ", ".join(map(str, operation.statuses))
    yield Finding(
        id="undocumented-status",
        place=reading.place("status", str(status)),
        severity=SEVERITY,
        message=f"status {status} is not documented; documented are {listed}",
        values=(str(status),),
        claims=(Claim("spec", listed), Claim("service", str(status))),
        exchange=reading.exchange,
    )
