"""The seam where faults enter the mock: a fault is one deliberate defect, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from contract_tests.targets.mock.state import Notebook, World
from contract_tests.targets.mock.wire import Answer, Call

Klass = Literal[
    "response", "request-validation", "authentication", "state", "robustness", "security", "rare"
]
KLASSES: tuple[Klass, ...] = get_args(Klass)


@dataclass(frozen=True, slots=True)
class Turn:
    """One call at the moment a fault meets it.

    `operation` is the id of the operation it is for, None where it is for none; `ids` are its
    path parameters.
    """

    call: Call
    operation: str | None
    ids: Mapping[str, str]
    world: World

    @property
    def notebook(self) -> Notebook | None:
        """The notebook in the path, of whatever project; None where there is none."""
        return self.world.notebooks.get(self.ids.get("id", ""))


class Rewrite(Protocol):
    """What the mock takes a call for: the way to accept or refuse it wrongly."""

    def __call__(self, turn: Turn, /) -> Call:
        """The call to handle instead; the one of the turn where nothing is to change."""
        ...


class Alter(Protocol):
    """What becomes of an answer before it goes out; may change the world behind it."""

    def __call__(self, turn: Turn, answer: Answer, /) -> Answer:
        """The answer to give instead; the same one where nothing is to change."""
        ...


def same_call(turn: Turn) -> Call:
    """Rewrites nothing."""
    return turn.call


def same_answer(turn: Turn, answer: Answer) -> Answer:
    """Alters nothing."""
    del turn
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One deliberate defect.

    `id` is stable and in kebab case. `detects` names the place that a finding should be at,
    as the ledger writes it (`StartNotebook:VolumeRes.category`); several where a reader could
    hold either of them responsible.
    """

    id: str
    klass: Klass
    description: str
    detects: tuple[str, ...]
    rewrite: Rewrite = same_call
    alter: Alter = same_answer
