"""The shape of an answer's body: its fields, and what each view says of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contract_tests.contract import Location, View, place_of
from contract_tests.contract.fields import DescribedField
from contract_tests.contract.pointers import part, resolve
from contract_tests.contract.responses import body_schema
from contract_tests.findings import Place

_ANNOTATIONS = frozenset(
    {
        *("title", "description", "default", "example", "examples", "deprecated", "readOnly"),
        *("writeOnly", "externalDocs", "xml", "nullable", "discriminator", "$comment", "$ref"),
    }
)
_FIELDS = frozenset(("properties", "required", "additionalProperties", "items"))
_VALUES = frozenset(("type", "enum", "const"))
_LIMITS = frozenset(
    {
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"),
        *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    }
)
"""What can be asked of a value by itself, without asking what it is inside of."""
SCALARS = frozenset(("string", "integer", "number", "boolean", "null"))
ANY = SCALARS | {"array", "object"}
_ESCAPED = re.compile(r'["\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Says:
    """What one view says of a field."""

    kinds: frozenset[str] | None
    """Types of JSON; any where None."""
    item_kinds: frozenset[str] | None
    """The same of the items of a list; None where it is none."""
    required: bool
    limits: Mapping[str, Any]
    """What else its schema asks of a value: `maximum`, `pattern`, those of items in `items`."""


@dataclass(eq=False)
class Field:
    """One field of an answer: what it is called in places, and what is inside of it."""

    name: str
    owner: Location
    """The object schema that it stands in."""
    place: Place
    counted: bool
    enumerated: bool
    """Whether its values are few and no secrets, so that each is counted."""
    inner: Shape | None = None
    """Of an object, or of the objects in a list."""
    says: tuple[Says, ...] = ()

    @cached_property
    def is_any_number(self) -> bool:
        """Whether one number is as good as another: none is of a wrong type, or too large."""
        kinds = (says.item_kinds or says.kinds or ANY for says in self.says)
        limited = self.enumerated or any(says.limits for says in self.says)
        return not limited and all("number" in each for each in kinds)

    @property
    def is_list(self) -> bool:
        """Whether it is a list and nothing else but null."""
        return any(says.item_kinds for says in self.says)


@dataclass(slots=True, eq=False)
class Shape:
    """The fields of one object schema; `location` is where it stands in the document."""

    location: Location
    closed: bool
    """Whether a field that it does not name is a fault."""
    fields: list[Field] = field(default_factory=list)
    views: int = 1
    """How many views speak of it."""

    def is_required(self, field_: Field) -> bool:
        """Whether all views ask for a field."""
        return len(field_.says) == self.views and all(says.required for says in field_.says)


class NotPlainError(Exception):
    """The schema combines others, holds itself, or lists lists: it takes more than fields."""


def shape_of(
    view: View,
    operation: str,
    status: int,
    enumerated: Container[str],
    known: Container[str] = (),
    *,
    closed: bool = True,
) -> Shape | None:
    """The shape of an answer; None where no body is documented or its schema is not plain.

    Args:
        view: whose word for it counts.
        operation: an operationId.
        status: of the answer.
        enumerated: names of the places that some view gives an enumeration.
        known: names of the places that are counted elsewhere.
        closed: whether unknown fields are faults.
    """
    at = body_schema(view.source, view.operation(operation), status, None)
    if at is None:
        return None
    try:
        return _Builder(view, operation, enumerated, known, closed, []).shape(at)
    except NotPlainError:
        return None


def merged(mine: Shape | None, other: Shape | None) -> Shape | None:
    """One shape with the fields of both; where both have a field, `mine` names it.

    Where one says nothing of what is inside, the other's word counts.
    """
    if mine is None or other is None:
        return mine or other
    mine.views += other.views
    mine.closed = mine.closed or other.closed
    named = {each.name: each for each in mine.fields}
    for each in other.fields:
        same = named.get(each.name)
        if same is None:
            mine.fields.append(each)
            continue
        same.says += each.says
        same.inner = merged(same.inner, each.inner)
    return mine


def enumerated_places(fields: Iterable[DescribedField]) -> frozenset[str]:
    """The names of those of some fields whose values are few."""
    return frozenset(
        described.place.name
        for described in fields
        if _is_enumerated(described.schema.get("items", described.schema))
    )


def is_plain_name(name: str) -> bool:
    """Whether JSON writes a name as it is; a compiled type takes no other."""
    return _ESCAPED.search(name) is None


def all_fields(shape: Shape) -> Iterator[tuple[Shape, Field]]:
    """Each field of a shape, and of the shapes inside of it, with the shape that it stands in."""
    for each in shape.fields:
        yield shape, each
        if each.inner is not None:
            yield from all_fields(each.inner)


def _is_enumerated(schema: Any) -> bool:
    if not isinstance(schema, Mapping):  # a boolean is a schema too
        return False
    return bool({"enum", "const"} & schema.keys()) or schema.get("type") == "boolean"


@dataclass(frozen=True, slots=True)
class _Builder:
    view: View
    operation: str
    enumerated: Container[str]
    known: Container[str]
    closed: bool
    above: list[Location]
    """The schemas that are being built."""

    def shape(self, at: Location) -> Shape:
        at, schema = self._plain(at)
        if at in self.above or "properties" not in schema or _limits(schema):
            raise NotPlainError
        if not set(schema.get("required", ())) <= schema["properties"].keys():
            raise NotPlainError
        if not isinstance(schema.get("additionalProperties", False), bool):
            raise NotPlainError
        if "object" not in (_kinds(schema) or ANY):
            raise NotPlainError
        self.above.append(at)
        closed = not schema.get("additionalProperties", not self.closed)
        shape = Shape(at, closed, [self._field(at, schema, name) for name in schema["properties"]])
        self.above.pop()
        return shape

    def _field(self, owner: Location, within: Mapping[str, Any], name: str) -> Field:
        if not is_plain_name(name):
            raise NotPlainError
        written = (*owner, "properties", name)
        at, schema = self._plain(written)
        says = Says(_kinds(schema), None, name in within.get("required", ()), _limits(schema))
        if "items" in schema:
            at, schema = self._plain((*at, "items"))
            says = _with_items(says, _kinds(schema), _limits(schema))
        place = place_of(self.operation, written)
        field_ = Field(
            name=name,
            owner=owner,
            place=place,
            counted=place.name not in self.known,
            enumerated=place.name in self.enumerated,
            inner=self.shape(at) if "properties" in schema else None,
            says=(says,),
        )
        if not _is_plain(field_, schema):
            raise NotPlainError
        return field_

    def _plain(self, at: Location) -> tuple[Location, Mapping[str, Any]]:
        """The schema at a location, with the bounds of its format."""
        written = part(self.view.source.data, at)
        at, schema = resolve(self.view.source, at)
        known = _ANNOTATIONS | _FIELDS | _VALUES | _LIMITS
        if not isinstance(schema, dict) or any(_speaks(key) for key in schema.keys() - known):
            raise NotPlainError
        if schema is not written and any(_speaks(key) for key in written.keys() - _ANNOTATIONS):
            raise NotPlainError
        if schema.get("type") == []:
            raise NotPlainError  # it takes nothing
        if "x-invariants" in schema and ("properties" not in schema or "items" in schema):
            raise NotPlainError  # they may be asked of what is no object
        bounded: Mapping[str, Any] = part(self.view.validators.bounded, at)
        return at, bounded


def _is_plain(field_: Field, schema: Mapping[str, Any]) -> bool:
    """Whether what can be said of a field says all of what its schema, or that of its items, asks.

    Args:
        field_: as one view has it.
        schema: of the value, or of its items where it is a list.
    """
    (says,) = field_.says
    kinds, has_values = says.item_kinds or says.kinds, bool({"enum", "const"} & schema.keys())
    if has_values and not (field_.enumerated and kinds and kinds <= SCALARS):
        return False
    if says.item_kinds and ("array" in says.item_kinds or not _is_list(says)):
        return False
    if "uniqueItems" in says.limits and not (says.item_kinds and says.item_kinds <= SCALARS):
        return False
    if field_.inner is not None:
        return "object" in (kinds or ()) and not says.limits
    return "additionalProperties" not in schema or schema["additionalProperties"] is True


def _is_list(says: Says) -> bool:
    return says.kinds is not None and says.kinds <= {"array", "null"}


def _with_items(says: Says, kinds: frozenset[str] | None, limits: Mapping[str, Any]) -> Says:
    both = {**says.limits, "items": limits} if limits else says.limits
    return Says(says.kinds, kinds or ANY, says.required, both)


def _kinds(schema: Mapping[str, Any]) -> frozenset[str] | None:
    written = schema.get("type")
    if written is None:
        return None
    return frozenset([written] if isinstance(written, str) else written)


def _limits(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of a schema that limit its values."""
    found = {key: schema[key] for key in _LIMITS & schema.keys()}
    if schema.get("type") == "integer":
        found.pop("format", None)  # its bounds say it
    return found


def _speaks(keyword: str) -> bool:
    """Whether a keyword asks anything."""
    return not keyword.startswith("x-")
