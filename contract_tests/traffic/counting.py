"""Counts what a batch shows, and keeps the smallest exchange for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from contract_tests.checks import ABSENT, Reading
from contract_tests.contract.violations import kind
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.masking import mask
from contract_tests.traffic.forms import Noted, Seen, note
from contract_tests.traffic.merge import MOST_DIAGNOSTICS, Name, Sample, Tally, first
from contract_tests.traffic.plans import MOST_REMEMBERED, Plan
from contract_tests.traffic.records import Diagnostic, Record


@dataclass
class Counting:
    """The tally of a batch, growing."""

    counts: Counter[Name] = field(default_factory=Counter)
    seen: Seen = field(default_factory=Seen)
    plain: dict[tuple[Plan, str, tuple[str, ...]], int] = field(default_factory=dict)
    """Exchanges by plan, query string, and the invariants that they exercised."""
    samples: dict[str, Sample] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def note(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count what could not be read."""
        for found in diagnostics:
            self.counts["diagnostic",] += 1
            self.diagnostics.append(found)
        if len(self.diagnostics) > 2 * MOST_DIAGNOSTICS:
            self.diagnostics = list(first(self.diagnostics))

    def finding(self, finding: Finding, record: Record) -> None:
        """Count a finding of an exchange."""
        self.counts["finding", finding.fingerprint] += 1
        self.keep(finding, record)

    def keep(self, finding: Finding, record: Record) -> None:
        """Keep a finding, masked, where its exchange is the smallest so far that shows it."""
        sample = Sample(_size(finding.exchange), record.file, record.offset, finding)
        kept = self.samples.get(finding.fingerprint)
        if kept is None or sample.rank < kept.rank:
            exchange = mask(finding.exchange) if finding.exchange else None
            shown = replace(sample, finding=replace(finding, exchange=exchange))
            self.samples[finding.fingerprint] = shown

    def exchange(
        self, plan: Plan, query: str, held: Sequence[str], noted: Iterable[Noted] = ()
    ) -> None:
        """Count what an exchange put to the test.

        Args:
            plan: its operation and status.
            query: its query string.
            held: the invariants that it exercised, one as often as it did.
            noted: the forms of its body.
        """
        key = plan, query, tuple(held)
        self.plain[key] = self.plain.get(key, 0) + 1
        self.seen.add(noted)
        if len(self.plain) > MOST_REMEMBERED:
            self._fold()

    def _fold(self) -> None:
        """Turn exchanges that were counted together into the counts of what they exercised."""
        for (plan, query, held), times in self.plain.items():
            self._exchanges(plan, query, held, times)
        self.plain.clear()

    def _exchanges(self, plan: Plan, query: str, held: Iterable[str], times: int) -> None:
        counts, operation = self.counts, plan.operation
        counts["exchange", operation.id, str(plan.status)] += times
        self._put_to_test(f"status.{plan.status}", operation.id, times)
        for parameter in operation.parameters:
            if parameter.location == "path":
                self._put_to_test(parameter.place.name, operation.id, times)
        for id_ in held:
            counts["exercised", id_] += times
        for name, value in plan.asked(query).used:
            self._put_to_test(name, operation.id, times)
            if value is not None:
                counts["value", operation.id, name, value] += times

    def _put_to_test(self, name: str, operation: str, times: int) -> None:
        """Count a place that each operation has of its own, by itself and with its operation."""
        self.counts["exercised", name] += times
        self.counts["exercised", f"{operation}:{name}"] += times

    def reading(self, reading: Reading, plan: Plan, query: str, held: Sequence[str]) -> None:
        """Count what one answer that was examined put to the test."""
        self.exchange(plan, query, held)
        if plan.shape is not None and isinstance(reading.value, dict):
            noted: list[Noted] = []
            note(plan.shape, reading.value, noted)
            self.seen.add(noted)
        elif reading.value is not ABSENT:
            found = reading.view.exercised(plan.operation.id, plan.status, reading.value)
            for place, item in found:
                self.counts["exercised", place.name] += 1
                self.counts["kind", place.operation, place.name, kind(item)] += 1

    def tally(self, batch: str) -> Tally:
        """What the batch showed."""
        self._fold()
        counts = self.counts.copy()
        for (field_, kind_), times in self.seen.kinds().items():
            counts["exercised", field_.place.name] += times
            counts["kind", field_.place.operation, field_.place.name, kind_] += times
        for (field_, value), times in self.seen.values().items():
            counts["value", field_.place.operation, field_.place.name, value] += times
        return Tally({batch: dict(counts)}, dict(self.samples), first(self.diagnostics))


def _size(exchange: Exchange | None) -> int:
    """What makes an exchange small enough to show."""
    if exchange is None:
        return 0
    answer = len(exchange.response.body) if exchange.response else 0
    return len(exchange.request.url) + len(exchange.request.body) + answer
