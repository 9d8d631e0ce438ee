"""Counts what a batch shows, and keeps the smallest exchange for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from contract_tests.checks import ABSENT, Reading
from contract_tests.contract.violations import kind
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Place
from contract_tests.masking import mask
from contract_tests.traffic.merge import MOST_DIAGNOSTICS, Name, Sample, Tally, first
from contract_tests.traffic.plans import Plan
from contract_tests.traffic.records import Diagnostic, Record
from contract_tests.traffic.shapes import count


@dataclass
class Counting:
    """The tally of a batch, growing."""

    counts: Counter[Name] = field(default_factory=Counter)
    seen: Counter[tuple[Place, str]] = field(default_factory=Counter)
    """How often each documented field held each value, or kind of value."""
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

    def exchanges(self, plan: Plan, queries: Counter[str], held: Counter[str]) -> None:
        """Count what some exchanges of one plan put to the test, apart from their bodies.

        Args:
            plan: their operation and status.
            queries: how often each query string was asked.
            held: how often each invariant was exercised.
        """
        counts, times, operation = self.counts, queries.total(), plan.operation
        counts["exchange", operation.id, str(plan.status)] += times
        counts["exercised", f"status.{plan.status}"] += times
        for parameter in operation.parameters:
            if parameter.location == "path":
                counts["exercised", parameter.place.name] += times
        for id_, often in held.items():
            counts["exercised", id_] += often
        for query, often in queries.items():
            for name, value in plan.asked(query).used:
                counts["exercised", name] += often
                if value is not None:
                    counts["seen", operation.id, name, value] += often

    def reading(self, reading: Reading, plan: Plan, query: str) -> None:
        """Count what one answer that was examined put to the test."""
        held = Counter(o.invariant.id for o in reading.outcomes if o.held is not None)
        self.exchanges(plan, Counter([query]), held)
        if plan.shape is not None and isinstance(reading.value, dict):
            count(plan.shape, [reading.value], self.seen)
        elif reading.value is not ABSENT:
            found = reading.view.exercised(plan.operation.id, plan.status, reading.value)
            self.seen.update((place, kind(item)) for place, item in found)

    def tally(self, batch: str) -> Tally:
        """What the batch showed."""
        counts = self.counts.copy()
        for (place, value), times in self.seen.items():
            counts["exercised", place.name] += times
            counts["seen", place.operation, place.name, value] += times
        return Tally({batch: dict(counts)}, dict(self.samples), first(self.diagnostics))


def _size(exchange: Exchange | None) -> int:
    """What makes an exchange small enough to show."""
    if exchange is None:
        return 0
    answer = len(exchange.response.body) if exchange.response else 0
    return len(exchange.request.url) + len(exchange.request.body) + answer
