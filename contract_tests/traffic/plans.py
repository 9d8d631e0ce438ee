"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.contract import Invariant, Operation, View
from contract_tests.contract.strict import Mark, StrictSchema, strict_schema
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens import Screen, Verdict, screen_of
from contract_tests.traffic.shapes import Shape, shape_of

MOST_REMEMBERED = 10_000
"""Query strings, and kinds of faults, that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of fault that was worked out before: its fingerprint, None where it is none."""

    fingerprint: str | None
    place: str


@dataclass(slots=True)
class Watch:
    """The screens of an object schema, and of those inside of it."""

    screens: list[tuple[Screen, str]] = field(default_factory=list)
    inner: list[tuple[str, Watch]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """How to judge the answers of one operation with one status."""

    view: View
    operation: Operation
    status: int
    media: frozenset[str]
    schema: StrictSchema | None
    """None where the quick way cannot be gone."""
    shape: Shape | None
    screens: list[tuple[Screen, str]]
    watch: Watch | None
    known: dict[Mark, Known] = field(default_factory=dict)
    queries: dict[str, Asked] = field(default_factory=dict)

    def asked(self, query: str) -> Asked:
        """What a query string says."""
        found = self.queries.get(query)
        if found is None:
            if len(self.queries) > MOST_REMEMBERED:
                self.queries.clear()
            found = self.queries[query] = asked(self.view, self.operation, query)
        return found

    def plainly_hold(
        self,
        value: Any,
        now: int,
        request: Mapping[str, Any],
        response: Mapping[str, Any],
        broken: set[str],
    ) -> list[str] | None:
        """The ids of the invariants that an exchange keeps; None where CEL has to be asked.

        Those at a place that is `broken` already are not asked at all.
        """
        held: list[str] = []
        for screen, place in self.screens:
            if broken and place in broken:
                continue
            verdict = screen.judge(None, now, request, response)
            if verdict is Verdict.UNSURE:
                return None
            if verdict is Verdict.HELD:
                held.append(screen.invariant.id)
        if self.watch is not None and not _watch(self.watch, value, now, broken, held):
            return None
        return held


def make_plan(view: View, operation: Operation, status: int, *, closed: bool = True) -> Plan:
    """Work out how to judge an operation's answers; `closed`: unknown fields are faults."""
    shape = shape_of(view, operation.id, status)
    in_path = [p for p in operation.parameters if p.location in ("path", "header")]
    quick = shape is not None and all(p.location == "path" and is_free(p) for p in in_path)
    mine = [i for i in view.invariants(operation.id) if i.of_operation]
    return Plan(
        view=view,
        operation=operation,
        status=status,
        media=frozenset(view.media_types(operation.id, status)),
        schema=strict_schema(view, operation.id, status, closed=closed) if quick else None,
        shape=shape,
        screens=[
            (s, str(s.invariant.place(operation.id))) for i in mine if (s := screen_of(i, status))
        ],
        watch=_watched(view, operation.id, status, shape, {}) if shape else None,
    )


def _screened(
    invariants: Iterable[Invariant], operation: str, status: int
) -> list[tuple[Screen, str]]:
    """The screens of those that recorded traffic can exercise, each with its place."""
    found = (screen_of(invariant, status) for invariant in invariants)
    return [(s, str(s.invariant.place(operation))) for s in found if s is not None]


def _watched(
    view: View, operation: str, status: int, shape: Shape, made: dict[int, Watch | None]
) -> Watch | None:
    """What to watch in an object; None where neither it nor anything in it has an invariant."""
    if id(shape) in made:
        return made[id(shape)]
    watch = made[id(shape)] = Watch()
    mine = [i for i in view.all_invariants if i.location == shape.location]
    watch.screens += [
        (s, str(s.invariant.place(operation))) for i in mine if (s := screen_of(i, status))
    ]
    for field_ in shape.fields:
        inside = _watched(view, operation, status, field_.inner, made) if field_.inner else None
        if inside is not None:
            watch.inner.append((field_.name, inside))
    if not watch.screens and not watch.inner:
        made[id(shape)] = None
        return None
    return watch


def _watch(watch: Watch, value: Any, now: int, broken: set[str], held: list[str]) -> bool:
    """Judge an object and those inside of it; False where CEL has to be asked."""
    for screen, place in watch.screens:
        if broken and place in broken:
            continue
        verdict = screen.judge(value, now, None, None)
        if verdict is Verdict.UNSURE:
            return False
        if verdict is Verdict.HELD:
            held.append(screen.invariant.id)
    for name, inside in watch.inner:
        found = value.get(name)
        objects = found if type(found) is list else (found,)
        for each in objects:
            if type(each) is dict and not _watch(inside, each, now, broken, held):
                return False
    return True
