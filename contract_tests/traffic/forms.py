"""The forms that bodies of a shape come in, and how often each came.

A million bodies come in a few forms: the same fields in the same order, with values of the same
types. What a form counts for is worked out once; of each body its form is noted, and the values
of those fields that have few.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from contract_tests.contract import Location
from contract_tests.traffic.shapes import Field, Shape

LONGEST = 80
"""Characters of a value that are kept."""
_KINDS: Mapping[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}
MOST_FORMS = 10_000
"""Forms of one shape that are kept in mind."""


@dataclass(slots=True, eq=False)
class Form:
    """One form that the objects of a shape, or the items of a list, come in."""

    owner: Location
    """The object schema, or the one whose field the list is."""
    kinds: tuple[tuple[Field, str], ...]
    """What kind of value each counted field holds."""
    names: frozenset[str] = frozenset()
    """All fields of the object, documented or not."""
    told: tuple[Field, ...] = ()
    """The fields whose values are counted, ..."""
    tell: Callable[[Any], Any] | None = None
    """... and what gives them: a tuple, or the one value."""
    objects: tuple[tuple[str, Shape], ...] = ()
    lists: tuple[Field, ...] = ()
    fractions: bool = False
    """Whether a number of it is written with a fraction or an exponent."""

    noted: dict[Any, Noted] = field(default_factory=dict, repr=False)
    """By what the told fields held."""

    def note(self, held: Any) -> Noted:
        """That an object had this form, and held that."""
        found = self.noted.get(held)
        if found is None:
            if len(self.noted) > MOST_FORMS:
                self.noted.clear()
            values = (held,) if len(self.told) == 1 else held or ()
            pairs = tuple(zip(self.told, values, strict=True))
            found = self.noted[held] = Noted(self, pairs)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """That an object had a form, and what its told fields held; each is made once."""

    form: Form
    values: tuple[tuple[Field, Any], ...]


def note(shape: Shape, value: Mapping[str, Any], noted: list[Noted]) -> bool:
    """Note the form of an object, and those of what is inside of it.

    Returns:
        Whether any of its numbers was written with a fraction or an exponent.
    """
    key = (*value, *map(type, value.values()))
    form = shape.forms.get(key)
    if form is None:
        if len(shape.forms) > MOST_FORMS:
            shape.forms.clear()
        form = shape.forms[key] = _form(shape, value)
    noted.append(form.note(form.tell(value) if form.tell else None))
    fractions = form.fractions
    for name, inner in form.objects:
        fractions |= note(inner, value[name], noted)
    for field_ in form.lists:
        fractions |= _note_items(field_, value[field_.name], noted)
    return fractions


def _note_items(field_: Field, items: list[Any], noted: list[Noted]) -> bool:
    fractions = False
    for item in items:
        form = field_.forms.get(type(item))
        if form is None:
            form = field_.forms[type(item)] = _item_form(field_, item)
        noted.append(form.note(item if form.told else None))
        fractions |= form.fractions
        if field_.inner is not None and type(item) is dict:
            fractions |= note(field_.inner, item, noted)
    return fractions


def _form(shape: Shape, value: Mapping[str, Any]) -> Form:
    held = [(each, type(value[each.name])) for each in shape.fields if each.name in value]
    told = tuple(each for each, kind in held if each.enumerated and kind not in (dict, list))
    return Form(
        owner=shape.location,
        names=frozenset(value),
        kinds=tuple((f, _KINDS[kind]) for f, kind in held if f.counted and kind is not list),
        told=told,
        tell=itemgetter(*(each.name for each in told)) if told else None,
        objects=tuple((f.name, f.inner) for f, kind in held if f.inner and kind is dict),
        lists=tuple(each for each, kind in held if kind is list),
        fractions=any(kind is float for _, kind in held),
    )


def _item_form(field_: Field, item: Any) -> Form:
    is_told = field_.enumerated and not isinstance(item, dict | list)
    return Form(
        owner=field_.owner,
        kinds=((field_, _KINDS[type(item)]),) if field_.counted else (),
        told=(field_,) if is_told else (),
        fractions=isinstance(item, float),
    )


@dataclass(slots=True)
class Seen:
    """How often each form was noted, and with which values."""

    times: dict[Noted, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, noted: Iterable[Noted]) -> None:
        """Count what was noted of a body."""
        times = self.times
        for each in noted:
            times[each] += 1

    def kinds(self) -> Counter[tuple[Field, str]]:
        """How often each field held each kind of value."""
        found: Counter[tuple[Field, str]] = Counter()
        for noted, times in self.times.items():
            for kind in noted.form.kinds:
                found[kind] += times
        return found

    def values(self) -> Counter[tuple[Field, str]]:
        """How often each field whose values are few held which."""
        found: Counter[tuple[Field, str]] = Counter()
        for noted, times in self.times.items():
            for field_, value in noted.values:
                found[field_, _text(value)] += times
        return found


def _text(value: Any) -> str:
    """A scalar as JSON writes it, a string without its quotes; at most LONGEST characters."""
    return (value if isinstance(value, str) else json.dumps(value))[:LONGEST]
