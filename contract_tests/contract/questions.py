"""Asks the invariants of an operation of an exchange: each of every object that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from contract_tests.contract.documents import Location
from contract_tests.contract.invariants import Invariant, Outcome, in_context
from contract_tests.contract.needs import Needs, needs_of, pruned
from contract_tests.contract.pointers import json_path
from contract_tests.contract.walk import Visit
from contract_tests.findings import Place


class Questions:
    """The invariants of one operation, and what each of them reads."""

    def __init__(self, operation: str, invariants: Iterable[Invariant]) -> None:
        """Take the invariants of an operation and of the schemas of its answers."""
        self.invariants = tuple(invariants)
        self._places = {each.id: each.place(operation) for each in self.invariants}
        self._of_operation = tuple(i for i in self.invariants if i.of_operation)
        self._premises = needs_of(each.when for each in self._of_operation)
        self._located = frozenset(i.location for i in self.invariants if not i.of_operation)
        self._of_objects: dict[frozenset[Location], Needs] = {}
        self._of_rules: dict[tuple[str, ...], Needs] = {}

    def asked(
        self,
        variables: Mapping[str, Any],
        visits: Iterable[Visit],
        broken: Callable[[], set[Place]],
    ) -> list[Outcome]:
        """What becomes of each invariant; see `View.evaluate`.

        Args:
            variables: what the operation's own invariants see.
            visits: every part of the answer's body.
            broken: the places where the body breaks its schema; asked for where it matters.
        """
        found = list(self._outcomes(variables, visits))
        if all(outcome.held is not False for outcome in found):
            return found
        hidden = broken()
        return [
            Outcome(o.invariant, o.place, None, o.instance_path, hidden=True)
            if o.held is False and o.place in hidden
            else o
            for o in found
        ]

    def _outcomes(self, variables: Mapping[str, Any], visits: Iterable[Visit]) -> Iterator[Outcome]:
        objects = list(self._objects(variables.get("now", 0), visits))
        kept = self._kept(variables)
        for invariant in self.invariants:
            place = self._places[invariant.id]
            if invariant.of_operation:
                yield Outcome(invariant, place, kept.get(invariant.id), "$")
                continue
            asked = [each for each in objects if invariant.location in each[0]]
            for _, path, context in asked:
                yield Outcome(invariant, place, invariant.holds(context), path)
            if not asked:
                yield Outcome(invariant, place, None, "$")

    def _kept(self, variables: Mapping[str, Any]) -> dict[str, bool | None]:
        """By id: whether the operation's invariants hold, those whose premise is true.

        Premises read little; most requests are refused, and most rules then have no need to
        see anything.
        """
        premises = in_context(pruned(variables, self._premises))
        due = [each for each in self._of_operation if each.is_due(premises)]
        ids = tuple(each.id for each in due)
        if ids not in self._of_rules:
            self._of_rules[ids] = needs_of(each.rule for each in due)
        context = in_context(pruned(variables, self._of_rules[ids]))
        return {each.id: each.keeps(context) for each in due}

    def _objects(
        self, now: int, visits: Iterable[Visit]
    ) -> Iterator[tuple[frozenset[Location], str, Any]]:
        """Each object of a body: the schemas that speak of it, its path, what rules see there."""
        for visit in visits:
            spoken = visit.shape.locations & self._located
            if spoken:
                seen = {"self": visit.value, "now": now}
                context = in_context(pruned(seen, self._read_of(spoken)))
                yield spoken, json_path(visit.instance), context

    def _read_of(self, spoken: frozenset[Location]) -> Needs:
        if spoken not in self._of_objects:
            self._of_objects[spoken] = needs_of(
                text
                for each in self.invariants
                if each.location in spoken
                for text in (each.when, each.rule)
            )
        return self._of_objects[spoken]
