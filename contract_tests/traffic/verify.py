"""The core: records in, a tally out; nothing else is read, written or remembered.

Most exchanges are judged quickly, a handful at a time: guards see that a check would find
nothing, and faults that were worked out before are known again. What neither can tell goes
through the checks themselves. So the quick way decides how fast it goes, never what comes out.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import orjson

from contract_tests.checks import Reading
from contract_tests.contract import Operation
from contract_tests.exchange import Exchange
from contract_tests.traffic.counting import Counting
from contract_tests.traffic.guards import Sight
from contract_tests.traffic.habits import Known
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.plans import BY_MARKS, Plan
from contract_tests.traffic.records import Diagnostic, Record, exchange_of
from contract_tests.traffic.requests import expectation, query_of
from contract_tests.traffic.routing import Route
from contract_tests.traffic.shapes import Seen, count
from contract_tests.traffic.verifier import Verifier

HANDFUL = 100
"""Exchanges of one operation and status that are judged together."""
HANDFUL_SIZE = 4_000_000
"""Characters of their bodies."""


def verify(verifier: Verifier, items: Iterable[Record | Diagnostic], batch: str) -> Tally:
    """What some records show; `batch` names them, and no others of the same run."""
    work = _Work(verifier)
    records = 0
    with _rare_collections():
        for item in items:
            if isinstance(item, Diagnostic):
                work.counting.note((item,))
            else:
                records += 1
                work.take(item)
        work.counting.counts["record",] = records
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
class _Group:
    """Exchanges of one operation and status that wait to be judged together."""

    plan: Plan
    waiting: list[Sight] = field(default_factory=list)
    size: int = 0


@dataclass
class _Work:
    """One batch being worked on."""

    verifier: Verifier
    counting: Counting = field(default_factory=Counting)
    groups: dict[tuple[str, int], _Group] = field(default_factory=dict)
    smallest: dict[Known, Sight] = field(default_factory=dict)
    """The smallest exchange that showed a known fault."""

    def take(self, record: Record) -> None:
        """Judge a record, now or with others of its kind."""
        raw = record.raw
        request, response = raw["request"], raw.get("response")
        route = self.verifier.router.match(request["method"], request["url"])
        if route is None:
            template = self.verifier.router.template(request["method"], request["url"])
            self.counting.counts["unmatched", template] += 1
            return
        record.sent_at = record.sent_at or self.verifier.now
        text = response.get("body") if response else None
        if response is None or type(text) is not str or not text or raw.get("failure"):
            self._examine(record, route)
            return
        group = self._group(route.operation, response["status"])
        group.waiting.append(Sight(record, route, group.plan, text))
        group.size += len(text)
        if len(group.waiting) >= HANDFUL or group.size > HANDFUL_SIZE:
            self._judge(group)

    def end(self, batch: str) -> Tally:
        """Judge what still waits; what the batch showed."""
        for group in self.groups.values():
            self._judge(group)
        for known, sight in self.smallest.items():
            self._sample(known, sight)
        return self.counting.tally(batch)

    def _group(self, operation: Operation, status: int) -> _Group:
        found = self.groups.get((operation.id, status))
        if found is None:
            found = _Group(self.verifier.plan(operation, status))
            self.groups[operation.id, status] = found
        return found

    def _judge(self, group: _Group) -> None:
        """Judge all that wait: quickly, or by the checks themselves."""
        waiting, plan = group.waiting, group.plan
        group.waiting, group.size = [], 0
        if not plan.is_quick or not self.verifier.is_guarded:
            for sight in waiting:
                self._examine(sight.record, sight.route)
            return
        for sight, value in zip(waiting, _values([s.text for s in waiting]), strict=True):
            sight.value = value
        valid, known = [], []
        for sight, is_valid in zip(waiting, self._accepted(plan, waiting), strict=True):
            if not self._is_plain(sight, is_valid):
                self._examine(sight.record, sight.route)
            elif is_valid[0]:
                valid.append(sight)
            else:
                known.append(sight)
        self._count(plan, valid, valid=True)
        self._count(plan, known, valid=False)

    def _accepted(self, plan: Plan, sights: Sequence[Sight]) -> list[tuple[bool, ...]]:
        """Whether each view accepts each body, but for habits."""
        bodies = [sight.value for sight in sights]
        return list(zip(*(s.faults.accepted(bodies) for s in plan.sides if s.faults), strict=True))

    def _is_plain(self, sight: Sight, accepted: tuple[bool, ...]) -> bool:
        """Whether all faults of an exchange are known, and guards find nothing else."""
        if type(sight.value) is not dict or type(sight.record.raw["request"].get("body")) is dict:
            return False
        for side, is_accepted in zip(sight.plan.sides, accepted, strict=True):
            if is_accepted and side.faults and side.faults.trail is None:
                continue
            found = side.faults.of(sight.value, accepted=is_accepted) if side.faults else None
            if found is None:
                return False
            if found and sight.faults:
                told = {known.fingerprint for known in sight.faults}
                found = [*sight.faults, *(k for k in found if k.fingerprint not in told)]
            sight.faults = found or sight.faults
        for guard in self.verifier.guards:  # noqa: SIM110 (a generator takes twice as long)
            if not guard(sight):
                return False
        return True

    def _count(self, plan: Plan, sights: Sequence[Sight], *, valid: bool) -> None:
        """Count exchanges that were judged quickly, but for those that only look plain.

        jsonschema-rs takes `50.0` for an integer, clients do not: what has such a number is
        found by halves and examined.
        """
        seen, bodies = Seen(), [sight.value for sight in sights]
        odd = [
            count(side.shape, bodies, seen, valid=valid and side is plan.sides[0])
            for side in plan.sides
            if side.shape is not None
        ]
        if not any(odd):
            self._count_plain(plan, sights, seen)
        elif len(sights) == 1:
            self._examine(sights[0].record, sights[0].route)
        else:
            middle = len(sights) // 2
            self._count(plan, sights[:middle], valid=valid)
            self._count(plan, sights[middle:], valid=valid)

    def _count_plain(self, plan: Plan, sights: Sequence[Sight], seen: Seen) -> None:
        held = Counter(chain.from_iterable(sight.held for sight in sights))
        self.counting.exchanges(plan, Counter([sight.query for sight in sights]), held)
        self.counting.seen.add(seen)
        found = Counter(chain.from_iterable(sight.faults for sight in sights))
        for known, times in found.items():
            if known.fingerprint is not None:
                self.counting.counts["finding", known.fingerprint] += times
        if found:
            self._keep_smallest(sights, len(found))

    def _keep_smallest(self, sights: Sequence[Sight], kinds: int) -> None:
        """Keep the smallest exchange for each of so many kinds of known faults."""
        told: set[Known] = set()
        for sight in sorted(sights, key=lambda sight: sight.rank):
            for known in sight.faults:
                if known not in told:
                    told.add(known)
                    kept = self.smallest.get(known)
                    if kept is None or sight.rank < kept.rank:
                        self.smallest[known] = sight
            if len(told) == kinds:
                return

    def _sample(self, known: Known, sight: Sight) -> None:
        """Make the finding that a known fault was counted as."""
        exchange, _ = exchange_of(sight.record)
        readings = self._readings(exchange, sight.route, ask=False)
        checks = [check for check in self.verifier.selected if check.id in BY_MARKS]
        found = [finding for check in checks for finding in check.check(readings[0])]
        for reading in readings[1:]:
            found += self.verifier.findings_beyond(reading)
        for finding in found:
            if finding.fingerprint == known.fingerprint:
                self.counting.keep(finding, sight.record)

    def _examine(self, record: Record, route: Route) -> None:
        """Judge an exchange by the checks themselves, and learn from it."""
        verifier = self.verifier
        exchange, faults = exchange_of(record)
        self.counting.note(faults)
        status, query = exchange.response.status if exchange.response else 0, query_of(record.raw)
        plan = verifier.plan(route.operation, status)
        due = expectation(
            verifier.view, route.operation, exchange.request, route.path_params, plan.asked(query)
        )
        exchange = replace(exchange, expectation=due)
        readings = self._readings(exchange, route, ask="invariant" in verifier.ids)
        findings = [f for check in verifier.selected for f in check.check(readings[0])]
        further = [f for reading in readings[1:] for f in verifier.findings_beyond(reading)]
        told = {finding.fingerprint for finding in findings}
        for finding in (*findings, *(f for f in further if f.fingerprint not in told)):
            self.counting.finding(finding, record)
        if not status:
            self.counting.counts["exchange", route.operation.id, "none"] += 1
            return
        self.counting.reading(readings, plan, query)
        for side, reading, found in zip(plan.sides, readings, (findings, further), strict=False):
            if side.faults is not None and isinstance(reading.value, dict):
                side.faults.learn(reading.value, found)

    def _readings(self, exchange: Exchange, route: Route, *, ask: bool) -> list[Reading]:
        """The exchange as each view reads it."""
        verifier = self.verifier
        return [verifier.read(view, exchange, route, ask=ask) for view in verifier.views]


def _values(texts: list[str]) -> list[Any]:
    """The values of JSON texts; None for what is none, which no answer may be anyway."""
    try:
        return list(map(orjson.loads, texts))
    except orjson.JSONDecodeError:
        return [_value(text) for text in texts]


def _value(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
