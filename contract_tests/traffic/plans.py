"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any

import msgspec
from msgspec import Struct

from contract_tests.contract import Location, Operation, View
from contract_tests.contract.strict import Mark, StrictSchema, Wrong, strict_schema
from contract_tests.traffic.faults import Faults
from contract_tests.traffic.forms import Form, forms_of
from contract_tests.traffic.known import Record
from contract_tests.traffic.models import Fresh, Model, model_of
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens import Screen, screen_of
from contract_tests.traffic.shapes import Shape, enumerated_places, merged, shape_of

MOST_REMEMBERED = 10_000
"""Query strings, and forms of one shape, that are kept in mind."""
OFTEN = 100
"""So many times a field has to break the contract until its model leaves that to the form."""
MOST_LOOSE = 100


class Glance(Struct, gc=False):
    """What a glance at a body shows."""

    forms: tuple[Form, ...]
    """Its own, and those of the objects in its lists."""
    body: Any
    """What it was read into: a record, else a dictionary."""
    screens: tuple[Screen, ...]
    """For bodies that were read so."""


@dataclass(slots=True, eq=False)
class Quick:
    """The quick way with the bodies of one operation and status."""

    shape: Shape
    faults: tuple[Faults, ...]
    """What the documented view says of them, and then what the overlay adds, if there is one."""
    screens: Callable[[Record | None], tuple[Screen, ...]]
    """The invariants that are asked, of bodies that were read into a record or into none."""
    loose: set[tuple[Location, str, Wrong]] = field(default_factory=set)
    often: Counter[Mark] = field(default_factory=Counter)
    model: Model = field(init=False)
    of_records: tuple[Screen, ...] = field(init=False)
    of_dictionaries: tuple[Screen, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.of_dictionaries = self.screens(None)
        self._compile()

    def _compile(self) -> None:
        self.model = model_of(self.shape, frozenset(self.loose))
        self.of_records = self.screens(self.model.record)

    def glance(self, text: str) -> Glance | None:
        """What a body shows; None where it takes the checks themselves to say what is wrong."""
        found: list[Form | None] = []
        fresh: list[Fresh] = []
        model, screens = self.model, self.of_records
        try:
            body = model.decode(text)
            if not model.walk(body, found, fresh):
                return self._closer(text)
        except (ValueError, RecursionError):
            return self._closer(text)
        if not fresh:
            return Glance(tuple(found), body, screens)  # type: ignore[arg-type]  # none is fresh
        seen = self._closer(text)
        if seen is None:
            return None
        for known, key, index in fresh:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            known[key] = seen.forms[index]
        return seen

    def _closer(self, text: str) -> Glance | None:
        """The same, by what is known of faults, of a body that the model does not know."""
        try:
            value = msgspec.json.decode(text)
            forms = self.described(value)
        except (ValueError, RecursionError):
            return None
        return None if forms is None else Glance(tuple(forms), value, self.of_dictionaries)

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
        for faults in self.faults:
            for form in forms:
                form.faults += ((),)
            for path, mark in faults.met(value):
                known = faults.known.get(mark)
                if known is None:
                    return None
                form = _of_path(paths, path)
                form.faults = (*form.faults[:-1], (*form.faults[-1], known))
                self._loosen(faults, mark)
        return forms

    def _loosen(self, faults: Faults, mark: Mark) -> None:
        """Note a fault; the field that often has it is left to the forms."""
        self.often[mark] += 1
        if self.often[mark] == OFTEN and len(self.loose) < MOST_LOOSE:
            found = faults.schema.field_of(mark)
            if found is not None and found not in self.loose:
                self.loose.add(found)
                self._compile()


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
    schemas: list[StrictSchema | None] = []
    for view, known in zip(views, counted_elsewhere, strict=False):
        is_closed = closed and view is views[0]
        own = shape_of(view, operation.id, status, fields.enumerated, known, closed=is_closed)
        shapes.append(own)
        schemas.append(strict_schema(view, operation.id, status, closed=is_closed))
    shape = reduce(merged, shapes)
    return Plan(
        view=views[0],
        operation=operation,
        status=status,
        media=frozenset(views[0].media_types(operation.id, status)),
        shape=shape,
        quick=_quick(views if ask else (), operation, status, shape, schemas)
        if shape and all(shapes)
        else None,
    )


def _quick(
    asked_views: Sequence[View],
    operation: Operation,
    status: int,
    shape: Shape,
    schemas: Sequence[StrictSchema | None],
) -> Quick | None:
    """None where parameters or a schema need a closer look."""
    known = tuple(Faults(schema) for schema in schemas if schema is not None)
    if len(known) < len(schemas) or not _are_free(operation):
        return None
    return Quick(shape, known, partial(_screens, asked_views, operation, status, shape))


def _screens(
    views: Sequence[View], operation: Operation, status: int, shape: Shape, record: Record | None
) -> tuple[Screen, ...]:
    found = (screen_of(view, operation, status, shape, record) for view in views)
    return tuple(screen for screen in found if screen is not None)


def _are_free(operation: Operation) -> bool:
    """Whether no path that matched, and no header, can break the contract."""
    named = [p for p in operation.parameters if p.location in ("path", "header")]
    return all(p.location == "path" and is_free(p) for p in named)
