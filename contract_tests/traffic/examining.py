"""Exchanges as the checks themselves judge them, where a glance does not do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from contract_tests.checks import Reading
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.traffic.counting import Counting
from contract_tests.traffic.guards import invariant
from contract_tests.traffic.quick import Glance
from contract_tests.traffic.reading.records import Record, exchange_of
from contract_tests.traffic.requests import expectation
from contract_tests.traffic.routing import Route
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.typed.faults import BY_MARKS, Known
from contract_tests.traffic.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks say of an exchange, by each view's word, that of the documented one first."""

    readings: list[Reading]
    findings: list[list[Finding]]

    @property
    def each_once(self) -> list[Finding]:
        """What the documented view says, and of the overlay's word what that does not say."""
        said, *further = self.findings
        told = {finding.fingerprint for finding in said}
        return [*said, *(f for each in further for f in each if f.fingerprint not in told)]

    @property
    def held(self) -> tuple[str, ...]:
        """The ids of the invariants that had something to say."""
        outcomes = chain.from_iterable(reading.outcomes for reading in self.readings)
        return tuple(outcome.invariant.id for outcome in outcomes if outcome.held is not None)


def judge(verifier: Verifier, exchange: Exchange, route: Route, *, ask: bool = True) -> Judged:
    """Ask the checks; without the invariants where these have nothing to say."""
    asked = verifier.plan(route.operation, _status(exchange)).asked(route.query)
    request, params = exchange.request, route.path_params
    due = expectation(verifier.view, route.operation, request, params, asked)
    ask = ask and "invariant" in verifier.ids
    readings = verifier.readings(replace(exchange, expectation=due), route, ask=ask)
    return Judged(readings, verifier.findings(readings))


def examine(
    verifier: Verifier, counting: Counting, record: Record, route: Route, sight: Sight | None
) -> None:
    """Count what the checks find in an exchange, and learn from it.

    To ask CEL takes longest, and is spared where a glance shows that it has nothing to say.
    """
    exchange, faults = exchange_of(record)
    counting.note(faults)
    counting.secrets.update(exchange.secrets)
    kept = sight is not None and _keeps_invariants(sight)
    judged = judge(verifier, exchange, route, ask=not kept)
    for finding in judged.each_once:
        counting.finding(finding, record)
    if exchange.response is None:
        counting.counts["exchange", route.operation.id, "none"] += 1
        return
    plan = verifier.plan(route.operation, _status(exchange))
    held = sight.held if sight and kept else judged.held
    counting.examined(judged.readings[0], plan, route.query, held)
    if sight:
        learn(sight, judged)


def learn(sight: Sight, judged: Judged) -> None:
    """Remember what is wrong with a body, to know it at a glance."""
    if sight.plan.quick is None or not sight.is_plain_json:
        return
    sides = zip(sight.plan.quick.faults, judged.readings, judged.findings, strict=False)
    for faults, reading, found in sides:
        if isinstance(reading.value, dict):
            faults.learn(reading.value, found, reading.exchange.secrets)


def sample(verifier: Verifier, counting: Counting, known: Known, sight: Sight) -> None:
    """Make the finding that a known fault was counted as."""
    exchange, _ = exchange_of(sight.record)
    readings = verifier.readings(exchange, sight.route, ask=False)
    for finding in chain.from_iterable(verifier.findings(readings, BY_MARKS)):
        if finding.fingerprint == known.fingerprint:
            counting.keep(known.fingerprint, finding, sight.record)


def _status(exchange: Exchange) -> int:
    return exchange.response.status if exchange.response else 0


def _keeps_invariants(sight: Sight) -> bool:
    """Whether a glance shows that CEL has nothing to say, whatever else is wrong."""
    if sight.seen is None and sight.plan.quick is not None:
        if not sight.is_plain_json or type(sight.value) is not dict:
            return False
        sight.seen = Glance((), sight.value, sight.plan.quick.of_dictionaries)
    return invariant(sight)
