"""Slots: the fields of a compiled type, what each takes, and what is known of its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union

from msgspec import Meta, UnsetType

from contract_tests.contract import Location, place_of
from contract_tests.contract.strict import Wrong
from contract_tests.traffic.typed.known import Known, ListOf, Member, Record
from contract_tests.traffic.typed.shapes import ANY, SCALARS, Field, Shape

Loose = frozenset[tuple[Location, str, Wrong]]
"""Fields that often break the contract, and how: whether they do is left to the form."""

_ATOMS: Mapping[str, tuple[Any, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (None,),
}
_BOUNDS = {"minimum": "ge", "maximum": "le"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_LEAST, _MOST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a type."""

    field: Field
    attribute: str
    is_optional: bool
    kinds: frozenset[str]
    """What the type takes."""
    is_any: bool
    are_limits_loose: bool
    """Whether the form tells which limits a value keeps within."""

    @property
    def is_mixed(self) -> bool:
        """Whether it takes values of several kinds; a number may be written as an integer."""
        return self.is_any or len(self.kinds) > 1 or "number" in self.kinds

    @property
    def is_fraction_taken(self) -> bool:
        """Whether it is or holds a number that may have a fraction."""
        named = (says.item_kinds or says.kinds or ANY for says in self.field.says)
        return any({"number", "array", "object"} & kinds for kinds in named)

    @property
    def limits(self) -> list[Mapping[str, Any]]:
        """What the views ask of it, each once."""
        found: list[Mapping[str, Any]] = []
        for says in self.field.says:
            if says.limits and says.limits not in found:
                found.append(says.limits)
        return found

    def type(self, inner: Any = None) -> Any:
        """The type of its values; `inner` is that of the object, or of the objects in a list."""
        if self.is_any:
            return Any
        if inner is None:
            return self._limited() or _union(self.kinds, dict[str, Any], self._list())
        if self.field.is_list:
            return _union(self.kinds - {"object"}, None, list[inner])
        return _union(self.kinds - {"array"}, inner, None)

    @property
    def holds_limits(self) -> bool:
        """Whether its type takes no value beyond its limits."""
        return not self.limits or self._limited() is not None

    def _limited(self) -> Any:
        """The type with its limits; None where there are none that it can hold."""
        if len(self.limits) != 1 or self.is_mixed or self.are_limits_loose:
            return None
        (limits,), (kind,) = self.limits, self.kinds
        names = {"integer": _BOUNDS, "string": _LENGTHS}.get(kind, {})
        if limits.keys() - names.keys():
            return None
        if not all(type(limit) is int and _LEAST <= limit <= _MOST for limit in limits.values()):
            return None
        return Annotated[_ATOMS[kind][0], Meta(**{names[key]: limits[key] for key in limits})]

    def _list(self) -> Any:
        named = [says.item_kinds for says in self.field.says if "array" in (says.kinds or ANY)]
        if not named or None in named:
            return list[Any]
        return list[_union(frozenset[str]().union(*named), dict[str, Any], None)]  # type: ignore[arg-type, misc]  # made here

    def member(self, inner: Record | None) -> Member:
        """What is known of it; `inner` is what is known of the object, or those in a list."""
        known: Known = None
        if inner is not None:
            known = ListOf(inner) if self.field.is_list else inner
        elif not self.is_mixed:
            known = self._known()
        return Member(self.attribute, self.is_optional, known, self.is_mixed)

    def _known(self) -> Known:
        (kind,) = self.kinds
        bounds = [{"minimum", "maximum"} <= limits.keys() for limits in self.limits]
        if kind == "integer":
            return "integer" if any(bounds) and not self.are_limits_loose else None
        return {"string": "string", "boolean": "boolean"}.get(kind)  # type: ignore[return-value]  # of these


def slots_of(shape: Shape, loose: Loose) -> Iterator[Slot]:
    """The fields of a shape, and those that it does not name but answers often have."""
    unnamed = {name for at, name, _ in loose if at == shape.location}
    unnamed -= {field_.name for field_ in shape.fields}
    others = (_unnamed(shape, name) for name in sorted(unnamed))
    for number, each in enumerate((*shape.fields, *others)):
        wrong = {what for at, name, what in loose if (at, name) == (shape.location, each.name)}
        named = [says.kinds for says in each.says] or [None]
        kinds = frozenset[str]().union(*(kinds or ANY for kinds in named))
        yield Slot(
            field=each,
            attribute=f"f{number}",
            is_optional="presence" in wrong or not shape.is_required(each),
            kinds=kinds | (SCALARS - {"number"}) if "type" in wrong else kinds,
            is_any=None in named,
            are_limits_loose="limit" in wrong,
        )


def any_of(*types: Any) -> Any:
    """The union of types that are made while the program runs."""
    return Union[types]  # noqa: UP007 (no other notation takes many)


def optional(type_: Any) -> Any:
    """A type whose value may be absent."""
    return any_of(type_, UnsetType)


def _unnamed(shape: Shape, name: str) -> Field:
    place = place_of("", (*shape.location, "properties", name))
    return Field(name, shape.location, place, counted=False, enumerated=False)


def _union(kinds: frozenset[str], object_: Any, list_: Any) -> Any:
    """The type of values of some kinds."""
    whole = {**_ATOMS, "object": (object_,), "array": (list_,)}
    return any_of(*(atom for kind in sorted(kinds) for atom in whole[kind]))
