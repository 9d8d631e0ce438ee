"""The answer's media type is missing or is not one that the contract gives for its status.

Why it matters: a client picks its decoder by the Content-Type; JSON sent as text or HTML is
not decoded at all.

How to mend: send `Content-Type: application/json` with every JSON body, errors included.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.MISLEADS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where a body comes with another media type than documented."""
    response, operation = reading.exchange.response, reading.operation
    if response is None or operation is None or not response.body or not reading.is_governed:
        return
    documented = reading.view.media_types(operation.id, response.status)
    if not documented or reading.media in documented:
        return
    found = reading.media or "none"
    yield Finding(
        id="content-type",
        place=reading.place("header", "Content-Type"),
        severity=SEVERITY,
        message=f"the body of {response.status} came as {found}, documented is {documented[0]}",
        values=(found,),
        claims=(Claim("spec", ", ".join(documented)), Claim("service", found)),
        exchange=reading.exchange,
    )
