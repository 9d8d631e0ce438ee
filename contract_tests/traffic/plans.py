"""Everything that is worked out once for an operation and a status, not once an exchange."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import chain

from contract_tests.contract import Operation, View
from contract_tests.contract.strict import StrictSchema, strict_schema
from contract_tests.traffic.quick import Quick
from contract_tests.traffic.requests import Asked, asked, is_free
from contract_tests.traffic.screens.making import Screen, screen_of
from contract_tests.traffic.typed.faults import Faults
from contract_tests.traffic.typed.forms import Forms
from contract_tests.traffic.typed.known import Record
from contract_tests.traffic.typed.shapes import (
    Shape,
    enumerated_places,
    merged,
    shape_of,
)

MOST_REMEMBERED = 10_000
"""Query strings that are kept in mind."""


@dataclass(slots=True, eq=False)
class Plan:
    """How to judge the answers of one operation with one status."""

    view: View
    operation: Operation
    status: int
    media: frozenset[str]
    forms: Forms | None
    """Of its bodies; None where what they hold cannot be told by the names of fields."""
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
    described = [[f for o in view.operations for f in view.fields(o.id)] for view in views]
    documented = frozenset(each.place.name for each in described[0])
    return Fields(enumerated_places(chain.from_iterable(described)), documented)


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
    asked: list[tuple[View, Shape]] = []
    for view, known in zip(views, counted_elsewhere, strict=False):
        is_closed = closed and view is views[0]
        own = partial(
            shape_of, view, operation.id, status, fields.enumerated, known, closed=is_closed
        )
        schemas.append(strict_schema(view, operation.id, status, closed=is_closed))
        shapes.append(own())
        if ask and (of_view := own()):
            asked.append((view, of_view))
    shape = reduce(merged, shapes)
    forms = Forms(shape) if shape else None
    return Plan(
        view=views[0],
        operation=operation,
        status=status,
        media=frozenset(views[0].media_types(operation.id, status)),
        forms=forms,
        quick=_quick(asked, operation, status, forms, schemas) if forms and all(shapes) else None,
    )


def _quick(
    asked: Sequence[tuple[View, Shape]],
    operation: Operation,
    status: int,
    forms: Forms,
    schemas: Sequence[StrictSchema | None],
) -> Quick | None:
    """None where parameters or a schema need a closer look."""
    known = tuple(Faults(schema) for schema in schemas if schema is not None)
    if len(known) < len(schemas) or not _are_free(operation):
        return None
    return Quick(forms, known, partial(_screens, asked, operation, status))


def _screens(
    asked: Sequence[tuple[View, Shape]], operation: Operation, status: int, record: Record | None
) -> tuple[Screen, ...]:
    found = (screen_of(view, operation, status, shape, record) for view, shape in asked)
    return tuple(screen for screen in found if screen is not None)


def _are_free(operation: Operation) -> bool:
    """Whether no path that matched, and no header, can break the contract."""
    named = [p for p in operation.parameters if p.location in ("path", "header")]
    return all(p.location == "path" and is_free(p) for p in named)
