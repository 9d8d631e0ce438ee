"""The core: records in, a tally out; nothing else is read, written or remembered.

Every exchange is judged by the checks of a run. Most are judged quickly: guards see that a check
would find nothing, marks tell faults that were worked out before. What neither can tell goes
through the checks themselves, so that the quick way decides how fast it goes, never what comes
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

import orjson

from contract_tests.checks import ABSENT, Check, Reading, all_checks, read, read_json
from contract_tests.contract import View
from contract_tests.contract.violations import kind
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Place
from contract_tests.masking import mask
from contract_tests.traffic.guards import GUARDS, Guard, Sight, invariant, silent
from contract_tests.traffic.merge import Name, Sample, Tally, first
from contract_tests.traffic.plans import MOST_REMEMBERED, Known, Plan, make_plan
from contract_tests.traffic.records import Diagnostic, Record, exchange_of
from contract_tests.traffic.requests import expectation
from contract_tests.traffic.routing import Route, Router
from contract_tests.traffic.shapes import count

HANDFUL = 1000
"""Exchanges whose answers are counted together."""
HANDFUL_BYTES = 8_000_000

UNKNOWN_FIELDS = "undocumented-field"
BY_MARKS = frozenset({"response-schema", UNKNOWN_FIELDS})
"""The checks whose findings marks stand for."""


@dataclass(frozen=True)
class Verifier:
    """How exchanges are judged; the same for all of a run, on whatever machine.

    Args:
        view: what answers are held against.
        now: Unix time for records that have none, so that the result does not depend on when
            a worker came to them.
        checks: ids of the checks to run; all where None.
        hosts: patterns of the hosts whose traffic counts; all where empty.
    """

    view: View
    now: float
    checks: frozenset[str] | None = None
    hosts: tuple[str, ...] = ()
    _plans: dict[tuple[str, int], Plan] = field(default_factory=dict, repr=False, compare=False)

    def verify(self, items: Iterable[Record | Diagnostic], batch: str) -> Tally:
        """What some records show; `batch` names them, and no others of the same run."""
        work = _Work(self)
        for item in items:
            work.take(item)
        work.count_handful()
        return work.tally(batch)

    @cached_property
    def selected(self) -> tuple[Check, ...]:
        """The checks to run."""
        return tuple(c for c in all_checks() if self.checks is None or c.id in self.checks)

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """The guards of the checks that have one, the dearest last."""
        found = {GUARDS[c.id] for c in self.selected if c.id in GUARDS} - {silent}
        return tuple(sorted(found, key=lambda guard: (guard is invariant, guard.__name__)))

    @cached_property
    def unguarded(self) -> tuple[Check, ...]:
        """The checks that have to be run on every exchange."""
        return tuple(c for c in self.selected if c.id not in GUARDS)

    @cached_property
    def router(self) -> Router:
        """Finds operations."""
        return Router(self.view, self.hosts)

    @cached_property
    def asks_invariants(self) -> bool:
        """Whether invariants are asked: telling CEL of an exchange is most of the work."""
        return any(check.id == "invariant" for check in self.selected)

    @cached_property
    def closed(self) -> bool:
        """Whether unknown fields are looked for."""
        return any(check.id == UNKNOWN_FIELDS for check in self.selected)

    def read(self, exchange: Exchange, route: Route, *, invariants: bool) -> Reading:
        """The exchange as checks see it, with or without its invariants."""
        if invariants:
            return read(self.view, exchange)
        body = exchange.response.body if exchange.response else b""
        value, faults = read_json(body) if body else (ABSENT, ())
        return Reading(self.view, exchange, route.operation, route.path_params, value, faults)

    def plan(self, route: Route, status: int) -> Plan:
        """What is worked out for an operation and a status."""
        key = route.operation.id, status
        if key not in self._plans:
            made = make_plan(self.view, route.operation, status, closed=self.closed)
            self._plans[key] = made
        return self._plans[key]


@dataclass
class _Work:
    """One batch being worked on."""

    verifier: Verifier
    counts: Counter[Name] = field(default_factory=Counter)
    seen: Counter[tuple[Place, str]] = field(default_factory=Counter)
    samples: dict[str, Sample] = field(default_factory=dict)
    smallest: dict[str, Sight] = field(default_factory=dict)
    """By fingerprint: the smallest exchange that a mark was counted for."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    handful: list[Sight] = field(default_factory=list)
    weight: int = 0

    def take(self, item: Record | Diagnostic) -> None:
        """Judge one record."""
        if isinstance(item, Diagnostic):
            self._note((item,))
            return
        request = item.raw["request"]
        route = self.verifier.router.match(request["method"], request["url"])
        if route is None:
            template = self.verifier.router.template(request["method"], request["url"])
            self.counts["unmatched", template] += 1
            return
        item.sent_at = item.sent_at or self.verifier.now
        sight = self._glance(item, route)
        if sight is None:
            self._examine(item, route)
            return
        self.handful.append(sight)
        self.weight += len(sight.text)
        if len(self.handful) >= HANDFUL or self.weight > HANDFUL_BYTES:
            self.count_handful()

    def _glance(self, record: Record, route: Route) -> Sight | None:
        """The exchange where it can be judged quickly, marked; None where it cannot."""
        response = record.raw.get("response")
        if not response or record.raw.get("failure"):
            return None
        plan, text = self.verifier.plan(route, response["status"]), response.get("body")
        if plan.schema is None or type(text) is not str or self.verifier.unguarded:
            return None
        sight = _sight(record, plan, route, text)
        if sight is None or not _mark(sight):
            return None
        return sight if all(guard(sight) for guard in self.verifier.guards) else None

    def _examine(self, record: Record, route: Route) -> None:
        """Judge an exchange by the checks themselves, and learn from it."""
        exchange, faults = exchange_of(record)
        self._note(faults)
        exchange = self._with_expectation(exchange, route)
        reading = self.verifier.read(exchange, route, invariants=self.verifier.asks_invariants)
        findings = [f for check in self.verifier.selected for f in check.check(reading)]
        for finding in findings:
            self._count_finding(finding, record)
        self._cover(reading)
        if reading.status is not None and isinstance(reading.value, dict):
            _learn(self.verifier.plan(route, reading.status), reading.value, findings)

    def _with_expectation(self, exchange: Exchange, route: Route) -> Exchange:
        view, status = self.verifier.view, exchange.response.status if exchange.response else 0
        query = self.verifier.plan(route, status).asked(_query(exchange.request.url))
        due = expectation(view, route.operation, exchange.request, route.path_params, query)
        return replace(exchange, expectation=due)

    def _count_finding(self, finding: Finding, record: Record) -> None:
        self.counts["finding", finding.fingerprint] += 1
        self._keep(finding, record)

    def _keep(self, finding: Finding, record: Record) -> None:
        """Keep a finding, masked, where its exchange is the smallest so far that shows it."""
        sample = Sample(_size(finding.exchange), record.file, record.offset, finding)
        kept = self.samples.get(finding.fingerprint)
        if kept is None or sample.rank < kept.rank:
            exchange = finding.exchange
            masked = mask(exchange, exchange.secrets) if exchange else None
            shown = replace(sample, finding=replace(finding, exchange=masked))
            self.samples[finding.fingerprint] = shown

    def _cover(self, reading: Reading) -> None:
        """Count what an exchange that was examined put to the test."""
        operation, status = reading.operation, reading.status
        if operation is None:
            return
        self.counts["exchange", operation.id, str(status or "none")] += 1
        if status is None:
            return
        plan = self.verifier.plan(Route(operation, "", reading.path), status)
        held = Counter(o.invariant.id for o in reading.outcomes if o.held is not None)
        self._count_constraints(plan, Counter([_query(reading.exchange.request.url)]), held)
        if plan.shape is not None and isinstance(reading.value, dict):
            count(plan.shape, [reading.value], self.seen)
        elif reading.value is not ABSENT:
            found = reading.view.exercised(operation.id, status, reading.value)
            self.seen.update((place, kind(item)) for place, item in found)

    def _count_constraints(self, plan: Plan, queries: Counter[str], held: Counter[str]) -> None:
        """Count what some exchanges of one plan put to the test, apart from their bodies."""
        counts, times = self.counts, queries.total()
        counts["exercised", f"status.{plan.status}"] += times
        for parameter in plan.operation.parameters:
            if parameter.location == "path":
                counts["exercised", parameter.place.name] += times
        for id_, often in held.items():
            counts["exercised", id_] += often
        for query, often in queries.items():
            for name, value in plan.asked(query).used:
                counts["exercised", name] += often
                if value is not None:
                    counts["seen", plan.operation.id, name, value] += often

    def count_handful(self) -> None:
        """Count the exchanges that were judged quickly, plan by plan."""
        groups: dict[int, list[Sight]] = {}
        for sight in self.handful:
            groups.setdefault(id(sight.plan), []).append(sight)
        self.handful, self.weight = [], 0
        for group in groups.values():
            self._count_group(group)

    def _count_group(self, group: Sequence[Sight]) -> None:
        plan, seen = group[0].plan, Counter[tuple[Place, str]]()
        if plan.shape and count(plan.shape, [sight.value for sight in group], seen):
            self._count_apart(group)
            return
        self.seen.update(seen)
        self.counts["exchange", plan.operation.id, str(plan.status)] += len(group)
        held = Counter(chain.from_iterable(sight.held for sight in group))
        self._count_constraints(plan, Counter(sight.query for sight in group), held)
        for sight in group:
            if sight.marks:
                self._count_marks(sight)

    def _count_apart(self, group: Sequence[Sight]) -> None:
        """Find what has a number with a fraction: clients tell `50.0` from an integer.

        jsonschema-rs does not, so the checks themselves have to see it.
        """
        if len(group) == 1:
            route = Route(group[0].plan.operation, "", group[0].path_params)
            self._examine(group[0].record, route)
            return
        middle = len(group) // 2
        self._count_group(group[:middle])
        self._count_group(group[middle:])

    def _count_marks(self, sight: Sight) -> None:
        known, rank = sight.plan.known, sight.rank
        for mark in sight.marks:
            fingerprint = known[mark].fingerprint
            if fingerprint is None:
                continue
            self.counts["finding", fingerprint] += 1
            kept = self.smallest.get(fingerprint)
            if kept is None or rank < kept.rank:
                self.smallest[fingerprint] = sight

    def _note(self, diagnostics: Iterable[Diagnostic]) -> None:
        for found in diagnostics:
            self.counts["diagnostic",] += 1
            self.diagnostics.append(found)
        if len(self.diagnostics) > 10_000:
            self.diagnostics = list(first(self.diagnostics))

    def tally(self, batch: str) -> Tally:
        """What the batch showed."""
        for fingerprint, sight in self.smallest.items():
            self._sample(fingerprint, sight)
        for (place, value), times in self.seen.items():
            self.counts["exercised", place.name] += times
            self.counts["seen", place.operation, place.name, value] += times
        return Tally({batch: dict(self.counts)}, self.samples, first(self.diagnostics))

    def _sample(self, fingerprint: str, sight: Sight) -> None:
        """Make the finding that a mark was counted for, of the smallest exchange that has it."""
        exchange, _ = exchange_of(sight.record)
        route = Route(sight.plan.operation, "", sight.path_params)
        reading = self.verifier.read(exchange, route, invariants=False)
        checks = (check for check in self.verifier.selected if check.id in BY_MARKS)
        for finding in (found for check in checks for found in check.check(reading)):
            if finding.fingerprint == fingerprint:
                self._keep(finding, sight.record)


