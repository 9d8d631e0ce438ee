"""The answer breaks an invariant of the contract: a relation that a schema cannot say.

Why it matters: each value by itself is fine, together they cannot be: another notebook's id, a
lease that ends before it began, a lease that is not the one asked for.

How to mend: the finding's id is the invariant's; its rule and what it rests on stand in the
spec beside the schema or operation it speaks of (`x-invariants`).
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import Reading
from contract_tests.contract import Outcome
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per invariant that does not hold."""
    for outcome in reading.outcomes:
        if outcome.held is False:
            yield _finding(reading, outcome)


def _finding(reading: Reading, outcome: Outcome) -> Finding:
    invariant = outcome.invariant
    return Finding(
        id=invariant.id,
        place=outcome.place,
        severity=SEVERITY,
        message=f"{outcome.instance_path}: {invariant.message}",
        claims=(
            Claim("spec", invariant.rule, invariant.source),
            Claim("service", f"{invariant.id} does not hold"),
        ),
        source=invariant.source,
        exchange=reading.exchange,
    )
