"""Says of one exchange, while its client waits, what of it breaks the contract."""

from __future__ import annotations

from collections.abc import Callable

from contract_tests.contract import LedgerEntry
from contract_tests.findings import Severity
from contract_tests.traffic.proxy.passed import NAME, Passed
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from contract_tests.triage import triage


def enforcer(
    settings: Settings, ledger: tuple[LedgerEntry, ...], fail_on: Severity
) -> Callable[[Passed], list[str]]:
    """What judges exchanges: only what is new to the ledger and severe enough counts."""
    verifier = settings.verifier()

    def judge(passed: Passed) -> list[str]:
        tally = verify(verifier, [passed.record()], f"{NAME}@0")
        verdicts = triage(tally.sightings(), ledger)
        failing = [verdict for verdict in verdicts if verdict.fails(fail_on)]
        return [f"{v.finding.id}: {v.finding.place}: {v.finding.message}" for v in failing]

    return judge
