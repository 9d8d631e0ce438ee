"""Faults derived from the invariants: for each the smallest edit of an answer that breaks it.

The edit is looked for when the answer is there: the schema must still accept the answer, and
the contract itself must say that the invariant does not hold. Invariants about what is looked
at after the call cannot be broken in its answer; the faults of the state break those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from contract_tests.contract import Invariant, View, typed
from contract_tests.targets.faults.derived_fields import (
    ERROR,
    PAGE,
    ROOT,
    Spot,
    drop,
    spoil,
    spots,
    value_at,
)
from contract_tests.targets.faults.edits import EVERYWHERE, notebooks_of, short
from contract_tests.targets.faults.wrong_values import Change
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.wire import Answer, copied

AROUND = re.compile(r"\b(after|listed|neighbours_before|neighbours_after)\b")
"""Variables that no edit of an answer reaches."""


def faults(view: View) -> Iterator[Fault]:
    """One fault for each operation and each of its invariants that its answer can break."""
    for operation in EVERYWHERE:
        for invariant in view.invariants(operation):
            ways = _ways(view, invariant.place(operation).name)
            if ways and not AROUND.search(invariant.rule):
                yield _fault(view, operation, invariant, ways)


def _fault(
    view: View, operation: str, invariant: Invariant, ways: tuple[tuple[str, ...], ...]
) -> Fault:
    place = invariant.place(operation)
    return Fault(
        id=f"{short(operation)}-breaks-{invariant.id}",
        klass="state" if invariant.of_operation else "response",
        description=f"{place}: {invariant.message}",
        detects=(str(place),),
        alter=Breaker(view, operation, invariant.id, invariant.of_operation, ways),
    )


def _ways(view: View, place: str) -> tuple[tuple[str, ...], ...]:
    """The ways to a place in an answer, for the notebooks of a list from each of them."""
    found = (spot for root in (ROOT, PAGE, ERROR) for spot in spots(view.document, root))
    return tuple(spot.way for spot in found if spot.place == place and not _is_item(spot))


def _is_item(spot: Spot) -> bool:
    return spot.way[0] == "data" and len(spot.way) > 1


@dataclass(frozen=True, slots=True)
class Breaker:
    """Breaks one invariant in the answers of one operation."""

    view: View
    operation: str
    invariant: str
    of_operation: bool
    ways: tuple[tuple[str, ...], ...]

    def __call__(self, turn: Turn, answer: Answer) -> Answer:
        """The first edited answer that breaks the invariant and nothing of the schema."""
        if turn.operation != self.operation or answer.raw is not None:
            return answer
        if self.of_operation and self._verdicts(turn, answer, answer.content) <= {None}:
            return answer  # the request does not exercise it, whatever is answered
        for edited in self._edits(turn, answer.content):
            if self._is_breach(turn, answer, edited):
                return replace(answer, content=edited)
        return answer

    def _edits(self, turn: Turn, content: Any) -> Iterator[Any]:
        for way in self.ways:
            for number, holder in enumerate(_holders(content)):
                for value in _others(value_at(holder, way), turn):
                    edited = copied(content)
                    spoil(_holders(edited)[number], way, _always(value))
                    yield edited
                lacking = copied(content)
                drop(_holders(lacking)[number], way)
                yield lacking

    def _is_breach(self, turn: Turn, answer: Answer, edited: Any) -> bool:
        if self.view.response_violations(self.operation, answer.status, None, edited):
            return False
        return False in self._verdicts(turn, answer, edited)

    def _verdicts(self, turn: Turn, answer: Answer, content: Any) -> set[bool | None]:
        """What the contract says of the invariant in the answer, had it this content."""
        variables = {
            "request": _request(self.view, turn),
            "response": {"status": answer.status, "headers": {}, "body": content},
            "before": answer.content,
            "now": turn.world.now,
        }
        outcomes = self.view.evaluate(self.operation, variables)
        return {o.held for o in outcomes if o.invariant.id == self.invariant}


def _request(view: View, turn: Turn) -> dict[str, Any]:
    operation = view.operation(turn.operation or "")
    known = {p.name: p for p in operation.parameters if p.location == "query"}
    return {
        "method": turn.call.method,
        "path": dict(turn.ids),
        "query": {name: typed(known[name], v) for name, v in turn.call.query if name in known},
        "headers": {name.lower(): value for name, value in turn.call.headers},
    }


def _holders(content: Any) -> list[Any]:
    """Where a way can begin: the answer itself, and of a list its last notebook."""
    return [content, *list(notebooks_of(content))[-1:]]


def _always(value: Any) -> Change:
    return lambda _: value


def _others(value: Any, turn: Turn) -> Iterator[Any]:
    """Other values of the same type, from slightly to grossly wrong; none for an object."""
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1, value // 1000, value * 1000, -1, -2, 0, 10**15)
        case str():
            yield from (f"{value}-other", UUID, "", "http://elsewhere.example.com/", *WORDS)
            yield turn.call.header("X-Auth-Token") or ""
        case [first, *rest]:
            yield from ([first, first, *rest], rest, [])


UUID = "11111111-1111-4111-8111-111111111111"
WORDS = (
    *("STOPPED", "RUNNING", "DEDICATED", "DEFAULT", "SFS", "EFS", "EVS"),
    *("timing", "idle", "TIMING", "IDLE"),
)
"""Words of enumerations that invariants speak of."""
