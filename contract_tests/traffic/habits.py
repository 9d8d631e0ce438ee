"""Habits: faults that nearly every answer has, found without validating for them.

A known discrepancy (`TIMING` for `timing`, a field that no page names) is in answer after answer.
Asking a validator for its errors takes twenty times as long as asking it whether there are any.
So a fault that keeps coming, and that shows in one field alone, is accepted by a second
validator, and found by looking at that field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract.strict import Habit
from contract_tests.traffic.shapes import Shape


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A kind of fault that was worked out before; each is made once, and is its own key."""

    fingerprint: str | None
    """None where the checks find nothing in it after all."""


@dataclass(slots=True)
class Trail:
    """Where in an object, and in those inside of it, habits show."""

    values: list[tuple[str, Mapping[str, Known]]] = field(default_factory=list)
    fields: dict[str, Known] = field(default_factory=dict)
    inner: list[tuple[str, Trail]] = field(default_factory=list)

    def follow(self, value: Mapping[str, Any], found: list[Known]) -> None:
        """Add the habits that an object shows; one as often as it is there."""
        for name, known in self.values:
            shown = value.get(name)
            texts = shown if type(shown) is list else (shown,)
            found += [known[each] for each in texts if type(each) is str and each in known]
        found += [known for name, known in self.fields.items() if name in value]
        for name, trail in self.inner:
            inside = value.get(name)
            for each in inside if type(inside) is list else (inside,):
                if type(each) is dict:
                    trail.follow(each, found)


def trail_of(shape: Shape, habits: Mapping[Habit, Known]) -> Trail | None:
    """Where habits show in answers of a shape; None where they show nowhere."""
    return _trail(shape, habits, {})


def _trail(
    shape: Shape, habits: Mapping[Habit, Known], made: dict[int, Trail | None]
) -> Trail | None:
    if id(shape) in made:
        return made[id(shape)]
    trail = made[id(shape)] = Trail()
    mine = {h: known for h, known in habits.items() if h.owner == shape.location}
    trail.fields |= {h.field: known for h, known in mine.items() if h.value is None}
    for name in sorted({h.field for h in mine if h.value is not None}):
        table = {h.value: k for h, k in mine.items() if h.field == name and h.value is not None}
        trail.values.append((name, table))
    for field_ in shape.fields:
        inside = _trail(field_.inner, habits, made) if field_.inner else None
        if inside is not None:
            trail.inner.append((field_.name, inside))
    if not (trail.values or trail.fields or trail.inner):
        made[id(shape)] = None
        return None
    return trail
