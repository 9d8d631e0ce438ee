"""Exchanges as the checks themselves judge them, where a glance does not do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from contract_tests.checks import Reading
from contract_tests.findings import Finding
from contract_tests.traffic.counting import Counting
from contract_tests.traffic.guards import invariant
from contract_tests.traffic.plans import Plan
from contract_tests.traffic.quick import Glance
from contract_tests.traffic.reading.records import Record, exchange_of
from contract_tests.traffic.requests import expectation
from contract_tests.traffic.routing import Route
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.typed.faults import BY_MARKS, Known
from contract_tests.traffic.verifier import Verifier


def examine(
    verifier: Verifier, counting: Counting, record: Record, route: Route, sight: Sight | None
) -> None:
    """Count what the checks find in an exchange, and learn from it.

    To ask CEL takes longest, and is spared where a glance shows that it has nothing to say.
    """
    exchange, faults = exchange_of(record)
    counting.note(faults)
    status = exchange.response.status if exchange.response else 0
    plan = verifier.plan(route.operation, status)
    request, asked = exchange.request, plan.asked(route.query)
    due = expectation(verifier.view, route.operation, request, route.path_params, asked)
    kept = sight is not None and _keeps_invariants(sight)
    ask = not kept and "invariant" in verifier.ids
    readings = verifier.readings(replace(exchange, expectation=due), route, ask=ask)
    findings = verifier.findings(readings)
    for finding in _each_once(findings):
        counting.finding(finding, record)
    if not status:
        counting.counts["exchange", route.operation.id, "none"] += 1
        return
    held = sight.held if sight and kept else _held(readings)
    counting.examined(readings[0], plan, route.query, held)
    if sight and sight.is_plain_json:
        _learn(plan, readings, findings)


def sample(verifier: Verifier, counting: Counting, known: Known, sight: Sight) -> None:
    """Make the finding that a known fault was counted as."""
    exchange, _ = exchange_of(sight.record)
    readings = verifier.readings(exchange, sight.route, ask=False)
    for finding in chain.from_iterable(verifier.findings(readings, BY_MARKS)):
        if finding.fingerprint == known.fingerprint:
            counting.keep(known.fingerprint, finding, sight.record)


def _keeps_invariants(sight: Sight) -> bool:
    """Whether a glance shows that CEL has nothing to say, whatever else is wrong."""
    if sight.seen is None and sight.plan.quick is not None:
        if not sight.is_plain_json or type(sight.value) is not dict:
            return False
        sight.seen = Glance((), sight.value, sight.plan.quick.of_dictionaries)
    return invariant(sight)


def _each_once(findings: Sequence[Sequence[Finding]]) -> list[Finding]:
    """What the documented view says, and of the overlay's word what that does not say."""
    said, *further = findings
    told = {finding.fingerprint for finding in said}
    return [*said, *(f for each in further for f in each if f.fingerprint not in told)]


def _held(readings: Sequence[Reading]) -> tuple[str, ...]:
    """The ids of the invariants that had something to say."""
    outcomes = chain.from_iterable(reading.outcomes for reading in readings)
    return tuple(outcome.invariant.id for outcome in outcomes if outcome.held is not None)


def _learn(plan: Plan, readings: Sequence[Reading], findings: Sequence[Sequence[Finding]]) -> None:
    """Remember what is wrong with a body, by view."""
    sides = plan.quick.faults if plan.quick else ()
    for side, reading, found in zip(sides, readings, findings, strict=False):
        if isinstance(reading.value, dict):
            side.learn(reading.value, found)
