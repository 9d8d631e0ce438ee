"""The quick way: what a glance at a body shows.

A body is read into a type, and its form is looked up. Where that does, nothing else need be
asked; where it does not, validators say what is wrong, and what they say of one body is kept for
the next. What not even they know of takes the checks themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct

from contract_tests.contract import Location
from contract_tests.contract.strict import Mark, Wrong
from contract_tests.traffic.screens.making import Screen
from contract_tests.traffic.typed.faults import Faults
from contract_tests.traffic.typed.forms import MOST_FORMS, Form, Forms, forms_of
from contract_tests.traffic.typed.known import Record
from contract_tests.traffic.typed.models import Fresh, Model, model_of
from contract_tests.traffic.typed.shapes import is_plain_name

OFTEN = 100
"""So many times a field has to break the contract until its model leaves that to the form: to
compile a model takes as long."""
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

    forms: Forms
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
        self.model = model_of(self.forms.shape, frozenset(self.loose))
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
            if len(known) > MOST_FORMS:
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
        return None if forms is None else Glance(forms, value, self.of_dictionaries)

    def described(self, value: Any) -> tuple[Form, ...] | None:
        """The forms of a body with its faults; None where one was not worked out yet.

        Raises:
            ValueError: it is no JSON value to a validator.
        """
        if type(value) is not dict:
            return None
        forms = forms_of(self.forms.shape, value)
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
        return self.forms.keep(forms)

    def _loosen(self, faults: Faults, mark: Mark) -> None:
        """Note a fault; the field that often has it is left to the forms."""
        self.often[mark] += 1
        if self.often[mark] == OFTEN and len(self.loose) < MOST_LOOSE:
            found = faults.schema.field_of(mark)
            if found is not None and found not in self.loose and is_plain_name(found[1]):
                self.loose.add(found)
                self._compile()


def _of_path(forms: dict[tuple[str | int, ...], Form], path: tuple[str | int, ...]) -> Form:
    """The form that a part of a body belongs to."""
    while path not in forms:
        path = path[:-1]
    return forms[path]
