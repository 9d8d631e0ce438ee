"""A request without the right credentials was answered as if it had them.

Why it matters: anybody can start, see or stop what is not theirs.

How to mend: compare the whole token, take it from its header only, and hold its project
against the one in the path.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding where a success came and a refusal of the credentials was due."""
    status, meant = reading.status, reading.exchange.expectation
    if status is None or status >= 300 or meant is None or meant.outcome != "refused":
        return
    if meant.area != "authentication":
        return
    structure, _, name = meant.about.partition(".")
    yield Finding(
        id="authentication-bypassed",
        place=reading.place(structure, name),
        severity=SEVERITY,
        message=f"a call with {meant.reason} was answered {status}",
        values=(meant.reason,),
        claims=(Claim("spec", "refused"), Claim("service", f"accepted with {status}")),
        exchange=reading.exchange,
    )
