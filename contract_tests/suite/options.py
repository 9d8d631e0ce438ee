"""What a run of the suite is told: the one place where its options are named and have defaults."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

BudgetName = Literal["quick", "standard", "thorough"]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a run may spend."""

    name: BudgetName
    starts: int
    """Valid starts from all over the ranges of their parameters."""
    generated: int
    """Queries that schemathesis generates, of the valid and of the invalid ones each."""
    seconds: float
    """How long valid starts are repeated after all else."""


BUDGETS = {
    "quick": Budget("quick", starts=8, generated=5, seconds=0),
    "standard": Budget("standard", starts=50, generated=20, seconds=0),
    "thorough": Budget("thorough", starts=150, generated=100, seconds=60),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of one run; none of them is a secret, so they may be shown and passed on."""

    target: str | None = None
    """A named target, a base URL, or None for the embedded mock."""
    overrides: dict[str, Any] = field(default_factory=dict)
    """Fields of the target that the command line gives."""
    config: str | None = None
    spec: str | None = None
    page: str | None = None
    view: Literal["documented", "observed"] = "observed"
    play: Literal["documented", "observed"] = "observed"
    faults: tuple[str, ...] = ()
    seed: int = 0
    budget: BudgetName = "standard"
    fail_on: str = "misleads"
    shard: str | None = None
    reports: str = "reports"
    formats: tuple[str, ...] = ("run-json", "summary", "junit")
    keep: int | None = None
    quiet: bool = False

    def to_json(self) -> str:
        """As one line, for pytest's command line and its workers."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back."""
        values: dict[str, Any] = json.loads(text)
        listed = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
        return cls(**dict[str, Any](listed))
