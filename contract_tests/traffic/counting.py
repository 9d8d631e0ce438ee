"""Counts what a batch shows, and keeps the smallest exchange for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from contract_tests.checks import ABSENT, Reading
from contract_tests.contract.violations import kind
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.masking import Masker, mask
from contract_tests.traffic.merge import MOST_DIAGNOSTICS, Name, Sample, Tally, first
from contract_tests.traffic.plans import MOST_REMEMBERED, Plan
from contract_tests.traffic.reading.records import Diagnostic, Record
from contract_tests.traffic.sight import Rank, Sight
from contract_tests.traffic.typed.faults import Known
from contract_tests.traffic.typed.forms import Form, forms_of


@dataclass(slots=True)
class _Alike:
    """Exchanges that are counted alike: one plan, one query, the same forms."""

    faults: tuple[Known, ...]
    times: int = 0
    longest: int = 0
    """The size of an exchange; a larger one is the smallest that shows a fault of none."""


_Key = tuple[Plan, str, tuple[str, ...], tuple[Form, ...]]


@dataclass
class Counting:
    """The tally of a batch, growing."""

    counts: Counter[Name] = field(default_factory=Counter)
    alike: dict[_Key, _Alike] = field(default_factory=dict)
    """By plan, query string, the invariants that they exercised, and forms."""
    smallest: dict[Known, tuple[Rank, Sight]] = field(default_factory=dict)
    """The smallest exchange of those that were judged at a glance, by what is wrong with it."""
    samples: dict[str, Sample] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    """Of exchanges that were examined: those that repeat one are."""

    def note(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count what could not be read."""
        for found in diagnostics:
            self.counts["diagnostic",] += 1
            self.diagnostics.append(found)
        if len(self.diagnostics) > 2 * MOST_DIAGNOSTICS:
            self.diagnostics = list(first(self.diagnostics))

    def finding(self, finding: Finding, record: Record) -> None:
        """Count a finding of an exchange."""
        fingerprint = finding.fingerprint
        self.counts["finding", fingerprint] += 1
        self.keep(fingerprint, finding, record)

    def keep(self, fingerprint: str, finding: Finding, record: Record) -> None:
        """Keep a finding where its exchange is the smallest so far that shows it."""
        sample = Sample(_size(finding.exchange), record.file, record.offset, finding)
        kept = self.samples.get(fingerprint)
        if kept is None or sample.rank < kept.rank:
            self.samples[fingerprint] = sample

    def glanced(self, sight: Sight) -> None:
        """Count an exchange that was judged at a glance, and its faults."""
        forms = sight.forms
        found = self.alike.get((sight.plan, sight.route.query, sight.held, forms))
        if found is None:
            found = self._alike(sight.plan, sight.route.query, sight.held, forms)
        found.times += 1
        if found.faults and (found.times == 1 or sight.least <= found.longest):
            found.longest = self._keep_smallest(found.faults, sight)

    def examined(self, reading: Reading, plan: Plan, query: str, held: tuple[str, ...]) -> None:
        """Count what an exchange put to the test that the checks themselves have judged."""
        forms: tuple[Form, ...] = ()
        if plan.forms is not None and isinstance(reading.value, dict):
            forms = plan.forms.keep(forms_of(plan.forms.shape, reading.value))
        elif reading.value is not ABSENT:
            found = reading.view.exercised(plan.operation.id, plan.status, reading.value)
            for place, item in found:
                self.counts["exercised", place.name] += 1
                self.counts["kind", place.operation, place.name, kind(item)] += 1
        self._alike(plan, query, held, forms).times += 1

    def _alike(
        self, plan: Plan, query: str, held: tuple[str, ...], forms: tuple[Form, ...]
    ) -> _Alike:
        key = plan, query, held, forms
        found = self.alike.get(key)
        if found is None:
            if len(self.alike) > MOST_REMEMBERED:
                self._fold()
            found = self.alike[key] = _Alike(faults_of(forms))
        return found

    def _keep_smallest(self, kinds: tuple[Known, ...], sight: Sight) -> int:
        """Keep an exchange for what it is the smallest of; how large the others are at most."""
        rank = sight.rank
        for known in kinds:
            if known not in self.smallest or rank < self.smallest[known][0]:
                self.smallest[known] = rank, sight
        return max(self.smallest[known][0][0] for known in kinds)

    def _fold(self) -> None:
        """Turn exchanges that were counted together into the counts of what they exercised."""
        forms: Counter[Form] = Counter()
        for (plan, query, held, its_forms), found in self.alike.items():
            self._exchanges(plan, query, held, found.times)
            self._forms_and_faults((), found.faults, found.times)
            for form in its_forms:
                forms[form] += found.times
        self.alike.clear()
        for form, times in forms.items():
            self._forms_and_faults((form,), (), times)

    def _forms_and_faults(self, forms: Iterable[Form], faults: Iterable[Known], times: int) -> None:
        counts = self.counts
        for form in forms:
            for field_, kind_ in form.kinds:
                place = field_.place
                counts["exercised", place.name] += times
                counts["kind", place.operation, place.name, kind_] += times
            for field_, text in form.texts():
                counts["value", field_.place.operation, field_.place.name, text] += times
        for known in faults:
            if known.fingerprint is not None:
                counts["finding", known.fingerprint] += times

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

    def tally(self, batch: str) -> Tally:
        """What the batch showed, its samples masked."""
        self._fold()
        samples = {
            fingerprint: replace(sample, finding=_masked(sample.finding))
            for fingerprint, sample in self.samples.items()
        }
        return Tally({batch: self._shown()}, samples, first(self.diagnostics))

    def _shown(self) -> dict[Name, int]:
        """The counts, with values masked that are secrets."""
        masker, shown = Masker(self.secrets), Counter[Name]()
        for name, count in self.counts.items():
            *which, value = name
            shown[(*which, masker.text(value)) if name[0] == "value" else name] += count
        return dict(shown)


def _masked(finding: Finding) -> Finding:
    """The finding as it may be kept: checks conceal what they say, not the exchange itself."""
    return replace(finding, exchange=finding.exchange and mask(finding.exchange))


def faults_of(forms: Sequence[Form]) -> tuple[Known, ...]:
    """The faults of a body; those by the overlay only where the documented view has none such."""
    found: list[Known] = []
    for of_view in zip(*(form.faults for form in forms), strict=True):
        told = {known.fingerprint for known in found}
        found += [k for known in of_view for k in known if k.fingerprint not in told]
    return tuple(found)


def _size(exchange: Exchange | None) -> int:
    """What makes an exchange small enough to show."""
    if exchange is None:
        return 0
    answer = len(exchange.response.body) if exchange.response else 0
    return len(exchange.request.url) + len(exchange.request.body) + answer
