"""The core: records in, a tally out; nothing else is read, written or remembered.

Most exchanges are judged at a glance: guards see that a check would find nothing, and faults that
were worked out before are known again. What neither can tell goes through the checks themselves.
So the quick way decides how fast it goes, never what comes out.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, compress
from operator import not_

from contract_tests.traffic.counting import Counting
from contract_tests.traffic.guards import invariant, is_known
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.quick import Glance
from contract_tests.traffic.reading.bodies import Base64
from contract_tests.traffic.reading.records import Diagnostic, Record, exchange_of
from contract_tests.traffic.requests import expectation
from contract_tests.traffic.routing import Route
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.typed.faults import BY_MARKS, Known
from contract_tests.traffic.verifier import Verifier

HANDFUL = 32
"""Exchanges that are judged together."""
HANDFUL_SIZE = 4_000_000
"""Characters of their bodies."""


def verify(verifier: Verifier, items: Iterable[Record | Diagnostic], batch: str) -> Tally:
    """What some records show; `batch` names them, and no others of the same run."""
    work = _Work(verifier)
    with _rare_collections():
        for item in items:
            if isinstance(item, Diagnostic):
                work.counting.note((item,))
            else:
                work.take(item)
        return work.end(batch)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Collect garbage less often: JSON makes much of it that lives shortly, and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Work:
    """One batch being worked on."""

    verifier: Verifier
    counting: Counting = field(default_factory=Counting)
    records: int = 0
    waiting: list[Sight] = field(default_factory=list)
    odd: list[tuple[Record, Route, Sight | None]] = field(default_factory=list)
    """What a glance does not do for."""
    size: int = 0
    """Characters of the bodies that wait."""
    odd_size: int = 0
    """The same of those that are odd."""

    def take(self, record: Record) -> None:
        """Judge a record: with others where a glance may do, else by itself."""
        self.records += 1
        request, verifier = record.raw.request, self.verifier
        route = verifier.router.match(request.method, request.url)
        if route is None:
            template = verifier.router.template(request.method, request.url)
            self.counting.counts["unmatched", template] += 1
            return
        if not record.sent_at:
            record.sent_at = verifier.now
        sight = _sight(verifier, record, route)
        if sight is None:
            self._put_off(record, route)
        elif verifier.steps:
            self._wait(sight)
        elif is_known(sight):
            self.counting.glanced(sight)
        else:
            self._put_off(record, route, sight)

    def _wait(self, sight: Sight) -> None:
        """Judge an exchange with others: each step is taken with all of them."""
        self.waiting.append(sight)
        self.size += len(sight.text) + len(sight.record.raw.request.body or "")
        if len(self.waiting) >= HANDFUL or self.size > HANDFUL_SIZE:
            self._judge()

    def _judge(self) -> None:
        """Judge all that wait: at a glance, or by the checks themselves.

        Each step is taken with all of them: a processor has little room for steps.
        """
        sights, self.waiting, self.size = self.waiting, [], 0
        for step in (is_known, *self.verifier.steps):
            plain = list(map(step, sights))
            if not all(plain):
                for sight in compress(sights, map(not_, plain)):
                    self._put_off(sight.record, sight.route, sight)
                sights = list(compress(sights, plain))
        for sight in sights:
            self.counting.glanced(sight)

    def _put_off(self, record: Record, route: Route, sight: Sight | None = None) -> None:
        """Examine an exchange, with others."""
        self.odd.append((record, route, sight))
        response = record.raw.response
        self.odd_size += len(record.raw.request.body or "")
        self.odd_size += len(response.body or "") if response else 0
        if len(self.odd) >= HANDFUL or self.odd_size > HANDFUL_SIZE:
            self._examine_all()

    def _examine_all(self) -> None:
        odd, self.odd, self.odd_size = self.odd, [], 0
        for record, route, sight in odd:
            self._examine(record, route, sight)

    def end(self, batch: str) -> Tally:
        """Judge what still waits; what the batch showed."""
        self._judge()
        self._examine_all()
        self.counting.counts["record",] = self.records
        for known, (_, sight) in self.counting.smallest.items():
            self._sample(known, sight)
        return self.counting.tally(batch)

    def _sample(self, known: Known, sight: Sight) -> None:
        """Make the finding that a known fault was counted as."""
        exchange, _ = exchange_of(sight.record)
        readings = self.verifier.readings(exchange, sight.route, ask=False)
        checks = [check for check in self.verifier.selected if check.id in BY_MARKS]
        found = [finding for check in checks for finding in check.check(readings[0])]
        for reading in readings[1:]:
            found += self.verifier.findings_beyond(reading)
        for finding in found:
            if finding.fingerprint == known.fingerprint:
                self.counting.keep(known.fingerprint, finding, sight.record)

    def _examine(self, record: Record, route: Route, sight: Sight | None) -> None:
        """Judge an exchange by the checks themselves, and learn from it.

        To ask CEL takes longest, and is spared where a glance shows that it has nothing to say.
        """
        verifier = self.verifier
        kept = sight is not None and self._keeps_invariants(sight)
        exchange, faults = exchange_of(record)
        self.counting.note(faults)
        status, query = exchange.response.status if exchange.response else 0, route.query
        plan = verifier.plan(route.operation, status)
        due = expectation(
            verifier.view, route.operation, exchange.request, route.path_params, plan.asked(query)
        )
        exchange = replace(exchange, expectation=due)
        readings = verifier.readings(exchange, route, ask=not kept and "invariant" in verifier.ids)
        findings = [f for check in verifier.selected for f in check.check(readings[0])]
        further = [f for reading in readings[1:] for f in verifier.findings_beyond(reading)]
        told = {finding.fingerprint for finding in findings}
        for finding in (*findings, *(f for f in further if f.fingerprint not in told)):
            self.counting.finding(finding, record)
        if not status:
            self.counting.counts["exchange", route.operation.id, "none"] += 1
            return
        outcomes = chain.from_iterable(reading.outcomes for reading in readings)
        held = tuple(outcome.invariant.id for outcome in outcomes if outcome.held is not None)
        self.counting.examined(readings[0], plan, query, sight.held if sight and kept else held)
        sides = plan.quick.faults if plan.quick and sight and sight.is_plain_json else ()
        for side, reading, found in zip(sides, readings, (findings, further), strict=False):
            if isinstance(reading.value, dict):
                side.learn(reading.value, found)

    def _keeps_invariants(self, sight: Sight) -> bool:
        """Whether a glance shows that CEL has nothing to say, whatever else is wrong."""
        if sight.seen is None and sight.plan.quick is not None:
            try:
                value = sight.value
            except (ValueError, RecursionError):
                return False
            if type(value) is not dict:
                return False
            sight.seen = Glance((), value, sight.plan.quick.of_dictionaries)
        return invariant(sight)


def _sight(verifier: Verifier, record: Record, route: Route) -> Sight | None:
    """An exchange to glance at; None where it has no body that a glance is for."""
    raw, response = record.raw, record.raw.response
    if response is None or type(response.body) is not str:
        return None
    plan = verifier.plan(route.operation, response.status)
    if plan.quick is None or raw.failure is not None or type(raw.request.body) is Base64:
        return None
    return Sight(record, route, plan, response.body)
