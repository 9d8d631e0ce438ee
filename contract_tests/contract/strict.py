"""One validator for everything that a body's schema can say, its unknown fields included.

Where a million answers are checked, almost all of them are right, or wrong in one of a few known
ways. A `StrictSchema` tells the right ones by one call, and of the others it gives marks: two
bodies with the same mark have the same fault at the same place, so that whoever counts faults
has to work each one out only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contract_tests.contract import responses
from contract_tests.contract.documents import Location
from contract_tests.contract.places import arrived, place_of
from contract_tests.contract.pointers import located, part, resolve
from contract_tests.contract.view import View
from contract_tests.contract.violations import telling, written_kind
from contract_tests.findings import Place

Mark = tuple[tuple[str | int, ...], Any]
"""The way on which validation met a keyword, and what tells two faults of it apart."""

_ALTERNATIVES = frozenset(
    {"allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas", "patternProperties"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a mark stands for: a broken constraint, or a field that no schema names."""

    place: Place
    values: tuple[str, ...]
    unknown_field: bool


Wrong = Literal["presence", "type", "limit"]
"""What may be wrong with a field."""
Met = tuple[tuple[str | int, ...], Mark]
"""The way to a part of a body, and what is wrong with it."""


@dataclass(frozen=True)
class StrictSchema:
    """The schema of one answer, closed: a field that it does not name breaks it."""

    view: View
    operation: str
    location: Location
    closed: bool = True
    """Whether unknown fields break it."""
    is_valid: Callable[[Any], bool] = field(init=False, repr=False, compare=False)
    """Whether a body breaks nothing; raises ValueError for what is no JSON value."""
    _document: Any = field(init=False, repr=False, compare=False)
    _validator: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile it."""
        validators = self.view.validators
        document = _close(validators.bounded) if self.closed else validators.bounded
        validator = validators.compile(document, self.location)
        object.__setattr__(self, "_document", document)
        object.__setattr__(self, "_validator", validator)
        object.__setattr__(self, "is_valid", validator.is_valid)

    def met(self, value: Any) -> list[Met]:
        """A mark for each fault, with where it was met."""
        return [
            (tuple(error.instance_path), mark)
            for error in telling(self._validator.iter_errors(value))
            for mark in self._marks(error)
        ]

    def faults(self, value: Any) -> Iterator[tuple[Mark, Fault]]:
        """Each mark of a body with the fault that it stands for."""
        for error in telling(self._validator.iter_errors(value)):
            for mark in self._marks(error):
                yield mark, self._fault(value, error, mark)

    def _marks(self, error: Any) -> Iterator[Mark]:
        way = tuple(error.evaluation_path)
        if error.kind.name != "additionalProperties":
            yield way, _telling_apart(error)
        elif self._is_written(error):
            yield way, tuple(error.kind.unexpected)
        else:
            yield from ((way, name) for name in error.kind.unexpected)

    def _is_written(self, error: Any) -> bool:
        """Whether the document closes an object itself: then it is one fault to have more."""
        *way, keyword = error.schema_path
        document = self.view.document
        return keyword in part(document, located(document, way))

    def _fault(self, value: Any, error: Any, mark: Mark) -> Fault:
        if error.kind.name == "additionalProperties" and isinstance(mark[1], str):
            way = tuple(error.evaluation_path)[1:-1]
            at, _ = resolve(self.view.source, arrived(self.view.source, self.location, way))
            place = place_of(self.operation, (*at, "properties", mark[1]))
            return Fault(place, (mark[1],), unknown_field=True)
        found = self.view.validators.violation(self.operation, self.location, value, error)
        return Fault(found.place, found.values, unknown_field=False)

    def field_of(self, mark: Mark) -> tuple[Location, str, Wrong] | None:
        """The object schema, the field of it, and what is wrong with that.

        None for a value that is none of an enumeration, and for the items of a list.
        """
        way, told = mark
        document = self.view.source
        if way[-1] in ("additionalProperties", "required"):
            owner, _ = resolve(document, arrived(document, self.location, way[1:-1]))
            return owner, str(told[0] if isinstance(told, tuple) else told), "presence"
        referring = way[:-1]
        while referring[-1:] == ("$ref",):
            referring = referring[:-1]
        if way[-1] in ("enum", "const") or referring[-2:-1] != ("properties",):
            return None
        owner, _ = resolve(document, arrived(document, self.location, referring[1:-2]))
        return owner, str(referring[-1]), "type" if way[-1] == "type" else "limit"


def strict_schema(
    view: View, operation: str, status: int, *, closed: bool = True
) -> StrictSchema | None:
    """The schema of an operation's answer with a status; None where none is documented.

    None also where it is to be closed and cannot be: where schemas are combined, whether a field
    is known depends on more than one of them.
    """
    found = view.operation(operation)
    at = responses.body_schema(view.source, found, status, None)
    if at is None or (closed and _combines(view, at, set())):
        return None
    return StrictSchema(view, operation, at, closed)


def _telling_apart(error: Any) -> Any:
    """What tells two faults apart that break the same keyword."""
    name = error.kind.name
    if name in ("enum", "const"):
        return _scalar(error.instance)
    if name == "type":
        return written_kind(error.instance)
    return error.kind.property if name == "required" else None


def _scalar(value: Any) -> tuple[str, Any]:
    """A value that can be a key; `1`, `1.0` and `true` are three."""
    return type(value).__name__, value if isinstance(value, str | int | float) else repr(value)


_OF_NAMES = frozenset({"properties", "schemas", "$defs"})
_OF_VALUES = frozenset({"enum", "const"})


def _close(value: Any, *, named: bool = False) -> Any:
    """A document whose objects take the fields that they name, and no others.

    As `undocumented_fields` has it: an object that names none, or speaks of further ones, is
    free to hold what it likes.

    Args:
        value: a part of the document.
        named: whether its keys are names, and what they stand for schemas.
    """
    if isinstance(value, list):
        return [_close(item) for item in value]
    if not isinstance(value, dict):
        return value
    if named:
        return {name: _close(schema) for name, schema in value.items()}
    closed = {
        key: item if key in _OF_VALUES else _close(item, named=key in _OF_NAMES)
        for key, item in value.items()
    }
    if isinstance(value.get("properties"), dict) and "additionalProperties" not in value:
        closed["additionalProperties"] = False
    return closed


def _combines(view: View, at: Location, seen: set[Location]) -> bool:
    """Whether any schema on the way down from a location combines others."""
    at, schema = resolve(view.source, at)
    if at in seen or not isinstance(schema, Mapping):
        return False
    seen.add(at)
    inner = [(*at, "properties", name) for name in schema.get("properties", {})]
    inner += [(*at, key) for key in ("items", "additionalProperties") if key in schema]
    if _ALTERNATIVES & schema.keys() or part(view.document, at) is not schema:
        return True
    return any(_combines(view, each, seen) for each in inner)
