"""What the trials of a selfcheck come to: the mutation score of each class, and the survivors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contract_tests.selfcheck.trial import Trial
from contract_tests.targets.mock import KLASSES, Fault, PlayName

LEAST_OVERALL = 0.97
LEAST_OF_A_CLASS = 0.90
"""Shares of the faults that the suite has to find."""


@dataclass(frozen=True, slots=True)
class Score:
    """Of a class, or of all: how many faults were tried, found, and found where they are."""

    name: str
    tried: int
    killed: int
    named: int

    @property
    def share(self) -> float:
        """The mutation score, 1.0 where nothing was tried."""
        return self.killed / self.tried if self.tried else 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """All of a selfcheck; `alarms` are the findings in the clean mock, by play."""

    trials: tuple[Trial, ...]
    alarms: tuple[tuple[PlayName, str], ...]

    @property
    def classes(self) -> tuple[Score, ...]:
        """The score of each class that was tried, in the order of the classes."""
        found = (_score(k, [t for t in self.trials if t.fault.klass == k]) for k in KLASSES)
        return tuple(score for score in found if score.tried)

    @property
    def overall(self) -> Score:
        """The score of all faults together."""
        return _score("overall", self.trials)

    @property
    def survivors(self) -> tuple[Fault, ...]:
        """The faults that were not found."""
        return tuple(trial.fault for trial in self.trials if not trial.killed)

    @property
    def suffices(self) -> bool:
        """Whether the suite is strong enough, and silent on the clean mock."""
        is_strong = all(score.share >= LEAST_OF_A_CLASS for score in self.classes)
        return not self.alarms and is_strong and self.overall.share >= LEAST_OVERALL


def _score(name: str, trials: Iterable[Trial]) -> Score:
    tried = tuple(trials)
    killed, named = sum(trial.killed for trial in tried), sum(trial.named for trial in tried)
    return Score(name, len(tried), killed, named)
