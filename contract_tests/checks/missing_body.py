"""An answer came without the body that the contract gives it.

Why it matters: a client that decodes the body raises on nothing at all; and an error without a
code cannot be told from any other.

How to mend: answer successes with the resource, refusals with `error_code` and `error_msg`.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where a JSON body is documented and none came."""
    response, operation = reading.exchange.response, reading.operation
    if response is None or operation is None or response.body or not reading.is_governed:
        return
    if reading.exchange.request.method != operation.method:
        return
    if not reading.view.media_types(operation.id, response.status):
        return
    yield Finding(
        id="missing-body",
        place=reading.place("body", str(response.status)),
        severity=SEVERITY,
        message=f"{response.status} came without a body",
        values=("no body",),
        claims=(Claim("spec", "a JSON body"), Claim("service", "no body")),
        exchange=reading.exchange,
    )
