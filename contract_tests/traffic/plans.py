"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import msgspec

from contract_tests.contract import Location, Operation, View
from contract_tests.contract.strict import Mark, Wrong, strict_schema
from contract_tests.traffic.faults import Faults
from contract_tests.traffic.forms import Form, forms_of
from contract_tests.traffic.models import Fresh, Model, model_of
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens import Screen, screen_of
from contract_tests.traffic.shapes import Shape, enumerated_places, merged, shape_of

MOST_REMEMBERED = 10_000
"""Query strings, and forms of one shape, that are kept in mind."""
OFTEN = 20
"""So many times a field has to break the contract until its model leaves that to the form."""
MOST_LOOSE = 100


@dataclass(slots=True)
class Side:
    """What one view has to say of the answers of one operation with one status."""

    faults: Faults
    screen: Screen | None
    """Of the invariants; None where none is asked."""


@dataclass(slots=True, eq=False)
class Quick:
    """The quick way with the bodies of one operation and status."""

    shape: Shape
    model: Model
    sides: tuple[Side, ...]
    """What the documented view says of them, and then what the overlay adds, if there is one."""
    loose: set[tuple[Location, str, Wrong]] = field(default_factory=set)
    often: Counter[Mark] = field(default_factory=Counter)

    def forms(self, text: str) -> tuple[Form, ...] | None:
        """The forms of a body; None where it takes the checks themselves to say what is wrong."""
        found: list[Form | None] = []
        fresh: list[Fresh] = []
        try:
            is_known = self.model.walk(self.model.decode(text), found, fresh) and not fresh
        except (ValueError, RecursionError):
            return self._closer(text, ())
        if is_known:
            return tuple(found)  # type: ignore[arg-type]  # none is fresh
        return self._closer(text, fresh)

    def _closer(self, text: str, fresh: Sequence[Fresh]) -> tuple[Form, ...] | None:
        """The same, by what is known of faults, of a body that the model does not know."""
        try:
            value = msgspec.json.decode(text)
            forms = self.described(value)
        except (ValueError, RecursionError):
            return None
        if forms is None:
            return None
        for known, key, index in fresh:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            known[key] = forms[index]
        return tuple(forms)

    def described(self, value: Any) -> list[Form] | None:
        """The forms of a body with its faults; None where one was not worked out yet.

        Raises:
            ValueError: it is no JSON value to a validator.
        """
        if type(value) is not dict:
            return None
        forms = forms_of(self.shape, value)
        if any(form.fractions for form in forms):
            return None
        paths = {form.path: form for form in forms}
        for side in self.sides:
            for form in forms:
                form.faults += ((),)
            for path, mark in side.faults.met(value):
                known = side.faults.known.get(mark)
                if known is None:
                    return None
                form = _of_path(paths, path)
                form.faults = (*form.faults[:-1], (*form.faults[-1], known))
                self._loosen(side, mark)
        return forms

    def _loosen(self, side: Side, mark: Mark) -> None:
        """Note a fault; the field that often has it is left to the forms."""
        self.often[mark] += 1
        if self.often[mark] == OFTEN and len(self.loose) < MOST_LOOSE:
            found = side.faults.schema.field_of(mark)
            if found is not None and found not in self.loose:
                self.loose.add(found)
                self.model = model_of(self.shape, frozenset(self.loose))


def _of_path(forms: dict[tuple[str | int, ...], Form], path: tuple[str | int, ...]) -> Form:
    """The form that a part of a body belongs to."""
    while path not in forms:
        path = path[:-1]
    return forms[path]


@dataclass(slots=True, eq=False)
class Plan:
    """How to judge the answers of one operation with one status."""

    view: View
    operation: Operation
    status: int
    media: frozenset[str]
    shape: Shape | None
    """The fields that are counted; None where they cannot be told by their names."""
    quick: Quick | None
    """None where the quick way cannot be gone."""
    queries: dict[str, Asked] = field(default_factory=dict)

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
    shapes: list[Shape | None] = []
    sides: list[Side | None] = []
    for view, known in zip(views, counted_elsewhere, strict=False):
        is_closed = closed and view is views[0]
        own = shape_of(view, operation.id, status, fields.enumerated, known, closed=is_closed)
        sides.append(_side(view, operation, status, own, closed=is_closed, ask=ask))
        shapes.append(own)
    shape = reduce(merged, shapes)
    return Plan(
        view=views[0],
        operation=operation,
        status=status,
        media=frozenset(views[0].media_types(operation.id, status)),
        shape=shape,
        quick=_quick(operation, shape, sides) if all(shapes) else None,
    )


def _quick(operation: Operation, shape: Shape | None, sides: Sequence[Side | None]) -> Quick | None:
    """None where parameters or the schema need a closer look."""
    named = [p for p in operation.parameters if p.location in ("path", "header")]
    if shape is None or not all(p.location == "path" and is_free(p) for p in named):
        return None
    known = tuple(side for side in sides if side is not None)
    return Quick(shape, model_of(shape), known) if len(known) == len(sides) else None


def _side(
    view: View, operation: Operation, status: int, shape: Shape | None, *, closed: bool, ask: bool
) -> Side | None:
    schema = strict_schema(view, operation.id, status, closed=closed)
    if schema is None:
        return None
    return Side(Faults(schema), screen_of(view, operation, status, shape) if ask else None)
