"""The resource moved between states in a way that the lifecycle does not have, or got stuck.

Why it matters: clients wait for the next state; one that never comes, or that is left again by
itself, leaves them waiting or wrong.

How to mend: compare the states seen with `x-lifecycle` in the spec.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield a finding for a state that cannot follow the one before, or that is never left."""
    lifecycle, around = reading.view.lifecycle, reading.exchange.around
    if lifecycle is None:
        return
    trail = around.get("trail", ())
    for earlier, later in list(pairwise(trail))[-1:]:
        if later not in lifecycle.reachable(earlier):
            yield _finding(reading, earlier, f"{earlier} was followed by {later}", later)
    if "stuck" in around:
        waited = f"still {around['stuck']} after {around['patience']:g} s"
        yield _finding(reading, around["stuck"], waited, "stuck")


def _finding(reading: Reading, state: str, message: str, value: str) -> Finding:
    return Finding(
        id="lifecycle",
        place=reading.place("lifecycle", state),
        severity=SEVERITY,
        message=message,
        values=(value,),
        claims=(Claim("spec", "see x-lifecycle"), Claim("service", message)),
        exchange=reading.exchange,
    )
