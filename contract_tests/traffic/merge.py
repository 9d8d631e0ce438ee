"""Tallies: what batches of records showed, merged in any order, any number of times.

A count is kept for each batch that it comes from, so that a batch that was counted twice (a
worker died, and its batch was given to another) counts once: merging takes the union. Of each
finding the smallest exchange that shows it is kept. Both are semilattices, so merging is
associative, commutative and idempotent, and the result is that of one process reading it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from contract_tests.findings import Finding
from contract_tests.traffic.reading.records import Diagnostic
from contract_tests.triage import Sighting

MOST_DIAGNOSTICS = 1000
"""Diagnostics that a tally names; all are counted."""
MOST_TEMPLATES = 1000
"""Unmatched method and path templates that a tally names; all exchanges are counted."""

Name = tuple[str, ...]
"""What is counted: its kind, then whatever tells it apart."""
Counts = Mapping[Name, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """A finding as one exchange showed it; the order prefers small exchanges, then early ones."""

    size: int
    file: str
    offset: int
    finding: Finding = field(compare=False)

    @property
    def rank(self) -> tuple[int, str, int, str]:
        """What the order is by; the message tells findings of one exchange apart."""
        return self.size, self.file, self.offset, self.finding.message


@dataclass(frozen=True, slots=True)
class Tally:
    """What some batches showed.

    `counts` are by batch, a name that says which records it holds. `samples` are by
    fingerprint. `diagnostics` are the first few by file and offset.
    """

    counts: Mapping[str, Counts] = field(default_factory=dict)
    samples: Mapping[str, Sample] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def totals(self, kind: str) -> Counter[Name]:
        """The counts of one kind over all batches, by what follows the kind in their names."""
        found: Counter[Name] = Counter()
        for counts in self.counts.values():
            for name, count in counts.items():
                if name[0] == kind:
                    found[name[1:]] += count
        return found

    def total(self, kind: str) -> int:
        """How many of one kind there were in all."""
        return self.totals(kind).total()

    def sightings(self) -> dict[str, Sighting]:
        """The findings as triage takes them."""
        counts = self.totals("finding")
        return {key: Sighting(s.finding, counts[key,]) for key, s in sorted(self.samples.items())}


NOTHING = Tally()


def merge(one: Tally, other: Tally) -> Tally:
    """What both showed together."""
    return merge_all((one, other))


def merge_all(tallies: Iterable[Tally]) -> Tally:
    """What all of them showed together."""
    counts: dict[str, Counts] = {}
    samples: dict[str, Sample] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
    for tally in tallies:
        for batch, found in tally.counts.items():
            mine = counts.get(batch)
            counts[batch] = found if mine is None else dict(_larger(mine, found))
        for fingerprint, sample in tally.samples.items():
            kept = samples.get(fingerprint)
            samples[fingerprint] = sample if kept is None else min(kept, sample, key=_rank)
        if tally.diagnostics:
            diagnostics = first(diagnostics + tally.diagnostics)
    return Tally(counts, samples, diagnostics)


def first(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first MOST_DIAGNOSTICS by file and offset, each once."""
    kept = nsmallest(MOST_DIAGNOSTICS, set(diagnostics), key=_position)
    return tuple(kept)


def _position(found: Diagnostic) -> tuple[str, int, str]:
    return found.file, found.offset, found.reason


def _larger(mine: Counts, theirs: Counts) -> Iterator[tuple[Name, int]]:
    """Counts of one batch: they are the same, or one saw less of it."""
    for name in sorted(mine.keys() | theirs.keys()):
        yield name, max(mine.get(name, 0), theirs.get(name, 0))


def _rank(sample: Sample) -> tuple[int, str, int, str]:
    return sample.rank
