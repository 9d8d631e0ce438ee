"""Habits: faults that nearly every answer has, found without validating for them.

A known discrepancy (`TIMING` for `timing`, a field that no page names) is in answer after answer.
Asking a validator for its errors takes twenty times as long as asking it whether there are any.
So a fault that keeps coming, and that shows in one field alone, is accepted by a second
validator, and found by the form of the object that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contract_tests.contract.strict import Habit
from contract_tests.traffic.forms import Noted

MOST_REMEMBERED = 10_000
"""Forms with their values that are kept in mind."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A kind of fault that was worked out before; each is made once, and is its own key."""

    fingerprint: str | None
    """None where the checks find nothing in it after all."""


@dataclass(slots=True)
class Habits:
    """The habits of one schema's bodies."""

    known: dict[Habit, Known] = field(default_factory=dict)
    _shown: dict[Noted, tuple[Known, ...]] = field(default_factory=dict)

    def add(self, habit: Habit, known: Known) -> None:
        """Know one more."""
        self.known[habit] = known
        self._shown.clear()

    def shown(self, noted: Iterable[Noted]) -> list[Known]:
        """The habits that some objects show; one as often as it is there."""
        found: list[Known] = []
        for each in noted:
            shown = self._shown.get(each)
            if shown is None:
                if len(self._shown) > MOST_REMEMBERED:
                    self._shown.clear()
                shown = self._shown[each] = tuple(self._look(each))
            found += shown
        return found

    def _look(self, noted: Noted) -> Iterator[Known]:
        told = {(field_.name, value) for field_, value in noted.values}
        for habit, known in self.known.items():
            is_name = habit.value is None and habit.field in noted.form.names
            is_there = is_name or (habit.field, habit.value) in told
            if is_there and habit.owner == noted.form.owner:
                yield known
