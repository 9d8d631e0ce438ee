"""A refusal came with another status code than the one documented for its cause.

Why it matters: a client renews its token on 401 and gives up on 404; with the codes mixed up
it does the wrong one of the two.

How to mend: answer with a code that the contract lists for that cause.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.MISLEADS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where the sources name the status of this refusal and another came."""
    status, meant = reading.status, reading.exchange.expectation
    if status is None or not 300 <= status < 500 or meant is None or not meant.statuses:
        return
    if meant.outcome != "refused" or status in meant.statuses:
        return
    structure, _, name = meant.about.partition(".")
    due = " or ".join(map(str, meant.statuses))
    yield Finding(
        id="wrong-refusal-status",
        place=reading.place(structure, name),
        severity=SEVERITY,
        message=f"{meant.reason} was refused with {status}; documented is {due}",
        values=(str(status),),
        claims=(Claim("spec", due), Claim("service", str(status))),
        exchange=reading.exchange,
    )
