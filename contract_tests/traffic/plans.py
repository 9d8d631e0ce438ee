"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from contract_tests.contract import Location, Operation, View
from contract_tests.contract.strict import Habit, Mark, StrictSchema, strict_schema
from contract_tests.findings import Finding
from contract_tests.traffic.forms import Noted
from contract_tests.traffic.habits import Habits, Known
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens import Screen, screen_of
from contract_tests.traffic.shapes import (
    Shape,
    enumerated_places,
    merged,
    owners,
    shape_of,
)

MOST_REMEMBERED = 10_000
"""Query strings, and kinds of faults, that are kept in mind."""
OFTEN = 20
"""So many times a fault has to be found until it counts as a habit, ..."""
SHARE = 0.05
"""... and in so many of the answers: looking for rare ones in each costs more than it saves."""
MOST_HABITS = 100
UNKNOWN_FIELDS = "undocumented-field"
BY_MARKS = frozenset({"response-schema", UNKNOWN_FIELDS})
"""The checks whose findings marks stand for."""


@dataclass(slots=True)
class Faults:
    """What is known of the faults of one schema's bodies; grows as they come."""

    schema: StrictSchema
    owners: frozenset[Location]
    """The object schemas whose habits show in the forms of bodies."""
    accepts: Callable[[Any], bool]
    known: dict[Mark, Known] = field(default_factory=dict)
    often: Counter[Mark] = field(default_factory=Counter)
    may_be_habits: dict[Mark, Habit] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    judged: int = 0

    def of(self, value: dict[str, Any], noted: Iterable[Noted]) -> Sequence[Known] | None:
        """All faults of a body, one as often as it is there; None: one was not worked out yet."""
        self.judged += 1
        try:
            if not self.accepts(value):
                return self._known_of(value)
        except ValueError:  # it is nested too deeply to be validated
            return None
        return self.habits.shown(noted) if self.habits.known else ()

    def _known_of(self, value: dict[str, Any]) -> list[Known] | None:
        found: list[Known] = []
        for mark in self.schema.marks(value):
            known = self.known.get(mark)
            if known is None:
                return None
            found.append(known)
            self.often[mark] += 1
            if self.often[mark] >= max(OFTEN, SHARE * self.judged):
                self._adopt(mark)
        return found

    def learn(self, value: Any, findings: Iterable[Finding]) -> None:
        """Remember what the marks of a body stand for; `findings` are what the checks found."""
        if len(self.known) > MOST_REMEMBERED:
            return
        told = [f for f in findings if f.id in BY_MARKS]
        found = {(f.place, f.values, f.id == UNKNOWN_FIELDS): f.fingerprint for f in told}
        try:
            if all(mark in self.known for mark in self.schema.marks(value)):
                return
            for mark, fault in self.schema.faults(value):
                key = fault.place, fault.values, fault.unknown_field
                self.known[mark] = Known(found.get(key))
                if habit := self.schema.habit(mark, fault):
                    self.may_be_habits[mark] = habit
        except ValueError:  # text that is no Unicode: nothing to learn from
            return

    def _adopt(self, mark: Mark) -> None:
        habit = self.may_be_habits.pop(mark, None)
        if habit is None or habit.owner not in self.owners:
            return
        if len(self.habits.known) < MOST_HABITS:
            self.habits.add(habit, self.known[mark])
            self.accepts = self.schema.tolerating(self.habits.known)


@dataclass(slots=True)
class Side:
    """What one view has to say of the answers of one operation with one status."""

    faults: Faults | None
    """None where the quick way cannot be gone."""
    screen: Screen | None
    """Of the invariants; None where none is asked."""


@dataclass(slots=True, eq=False)
class Plan:
    """How to judge the answers of one operation with one status."""

    view: View
    operation: Operation
    status: int
    media: frozenset[str]
    shape: Shape | None
    """The fields that are counted."""
    sides: tuple[Side, ...]
    """What the documented view says of them, and then what the overlay adds, if there is one."""
    queries: dict[str, Asked] = field(default_factory=dict)

    @property
    def is_quick(self) -> bool:
        """Whether the quick way can be gone."""
        return all(side.faults is not None for side in self.sides)

    def asked(self, query: str) -> Asked:
        """What a query string says."""
        found = self.queries.get(query)
        if found is None:
            if len(self.queries) > MOST_REMEMBERED:
                self.queries.clear()
            found = self.queries[query] = asked(self.view, self.operation, query)
        return found


@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of the fields of a contract as a whole."""

    enumerated: frozenset[str]
    """Names of the places whose values are few."""
    documented: frozenset[str]
    """Names of the places that the documented view has."""


def fields_of(views: Sequence[View]) -> Fields:
    """The fields of some views, the documented one first."""
    described = (field_ for o in views[0].operations for field_ in views[0].fields(o.id))
    return Fields(enumerated_places(*views), frozenset(field_.place.name for field_ in described))


def make_plan(
    views: Sequence[View],
    fields: Fields,
    operation: Operation,
    status: int,
    *,
    closed: bool = True,
    ask: bool = True,
) -> Plan:
    """Work out how to judge an operation's answers.

    Args:
        views: the documented one, and what the overlay adds, if there is one.
        fields: of all views.
        operation: that was asked.
        status: that it answered.
        closed: whether unknown fields are faults.
        ask: whether invariants are asked.
    """
    counted_elsewhere: tuple[Container[str], ...] = ((), fields.documented)
    shapes = [
        shape_of(view, operation.id, status, fields.enumerated, known)
        for view, known in zip(views, counted_elsewhere, strict=False)
    ]
    shape = reduce(merged, shapes)
    return Plan(
        view=views[0],
        operation=operation,
        status=status,
        media=frozenset(views[0].media_types(operation.id, status)),
        shape=shape,
        sides=tuple(
            _side(view, operation, status, shape, closed=closed and view is views[0], ask=ask)
            for view in views
        ),
    )


def _side(
    view: View,
    operation: Operation,
    status: int,
    counted: Shape | None,
    *,
    closed: bool,
    ask: bool,
) -> Side:
    whole = shape_of(view, operation.id, status, ())
    is_plain = whole is not None and counted is not None
    faults = _faults(view, operation, status, owners(counted), closed=closed) if is_plain else None
    return Side(faults, screen_of(view, operation, status, whole) if ask else None)


def _faults(
    view: View, operation: Operation, status: int, places: frozenset[Location], *, closed: bool
) -> Faults | None:
    """What is known of faults; None where parameters or the schema need a closer look."""
    named = [p for p in operation.parameters if p.location in ("path", "header")]
    if not all(p.location == "path" and is_free(p) for p in named):
        return None
    schema = strict_schema(view, operation.id, status, closed=closed)
    return Faults(schema, places, schema.is_valid) if schema else None
