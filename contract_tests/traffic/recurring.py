"""Faults that keep coming: how often each came, and the smallest exchange that shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from contract_tests.traffic.habits import Known
from contract_tests.traffic.sight import Rank, Sight

MOST_TOGETHER = 10_000
"""Kinds of faults that came together, kept before they are counted one by one."""


@dataclass(slots=True)
class _Together:
    """Kinds of faults that one exchange or more had, all of them and no others."""

    longest: int
    """What is longer shows none of them in a smaller exchange."""
    times: int = 0


@dataclass(slots=True)
class Recurring:
    """The known faults of a batch."""

    _together: dict[tuple[Known, ...], _Together] = field(default_factory=dict)
    _counted: Counter[Known] = field(default_factory=Counter)
    _smallest: dict[Known, tuple[Rank, Sight]] = field(default_factory=dict)

    def add(self, sight: Sight) -> None:
        """Count the faults of an exchange, and keep it where it is the smallest that shows one."""
        kinds = tuple(sight.faults)
        found = self._together.get(kinds)
        if found is None:
            if len(self._together) > MOST_TOGETHER:
                self._fold()
            found = self._together[kinds] = _Together(self._keep(kinds, sight))
        elif len(sight.text) <= found.longest:
            found.longest = self._keep(kinds, sight)
        found.times += 1

    def times(self) -> Counter[Known]:
        """How often each came."""
        self._fold()
        return self._counted

    def examples(self) -> Iterator[tuple[Known, Sight]]:
        """The smallest exchange of each."""
        for known, (_, sight) in self._smallest.items():
            yield known, sight

    def _keep(self, kinds: tuple[Known, ...], sight: Sight) -> int:
        """Keep an exchange for what it is the smallest of; how large the others are at most."""
        rank = sight.rank
        for known in kinds:
            if known not in self._smallest or rank < self._smallest[known][0]:
                self._smallest[known] = rank, sight
        return max(self._smallest[known][0][0] for known in kinds)

    def _fold(self) -> None:
        for kinds, found in self._together.items():
            for known in kinds:
                self._counted[known] += found.times
        self._together.clear()
