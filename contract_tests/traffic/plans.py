"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract import Invariant, Operation, View
from contract_tests.contract.strict import Habit, Mark, StrictSchema, strict_schema
from contract_tests.findings import Finding
from contract_tests.traffic.habits import Known, Trail, trail_of
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens import Screen, make_screen, watched
from contract_tests.traffic.shapes import Shape, enumerated_places, shape_of

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
class Watch:
    """The screen of an object schema, and those of the ones inside of it."""

    screen: Screen | None = None
    inner: list[tuple[str, Watch]] = field(default_factory=list)


@dataclass(slots=True)
class Faults:
    """What is known of the faults of one schema's bodies; grows as they come."""

    schema: StrictSchema
    shape: Shape
    accepts: Callable[[Any], bool]
    known: dict[Mark, Known] = field(default_factory=dict)
    often: Counter[Mark] = field(default_factory=Counter)
    may_be_habits: dict[Mark, Habit] = field(default_factory=dict)
    habits: dict[Habit, Known] = field(default_factory=dict)
    trail: Trail | None = None
    judged: int = 0

    def accepted(self, values: Sequence[Any]) -> list[bool]:
        """Which of some bodies have no fault but habits."""
        self.judged += len(values)
        try:
            return list(map(self.accepts, values))
        except ValueError:  # one is nested too deeply to be validated
            return [False] * len(values)

    def of(self, value: dict[str, Any], *, accepted: bool) -> Sequence[Known] | None:
        """All faults of a body, one as often as it is there; None: one was not worked out yet."""
        if not accepted:
            return self._known_of(value)
        if self.trail is None:
            return ()
        found: list[Known] = []
        self.trail.follow(value, found)
        return found

    def _known_of(self, value: dict[str, Any]) -> list[Known] | None:
        found: list[Known] = []
        try:
            marks = self.schema.marks(value)
        except ValueError:
            return None
        for mark in marks:
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
        if habit is None or len(self.habits) >= MOST_HABITS:
            return
        self.habits[habit] = self.known[mark]
        self.accepts = self.schema.tolerating(self.habits)
        self.trail = trail_of(self.shape, self.habits)


@dataclass(slots=True)
class Side:
    """What one view has to say of the answers of one operation with one status."""

    shape: Shape | None
    """The fields that are counted."""
    faults: Faults | None
    """None where the quick way cannot be gone."""
    screen: Screen | None
    """Of the invariants of the operation."""
    watch: Watch | None

    def plainly_held(
        self,
        now: int,
        request: Mapping[str, Any],
        response: Mapping[str, Any],
        held: list[str],
    ) -> bool:
        """Add the ids of the invariants that an exchange keeps; False where CEL has to be asked."""
        if self.screen and not self.screen(None, now, request, response, held):
            return False
        return self.watch is None or _watch(self.watch, response["body"], now, held)


@dataclass(slots=True)
class Plan:
    """How to judge the answers of one operation with one status."""

    view: View
    operation: Operation
    status: int
    media: frozenset[str]
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
    known: tuple[Container[str], ...] = ((), fields.documented)
    return Plan(
        view=views[0],
        operation=operation,
        status=status,
        media=frozenset(views[0].media_types(operation.id, status)),
        sides=tuple(
            _side(
                view,
                operation,
                status,
                shape_of(view, operation.id, status, fields.enumerated, counted_elsewhere),
                closed=closed and view is views[0],
                ask=ask,
            )
            for view, counted_elsewhere in zip(views, known, strict=False)
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
    mine = [i for i in view.invariants(operation.id) if i.of_operation] if ask else []
    return Side(
        shape=counted,
        faults=_faults(view, operation, status, whole, closed=closed) if whole else None,
        screen=_screen(mine, status),
        watch=_watched(view, status, whole, {}) if whole and ask else None,
    )


def _faults(
    view: View, operation: Operation, status: int, shape: Shape, *, closed: bool
) -> Faults | None:
    """What is known of faults; None where parameters or the schema need a closer look."""
    named = [p for p in operation.parameters if p.location in ("path", "header")]
    if not all(p.location == "path" and is_free(p) for p in named):
        return None
    schema = strict_schema(view, operation.id, status, closed=closed)
    return Faults(schema, shape, schema.is_valid) if schema else None


def _screen(invariants: Iterable[Invariant], status: int) -> Screen | None:
    """The screen of those that recorded answers can exercise."""
    found = (watched(invariant, status) for invariant in invariants)
    return make_screen([each for each in found if each is not None])


def _watched(view: View, status: int, shape: Shape, made: dict[int, Watch | None]) -> Watch | None:
    """What to watch in an object; None where neither it nor anything in it has an invariant."""
    if id(shape) in made:
        return made[id(shape)]
    watch = made[id(shape)] = Watch()
    mine = [i for i in view.all_invariants if i.location == shape.location]
    watch.screen = _screen(mine, status)
    for field_ in shape.fields:
        inside = _watched(view, status, field_.inner, made) if field_.inner else None
        if inside is not None:
            watch.inner.append((field_.name, inside))
    if watch.screen is None and not watch.inner:
        made[id(shape)] = None
        return None
    return watch


def _watch(watch: Watch, value: Any, now: int, held: list[str]) -> bool:
    """Judge an object and those inside of it; False where CEL has to be asked."""
    if watch.screen and not watch.screen(value, now, None, None, held):
        return False
    for name, inside in watch.inner:
        found = value.get(name)
        for each in found if type(found) is list else (found,):
            if type(each) is dict and not _watch(inside, each, now, held):
                return False
    return True
