"""Faults of answers, derived from their schemas: each constraint of each field, broken.

Answers of a start get every wrong value; the same fields in the answers of the other
operations get one each, since the same schema stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    LIST,
    REFUSALS,
    SHOW,
    START,
    STOP,
    content,
    failure,
    notebook,
    short,
    success,
)
from contract_tests.targets.faults.wrong_values import Change, Wrong, wrong_values
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.state import Record
from contract_tests.targets.mock.values import Schema, resolved
from contract_tests.targets.mock.wire import Answer

ITEM = "*"
"""In the way to a field: any item of an array; the fault spoils the last."""

ROOT, PAGE, ERROR = "NotebookResp", "NotebookList", "ErrorResp"
ERROR_FIELDS = ("error_code", "error_msg")


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of an answer: the way to it, its schema, and its place as the ledger names it."""

    way: tuple[str, ...]
    schema: Schema
    place: str

    @property
    def name(self) -> str:
        """For an id: `volume.mount-path`, and `billing-items.item` for the items of an array."""
        words = [part for part in self.way if part != ITEM]
        item = ["item"] if self.way[-1] == ITEM else []
        return ".".join([*words, *item]).replace("_", "-").lower()


def faults(view: View) -> Iterator[Fault]:
    """The faults of every field of every answer."""
    found = list(spots(view.document, ROOT))
    for spot in found:
        for wrong in wrong_values(spot.schema):
            yield _field_fault(START, spot, wrong)
    for operation in (SHOW, LIST, STOP):
        for number, spot in enumerate(found):
            wrongs = list(wrong_values(spot.schema))
            yield _field_fault(operation, spot, wrongs[number % len(wrongs)])
    yield from _page_faults(view)
    yield from _error_faults(view)


def spots(document: Mapping[str, Any], structure: str) -> Iterator[Spot]:
    """Every field below a named schema, from the outside in."""
    schema = document["components"]["schemas"][structure]
    for name, inner in schema["properties"].items():
        yield from _below(document, Spot((name,), inner, f"{structure}.{name}"))


def _below(document: Mapping[str, Any], spot: Spot) -> Iterator[Spot]:
    structure = _structure(spot.schema)
    spot = replace(spot, schema=resolved(document, spot.schema))
    yield spot
    if structure:
        for inner in spots(document, structure):
            yield replace(inner, way=(*spot.way, *inner.way))
    elif "items" in spot.schema:
        yield from _items(document, spot)


def _items(document: Mapping[str, Any], spot: Spot) -> Iterator[Spot]:
    """The fields of an array's items; the items themselves where they are no objects."""
    items: Schema = spot.schema["items"]
    way, structure = (*spot.way, ITEM), _structure(items)
    if structure is None:
        yield replace(spot, way=way, schema=resolved(document, items))
        return
    for inner in spots(document, structure):
        yield replace(inner, way=(*way, *inner.way))


def _structure(schema: Schema) -> str | None:
    """The name of the schema that a `$ref` leads to."""
    return schema["$ref"].rpartition("/")[2] if "$ref" in schema else None


def _field_fault(operation: str, spot: Spot, wrong: Wrong) -> Fault:
    return Fault(
        id=f"{short(operation)}-{spot.name}-{wrong.name}",
        klass="response",
        description=f"{operation} answers {wrong.words} in {spot.place}",
        detects=(f"{operation}:{spot.place}",),
        alter=_spoiling(spot.way, wrong.change, operation),
    )


def _spoiling(way: tuple[str, ...], change: Change, operation: str) -> Alter:
    def edit(turn: Turn, record: Record) -> None:
        del turn
        spoil(record, way, change)

    return notebook(edit, operation)


def spoil(value: Any, way: tuple[str, ...], change: Change) -> None:
    """Change what stands at the end of the way, in place; nothing where the way breaks off."""
    holder, key = value_at(value, way[:-1]), way[-1]
    if isinstance(holder, list) and key == ITEM and holder:
        holder[-1] = change(holder[-1])
    elif isinstance(holder, dict) and key in holder:
        holder[key] = change(holder[key])


def drop(value: Any, way: tuple[str, ...]) -> None:
    """Leave out the field at the end of the way, in place."""
    holder = value_at(value, way[:-1])
    if isinstance(holder, dict):
        holder.pop(way[-1], None)


def value_at(value: Any, way: tuple[str, ...]) -> Any:
    """What stands at the end of the way, None where the way breaks off."""
    for part in way:
        if part == ITEM:
            value = value[-1] if isinstance(value, list) and value else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def _page_faults(view: View) -> Iterator[Fault]:
    """The fields around the notebooks of a list."""
    for spot in spots(view.document, PAGE):
        if len(spot.way) == 1:
            for wrong in wrong_values(spot.schema):
                yield Fault(
                    id=f"list-page-{spot.name}-{wrong.name}",
                    klass="response",
                    description=f"{LIST} answers {wrong.words} in {spot.place}",
                    detects=(f"{LIST}:{spot.place}",),
                    alter=success(_spoiled(spot.way, wrong.change), LIST),
                )


def _error_faults(view: View) -> Iterator[Fault]:
    """The fields of an error body, at each status that documents it."""
    found = [spot for spot in spots(view.document, ERROR) if spot.way[0] in ERROR_FIELDS]
    for status in view.operation(START).statuses:
        if status in REFUSALS:
            for spot in found:
                yield from _error_field_faults(status, spot)


def _error_field_faults(status: int, spot: Spot) -> Iterator[Fault]:
    missing = Wrong("missing", "nothing", lambda _: None)
    for wrong in (*wrong_values(spot.schema), missing):
        drop = wrong is missing
        yield Fault(
            id=f"error-{status}-{spot.name}-{wrong.name}",
            klass="response",
            description=f"a {status} answers {wrong.words} in {spot.place}",
            detects=(f"{START}:{spot.place}",),
            alter=failure(
                _dropped(spot.way[0]) if drop else _spoiled(spot.way, wrong.change), status
            ),
        )


def _spoiled(way: tuple[str, ...], change: Change) -> Callable[[Answer], Answer]:
    def spoil_copy(value: Any) -> Any:
        spoil(value, way, change)
        return value

    return content(spoil_copy)


def _dropped(name: str) -> Callable[[Answer], Answer]:
    return content(lambda value: {key: v for key, v in value.items() if key != name})