def _sight(record: Record, plan: Plan, route: Route, text: str) -> Sight | None:
    """The exchange at a glance; None where it is no plain one."""
    request, response = record.raw["request"], record.raw["response"]
    sent, came = _lower(request.get("headers")), _lower(response.get("headers"))
    if sent is None or came is None or isinstance(request.get("body"), dict):
        return None
    query = _query(request["url"])
    if query and plan.asked(query).expectation is not None:
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if type(value) is not dict:
        return None
    return Sight(record, plan, route.path_params, query, text, value, sent, came)


def _mark(sight: Sight) -> bool:
    """Mark the faults of an answer; False where one of them is not known yet."""
    schema, known = sight.plan.schema, sight.plan.known
    if schema is None or schema.is_valid(sight.value):
        return schema is not None
    sight.marks = schema.marks(sight.value)
    return all(mark in known for mark in sight.marks)


def _learn(plan: Plan, value: Any, findings: Iterable[Finding]) -> None:
    """Remember what each mark of an answer stands for."""
    if plan.schema is None or len(plan.known) > MOST_REMEMBERED:
        return
    by_fault = {
        (f.place, f.values, f.id == UNKNOWN_FIELDS): f.fingerprint
        for f in findings
        if f.id in BY_MARKS
    }
    try:
        if all(mark in plan.known for mark in plan.schema.marks(value)):
            return
        for mark, fault in plan.schema.faults(value):
            key = fault.place, fault.values, fault.unknown_field
            plan.known[mark] = Known(by_fault.get(key), str(fault.place))
    except ValueError:  # text that is no Unicode: nothing to learn from
        return


def _lower(written: Any) -> Mapping[str, str] | None:
    """Headers by their names in lower case; None where a name stands twice."""
    if not isinstance(written, list):
        return {} if not written else None
    found = {name.lower(): value for name, value in written}
    return found if len(found) == len(written) else None


def _query(url: str) -> str:
    return url.partition("#")[0].partition("?")[2]


def _size(exchange: Exchange | None) -> int:
    """What makes an exchange small enough to show."""
    if exchange is None:
        return 0
    answer = len(exchange.response.body) if exchange.response else 0
    return len(exchange.request.url) + len(exchange.request.body) + answer
