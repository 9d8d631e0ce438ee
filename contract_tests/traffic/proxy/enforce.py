"""Says of one exchange, while its client waits, what of it breaks the contract.

The checks themselves are asked, at once: to tell what is known, the way of `verify` would make a
sample of each finding, which takes longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from contract_tests.contract import LedgerEntry
from contract_tests.findings import Finding, Severity
from contract_tests.traffic.proxy.passed import Passed
from contract_tests.traffic.reading.records import exchange_of
from contract_tests.traffic.requests import expectation
from contract_tests.traffic.verifier import Settings, Verifier
from contract_tests.triage import sight, triage


def enforcer(
    settings: Settings, ledger: tuple[LedgerEntry, ...], fail_on: Severity
) -> Callable[[Passed], list[str]]:
    """What judges exchanges: only what is new to the ledger and severe enough counts."""
    verifier = settings.verifier()

    def judge(passed: Passed) -> list[str]:
        verdicts = triage(sight(_findings(verifier, passed)), ledger)
        failing = [verdict for verdict in verdicts if verdict.fails(fail_on)]
        return [f"{v.finding.id}: {v.finding.place}: {v.finding.message}" for v in failing]

    return judge


def _findings(verifier: Verifier, passed: Passed) -> Iterator[Finding]:
    """What the checks find, by the spec and by its overlay."""
    route = verifier.router.match(passed.method, passed.url)
    if route is None:
        return
    exchange, _ = exchange_of(passed.record())
    asked = verifier.plan(route.operation, passed.status or 0).asked(route.query)
    view, request = verifier.view, exchange.request
    due = expectation(view, route.operation, request, route.path_params, asked)
    exchange = replace(exchange, expectation=due)
    documented, *beyond = verifier.readings(exchange, route, ask=True)
    for check in verifier.selected:
        yield from check.check(documented)
    for reading in beyond:
        yield from verifier.findings_beyond(reading)
