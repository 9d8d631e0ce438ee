"""The forms that bodies of a shape come in: what each holds, and what is wrong with it.

A million bodies come in a few forms: the same fields, with values of the same types, and the same
values where there are few. What a form counts for is worked out once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.traffic.typed.faults import Known
from contract_tests.traffic.typed.shapes import Field, Shape

LONGEST = 80
"""Characters of a value that are kept."""
KINDS: Mapping[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}
Path = tuple[str | int, ...]
"""The way to a part of a body."""


MOST_FORMS = 10_000
"""Forms of one shape that are kept in mind."""


@dataclass(slots=True, eq=False)
class Form:
    """What an object holds, with the objects inside of it but those in lists; these have own."""

    path: Path = ()
    """Of the first object that had this form."""
    kinds: list[tuple[Field, str]] = field(default_factory=list)
    """What kind of value each counted field holds."""
    values: list[tuple[Field, Any]] = field(default_factory=list)
    """What each field holds whose values are few."""
    faults: tuple[tuple[Known, ...], ...] = ()
    """By view; one as often as it is there."""
    marks: int | None = 0
    """Quotation marks in its JSON, if no text holds one; None where its form does not tell."""
    fractions: bool = False
    """Whether how a number is written matters: `50.0` is none that is whole to the checks."""

    def texts(self) -> Iterator[tuple[Field, str]]:
        """The values as JSON writes them, a string without its quotes; at most LONGEST long."""
        for field_, value in self.values:
            yield field_, (value if isinstance(value, str) else json.dumps(value))[:LONGEST]

    def key(self) -> Any:
        """What it has in common with those that are alike; `1` and `true` are two."""
        values = tuple((field_, type(value), value) for field_, value in self.values)
        return tuple(self.kinds), values, self.faults, self.marks, self.fractions


@dataclass(slots=True, eq=False)
class Forms:
    """The forms of the bodies of a shape; of those that are alike one is kept."""

    shape: Shape
    kept: dict[Any, Form] = field(default_factory=dict)

    def keep(self, forms: Iterable[Form]) -> tuple[Form, ...]:
        """The forms that are kept for some."""
        if len(self.kept) > MOST_FORMS:
            self.kept.clear()
        return tuple(self.kept.setdefault(form.key(), form) for form in forms)


def forms_of(shape: Shape, value: Mapping[str, Any]) -> list[Form]:
    """The forms of a body; those of objects in lists before that of what the list stands in."""
    found: list[Form] = []
    _object(shape, value, Form(), found)
    return found


def _object(shape: Shape, value: Mapping[str, Any], form: Form, found: list[Form]) -> None:
    _fields(shape, value, form.path, form, found)
    found.append(form)


def _fields(
    shape: Shape, value: Mapping[str, Any], path: Path, form: Form, found: list[Form]
) -> None:
    named = [each for each in shape.fields if each.name in value]
    # an unknown field may hold anything
    _count_marks(form, 2 * len(value) if len(named) == len(value) else None)
    for each in named:
        item = value[each.name]
        if is_whole(item) and not each.is_any_number:
            form.fractions = True
        if type(item) is list:
            _items(each, item, (*path, each.name), form, found)
            continue
        _note(each, item, form)
        if each.inner is not None and type(item) is dict:
            _fields(each.inner, item, (*path, each.name), form, found)


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number written with a fraction (`50.0`), or a list with one."""
    if type(value) is list:
        return any(type(item) is float and item.is_integer() for item in value)
    return type(value) is float and value.is_integer()


def _items(field_: Field, items: list[Any], path: Path, form: Form, found: list[Form]) -> None:
    for index, item in enumerate(items):
        if field_.inner is None or type(item) is not dict:
            _note(field_, item, form)
            continue
        own = Form((*path, index))
        _note(field_, item, own)
        _object(field_.inner, item, own, found)


def _note(field_: Field, item: Any, form: Form) -> None:
    kind = type(item)
    if kind is str:
        _count_marks(form, 2)
    elif (kind is dict and field_.inner is None) or kind is list:
        _count_marks(form, None)
    if field_.counted:
        form.kinds.append((field_, KINDS[kind]))
    if field_.enumerated and kind is not dict and kind is not list:
        form.values.append((field_, item))


def _count_marks(form: Form, marks: int | None) -> None:
    form.marks = None if marks is None or form.marks is None else form.marks + marks
