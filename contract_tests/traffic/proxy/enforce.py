"""Says of one exchange, while its client waits, what of it breaks the contract.

Most are judged at a glance, as `verify` does it: what one has that was found harmless before is
harmless again. The others are examined by the checks themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

from contract_tests.contract import LedgerEntry
from contract_tests.findings import Severity
from contract_tests.traffic.counting import faults_of
from contract_tests.traffic.examining import judge, learn
from contract_tests.traffic.guards import is_known
from contract_tests.traffic.proxy.passed import Passed
from contract_tests.traffic.reading.records import Record, exchange_of
from contract_tests.traffic.routing import Route
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.verifier import Verifier
from contract_tests.triage import sight, triage


@dataclass(slots=True)
class Enforcer:
    """What judges exchanges: only what is new to the ledger and severe enough counts."""

    verifier: Verifier
    ledger: tuple[LedgerEntry, ...]
    fail_on: Severity
    harmless: set[str | None] = field(default_factory=lambda: {None})
    """Fingerprints of findings that may pass."""

    def failing(self, passed: Passed) -> list[str]:
        """What an exchange may not pass with, a line each."""
        route = self.verifier.router.match(passed.method, passed.url)
        if route is None:
            return []
        record = passed.record()
        seen = self.verifier.sight(record, route)
        return [] if seen and self._is_harmless(seen) else self._examined(record, route, seen)

    def _is_harmless(self, seen: Sight) -> bool:
        """Whether a glance shows that nothing is wrong with it but what may pass."""
        if not all(step(seen) for step in (is_known, *self.verifier.steps)):
            return False
        return all(fault.fingerprint in self.harmless for fault in faults_of(seen.forms))

    def _examined(self, record: Record, route: Route, seen: Sight | None) -> list[str]:
        exchange, _ = exchange_of(record)
        judged = judge(self.verifier, exchange, route)
        if seen:
            learn(seen, judged)
        verdicts = triage(sight(chain.from_iterable(judged.findings)), self.ledger)
        failing = [verdict for verdict in verdicts if verdict.fails(self.fail_on)]
        told = {verdict.finding.fingerprint for verdict in verdicts}
        self.harmless |= told - {verdict.finding.fingerprint for verdict in failing}
        return [f"{v.finding.id}: {v.finding.place}: {v.finding.message}" for v in failing]
