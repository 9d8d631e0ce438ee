"""Answers that the observed view accepts: each field by itself, all but one, every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, Final

from contract_tests.contract import Location, View, place_of
from contract_tests.contract.pointers import part, resolve
from contract_tests.contract.responses import body_schema
from contract_tests.findings import Place, Source
from contract_tests.targets.mock.values import Maker

ABSENT: Final = object()
"""Stands for no value at all, which None would not: `null` is one."""

UNKNOWN = "appears_tomorrow"
"""The name of a field that no schema knows."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an answer, as the view describes it, and a value for it."""

    path: Location
    """Of property names and, for an item of a list, 0."""
    place: Place
    schema: Mapping[str, Any]
    source: Source
    value: Any

    @property
    def values(self) -> list[Any]:
        """What an enumeration lists; else the one value."""
        listed = self.schema.get("enum")
        return list(listed) if isinstance(listed, list) else [self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to send through an SDK; `about` is the field it is made for."""

    operation: str
    status: int
    value: Any
    about: Field | None = None


@dataclass(frozen=True)
class Sample:
    """One kind of answer, an operation's at a status: an answer with every field, and those."""

    view: View
    operation: str
    status: int
    full: Any
    repeats: bool
    """Whether an earlier status of the operation is answered with the same schema."""
    fields: tuple[Field, ...]
    required: Mapping[Location, frozenset[str]]

    def is_valid(self, value: Any) -> bool:
        """Whether the view accepts it."""
        return not self.view.response_violations(self.operation, self.status, None, value)

    def answer(self, value: Any, about: Field | None = None) -> Answer:
        """An answer of this kind."""
        return Answer(self.operation, self.status, value, about)

    def alone(self, field: Field, value: Any) -> Any:
        """The answer with nothing but that field, and what is required around it."""
        return replaced(self._pruned(self.full, (), field.path), field.path, value)

    def field(self, path: Location) -> Field | None:
        """What describes the field at a path of any answer of this kind."""
        return self._by_path.get(_named(path))

    @cached_property
    def _by_path(self) -> dict[Location, Field]:
        return {field.path: field for field in self.fields}

    def _pruned(self, value: Any, at: Location, kept: Location) -> Any:
        if at[: len(kept)] == kept:
            return value
        if isinstance(value, list):
            return [self._pruned(value[0], (*at, 0), kept)] if value else []
        if not isinstance(value, dict):
            return value
        on_the_way = kept[len(at) : len(at) + 1] if kept[: len(at)] == at else ()
        names = {*on_the_way, *self.required.get(at, ())}
        return {n: self._pruned(v, (*at, n), kept) for n, v in value.items() if n in names}


def samples(view: View, operations: tuple[str, ...], seed: int = 0) -> Iterator[Sample]:
    """One sample for every status with a body of those operations that the view has."""
    for operation in (o for o in view.operations if o.id in operations):
        seen: set[Location] = set()
        for status in operation.statuses:
            at = body_schema(view.source, operation, status, None)
            if at is not None:
                root, _ = resolve(view.source, at)
                yield _sample(view, operation.id, status, root, seed, repeats=root in seen)
                seen.add(root)


def valid_answers(sample: Sample) -> Iterator[Answer]:
    """Systematically: nothing, all, each field alone with each value, all without one."""
    ends = (sample.answer({}), sample.answer(sample.full))
    fields = sample.fields
    once = (sample.answer(sample.alone(f, f.value), f) for f in fields if sample.repeats)
    made = (*ends, *(once if sample.repeats else _one_by_one(sample)))
    yield from (answer for answer in made if sample.is_valid(answer.value))


def _one_by_one(sample: Sample) -> tuple[Answer, ...]:
    return (
        *(sample.answer(sample.alone(f, v), f) for f in sample.fields for v in f.values),
        *(sample.answer(without(sample.full, f.path), f) for f in sample.fields),
    )


def with_unknown_fields(sample: Sample) -> Iterator[tuple[Answer, Location]]:
    """Each object of the answer with a field that no schema knows, and that field's path."""
    for at in ((), *(f.path for f in sample.fields if isinstance(f.value, dict))):
        value = replaced(sample.full, (*at, UNKNOWN), "new")
        if sample.is_valid(value):
            yield sample.answer(value, sample.field(at)), (*at, UNKNOWN)


def replaced(value: Any, path: Location, new: Any) -> Any:
    """The JSON value with another part at a path; the given one stays as it is."""
    if not path:
        return new
    step = path[0]
    if isinstance(value, list):
        return [replaced(v, path[1:], new) if i == step else v for i, v in enumerate(value)]
    return {**value, step: replaced(value.get(step), path[1:], new)}


def without(value: Any, path: Location) -> Any:
    """The JSON value without the part at a path."""
    step, further = path[0], path[1:]
    if isinstance(value, list):
        others = [v for i, v in enumerate(value) if i != step]
        inside = enumerate(value) if further else ()
        return [without(v, further) if i == step else v for i, v in inside] or others
    if not further:
        return {k: v for k, v in value.items() if k != step}
    return {k: without(v, further) if k == step else v for k, v in value.items()}


def part_at(value: Any, path: Location) -> Any:
    """The part of a JSON value at a path; ABSENT where there is none."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else ABSENT
        else:
            value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value


def _sample(
    view: View, operation: str, status: int, at: Location, seed: int, *, repeats: bool
) -> Sample:
    full = _full(view, at, seed)
    required = {
        visit.instance: frozenset(
            name for _, schema in visit.shape.schemas for name in schema.get("required", ())
        )
        for visit in view.shapes.visits(at, full)
    }
    fields = tuple(_fields(view, operation, at, full))
    return Sample(view, operation, status, full, repeats, fields, required)


def _full(view: View, at: Location, seed: int) -> Any:
    """An answer with every property that any schema names; lists hold one item."""
    names = frozenset(_properties(view.document))
    maker = Maker(view.document, Random(seed), 0, always=names)  # noqa: S311 (no secret)
    return _short(maker.value(part(view.document, at)))


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(item) for item in value[:1]]
    return {k: _short(v) for k, v in value.items()} if isinstance(value, dict) else value


def _properties(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        properties = value.get("properties")
        yield from properties if isinstance(properties, Mapping) else ()
    inside = value.values() if isinstance(value, Mapping) else value
    for inner in inside if isinstance(value, Mapping | list) else ():
        yield from _properties(inner)


def _fields(view: View, operation: str, at: Location, full: Any) -> Iterator[Field]:
    for visit in view.shapes.visits(at, full):
        for name in visit.value if isinstance(visit.value, dict) else ():
            for described in visit.shape.named.get(name, ())[:1]:
                path, value = (*visit.instance, name), visit.value[name]
                yield _field(view, operation, described, path, value)
                if isinstance(value, list) and value:
                    yield _field(view, operation, (*described, "items"), (*path, 0), value[0])


def _field(view: View, operation: str, at: Location, path: Location, value: Any) -> Field:
    place, source = place_of(operation, at), view.source.source(at)
    return Field(path, place, resolve(view.source, at)[1], source, value)


def _named(path: Location) -> Location:
    """The path with every item of a list taken for the first."""
    return tuple(0 if isinstance(step, int) else step for step in path)
