"""The steps of the gate, and the one decision that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from contract_tests.errors import ContractTestsError

Outcome = Literal["passed", "known", "failed", "undecided", "skipped"]
Verdict = Literal["go", "go with known discrepancies", "no-go", "undecided"]

EXIT: dict[Verdict, int] = {"go": 0, "go with known discrepancies": 0, "no-go": 1, "undecided": 2}


@dataclass(frozen=True, slots=True)
class Step:
    """What one step came to, and why; `known` passed with what the ledger knows."""

    name: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The steps, and what they come to together."""

    steps: tuple[Step, ...]

    @property
    def verdict(self) -> Verdict:
        """One failed step is a no-go, whatever the others say; one undone leaves it open."""
        outcomes = {step.outcome for step in self.steps}
        if "failed" in outcomes:
            return "no-go"
        if "undecided" in outcomes or outcomes <= {"skipped"}:
            return "undecided"
        return "go with known discrepancies" if "known" in outcomes else "go"

    @property
    def exit_code(self) -> int:
        """0 for go, 1 for no-go, 2 where it could not be decided."""
        return EXIT[self.verdict]


def decide(tasks: Iterable[tuple[str, Callable[[], Step]]], skipped: Iterable[str]) -> Decision:
    """Do the steps one after the other; one that cannot be done is undecided, and says why."""
    left_out = frozenset(skipped)
    return Decision(
        tuple(
            Step(name, "skipped", ("left out by --skip",))
            if name in left_out
            else _attempted(name, task)
            for name, task in tasks
        )
    )


def _attempted(name: str, task: Callable[[], Step]) -> Step:
    try:
        return task()
    except ContractTestsError as error:
        return Step(name, "undecided", (str(error),))
