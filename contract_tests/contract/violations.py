"""Validates values against schemas of a document, and says of each violation where it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.places import place_met
from contract_tests.contract.pointers import json_path, located, part
from contract_tests.errors import InputError
from contract_tests.findings import Place, Source

_OF_NAMES = (("properties",), ("patternProperties",), ("$defs",), ("schemas",))
_BOUNDS = {"int32": 2**31, "int64": 2**63}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One value that its schema does not accept."""

    place: Place
    keyword: str
    """The keyword of JSON Schema that it breaks; `json` where it is no JSON value at all."""
    instance_path: str
    """Where the value stands in the body, as JSONPath."""
    value: Any
    values: tuple[str, ...]
    """Its smallest form that tells two faults apart, as `Finding.values` wants it."""
    expected: str
    """What the schema accepts: `SFS, EVS`."""
    message: str
    source: Source
    """Of the keyword, in the spec or the overlay."""


@dataclass(frozen=True, slots=True)
class Validators:
    """Validates against the schemas of one document; each is compiled once, when first needed.

    Formats are asserted, and `int32` and `int64` bound a number, which JSON Schema by itself
    does not ask for.
    """

    document: Document
    bounded: dict[str, Any] = field(init=False, repr=False, compare=False)
    _compiled: dict[Location, Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Set the bounds.

        Raises:
            InputError: a field has no name, which those of errors leave out.
        """
        for at in self.document.sources:
            if at[-1:] == ("",) and at[-2:-1] in _OF_NAMES:
                where = self.document.source(at)
                raise InputError("a name that is empty", "name it", where.file, where.line)
        object.__setattr__(self, "bounded", _with_bounds(self.document.data))

    def violations(self, operation: str, schema: Location, value: Any) -> Iterator[Violation]:
        """What of `value` the schema at a location does not accept.

        A number that is written with a fraction (`50.0`) is no integer: JSON Schema takes it for
        one, the decoders of clients do not.
        """
        validator = self.compiled(schema)
        try:
            errors = list(validator.iter_errors(value))
            if holds_whole_fraction(value):
                broken = validator.iter_errors(_with_broken_numbers(value))
                errors += [e for e in broken if _is_about_whole_fraction(e, value)]
            found = telling(errors)
        except ValueError:  # a lone surrogate, nesting beyond measure: nothing to validate
            yield self._no_json(operation, schema, value)
            return
        yield from (self.violation(operation, schema, value, error) for error in found)

    def compiled(self, schema: Location) -> Any:
        """The validator of the schema at a location; raises InputError where it is no schema."""
        if schema not in self._compiled:
            self._compiled[schema] = self.compile(self.bounded, schema)
        return self._compiled[schema]

    def compile(self, data: Mapping[str, Any], schema: Location) -> Any:
        """The same of the document's data, changed; keeps nothing."""
        root = {**data, "$ref": as_ref(schema)}
        try:
            return jsonschema_rs.Draft202012Validator(root, validate_formats=True)
        except ValueError as error:
            where, reason = self.document.source(schema), str(error).splitlines()[0]
            problem = f"no JSON Schema: {reason}"
            raise InputError(problem, "mend it", where.file, where.line) from error

    def violation(self, operation: str, schema: Location, body: Any, error: Any) -> Violation:
        """What an error of jsonschema-rs says, in the words and places of the contract."""
        *way, last = error.schema_path
        at = (*located(self.document.data, way), str(last))
        instance, value = _met(body, error.instance_path)
        keyword, limit = self._keyword(at, error)
        place = place_met(self.document, operation, schema, tuple(error.evaluation_path)[1:])
        if keyword == "required":
            place = _missing(place, limit)
        return Violation(
            place=place,
            keyword=keyword,
            instance_path=json_path(instance),
            value=value,
            values=_smallest(keyword, limit, value),
            expected=_EXPECTED.get(keyword, "{}").format(_listed(limit)),
            message=_message(keyword, limit, value),
            source=self.document.source(at),
        )

    def _keyword(self, at: Location, error: Any) -> tuple[str, Any]:
        """The broken keyword and what it says; a bound that only a format sets is a format."""
        schema = part(self.document.data, at[:-1])
        keyword = str(at[-1])
        if keyword == "required":
            return keyword, error.kind.property
        if isinstance(schema, Mapping) and keyword not in schema:
            return "format", schema["format"]
        return keyword, part(self.document.data, at)

    def _no_json(self, operation: str, schema: Location, value: Any) -> Violation:
        return Violation(
            place=place_met(self.document, operation, schema, ("type",)),
            keyword="json",
            instance_path="$",
            value=value,
            values=("json",),
            expected="a JSON value",
            message="not what JSON can say: text that is no Unicode, or nesting beyond measure",
            source=self.document.source(schema),
        )


def telling(errors: Iterable[Any]) -> list[Any]:
    """The errors of jsonschema-rs without those that follow from another.

    A value of the wrong type is none of an enumeration's values either: one fault, not two.
    """
    found = list(errors)
    mistyped = {tuple(error.instance_path) for error in found if error.kind.name == "type"}
    return [e for e in found if e.kind.name == "type" or tuple(e.instance_path) not in mistyped]


def kind(value: Any) -> str:
    """What JSON calls a value: `string`, `integer`, `number`, `boolean`, `null` and so on."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    kinds = {str: "string", int: "integer", list: "array", dict: "object", type(None): "null"}
    return kinds.get(type(value), type(value).__name__)


def written_kind(value: Any) -> str:
    """The same, as it is written: `50.0` is no integer."""
    return "number" if isinstance(value, float) else kind(value)


def holds_whole_fraction(value: Any) -> bool:
    """Whether a value is or holds a whole number that is written with a fraction."""
    if isinstance(value, float):
        return value.is_integer()
    items = value.values() if isinstance(value, dict) else value
    return isinstance(value, dict | list) and any(map(holds_whole_fraction, items))


def _with_broken_numbers(value: Any) -> Any:
    """The value with a number that nothing takes for an integer in the place of each such."""
    if isinstance(value, list):
        return [_with_broken_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_broken_numbers(item) for key, item in value.items()}
    return 0.5 if isinstance(value, float) and value.is_integer() else value


def _is_about_whole_fraction(error: Any, value: Any) -> bool:
    """Whether an error is that of a type which such a number is not."""
    _, met = _met(value, error.instance_path)
    return error.kind.name in ("type", "anyOf", "oneOf") and isinstance(met, float)


def shown(value: Any) -> str:
    """A scalar as a report shows it, text without quotes; of anything else only the kind."""
    if isinstance(value, str):
        return value if len(value) <= 80 else f"{value[:77]}…"
    return kind(value) if isinstance(value, list | dict) else json.dumps(value)


_EXPECTED = {
    "maximum": "at most {}",
    "minimum": "at least {}",
    "exclusiveMaximum": "less than {}",
    "exclusiveMinimum": "more than {}",
    "maxLength": "at most {} characters",
    "minLength": "at least {} characters",
    "maxItems": "at most {} items",
    "minItems": "at least {} items",
    "maxProperties": "at most {} fields",
}
_SMALLEST = {
    "maximum": "above {}",
    "minimum": "below {}",
    "maxLength": "longer than {}",
    "minLength": "shorter than {}",
    "maxItems": "more than {}",
    "minItems": "fewer than {}",
    "pattern": "not {}",
    "format": "not {}",
}


def _smallest(keyword: str, limit: Any, value: Any) -> tuple[str, ...]:
    if keyword in ("enum", "const"):
        return (shown(value),)
    if keyword == "type":
        return (written_kind(value),)
    if keyword == "required":
        return (str(limit),)
    return (_SMALLEST.get(keyword, keyword).format(limit),)


def _message(keyword: str, limit: Any, value: Any) -> str:
    """In words, with no value but one that an enumeration was asked about: it may be a secret."""
    wanted = _EXPECTED.get(keyword, "{}").format(_listed(limit))
    if keyword == "required":
        return f"{limit} is missing"
    if keyword == "type":
        return f"{written_kind(value)} where {wanted} belongs"
    if keyword in ("enum", "const"):
        return f"{shown(value)} is none of {wanted}"
    if keyword in _SMALLEST:
        return f"{_SMALLEST[keyword].format(limit)}; {wanted} belongs here"
    return f"does not fit {keyword}"


def _listed(limit: Any) -> str:
    if isinstance(limit, list) and all(not isinstance(item, dict | list) for item in limit):
        return ", ".join(shown(item) for item in limit)
    return "what the schema says" if isinstance(limit, dict | list) else shown(limit)


def _met(body: Any, steps: Iterable[str | int]) -> tuple[Location, Any]:
    """Where in a body an error was met, and what stands there; errors leave out empty names."""
    found: list[str | int] = []
    for written in steps:
        while isinstance(body, dict) and str(written) not in body:
            found.append("")
            body = body[""]
        found.append(int(written) if isinstance(body, list) else str(written))
        body = body[found[-1]]
    return tuple(found), body


def _missing(place: Place, name: str) -> Place:
    field_ = f"{place.field}.{name}" if place.field else name
    return Place(place.operation, place.structure, field_)


def as_ref(at: Location) -> str:
    """A location as a `$ref`: `#/components/schemas/Lease`."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in at)
    return "#" + "".join(f"/{quote(step, safe='~')}" for step in steps)


def _with_bounds(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_bounds(item) for item in value]
    if not isinstance(value, dict):
        return value
    bounded = {key: _with_bounds(item) for key, item in value.items()}
    limit = _BOUNDS.get(str(value.get("format")))
    if limit and value.get("type") == "integer":
        bounded.setdefault("minimum", -limit)
        bounded.setdefault("maximum", limit - 1)
    return bounded
