"""Models: a shape as a compiled type, into which bodies are read.

Reading JSON into a type takes no longer than reading it, and tells at once whether every field
holds what it should. What the type leaves open, which of few values a field holds and which of
the optional fields are there, makes the key of a form. So a body that can be read into the type,
and whose form is known, needs no further look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union

import jsonschema_rs
import msgspec
from msgspec import UNSET, Meta, UnsetType

from contract_tests.contract import Location, place_of
from contract_tests.contract.strict import Wrong
from contract_tests.traffic.forms import Form
from contract_tests.traffic.shapes import ANY, SCALARS, Field, Shape

Forms = dict[Any, Form]
"""The forms of the objects of one shape, by key."""
Fresh = tuple[Forms, Any, int]
"""A key that has no form yet: where it goes, and the place of its form among those of its body."""
Loose = frozenset[tuple[Location, str, Wrong]]
"""Fields that often break the contract, and how: whether they do is left to the form."""
Walk = Callable[[Any, list[Form | None], list[Fresh]], bool]
"""Adds the forms of a body that was read; False where a value breaks a limit."""

_ATOMS: Mapping[str, tuple[Any, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (None,),
}
_BOUNDS = {"minimum": "ge", "maximum": "le"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_WALK = """\
def {walk}(value, found, fresh):
{lines}
    key = ({key})
    form = {forms}.get(key)
    if form is None:
        fresh.append(({forms}, key, len(found)))
    found.append(form)
    return True
"""


@dataclass(frozen=True, slots=True)
class Model:
    """A shape as a type."""

    decode: Callable[[str], Any]
    """Raises ValueError or RecursionError for what the type does not take."""
    walk: Walk


def model_of(shape: Shape, loose: Loose = frozenset()) -> Model:
    """The model of a body of a shape."""
    writer = _Writer(loose)
    type_, walk = writer.object(shape)
    exec(compile(writer.source, "<model>", "exec"), writer.names)  # noqa: S102 (holds no text of the contract)
    return Model(msgspec.json.Decoder(type_).decode, writer.names[walk])


@dataclass(frozen=True, slots=True)
class _Slot:
    """A field of a type."""

    field: Field
    at: str
    """The expression for its value."""
    is_optional: bool
    are_limits_loose: bool
    """Whether the form tells which limits a value keeps within."""
    kinds: frozenset[str]
    """What the type takes."""
    is_any: bool

    @property
    def is_mixed(self) -> bool:
        """Whether it takes values of several kinds; a number may be written as an integer."""
        return self.is_any or len(self.kinds) > 1 or "number" in self.kinds

    @property
    def is_list(self) -> bool:
        """Whether it is a list and nothing else but null."""
        return any(says.item_kinds for says in self.field.says)

    @property
    def limits(self) -> list[Mapping[str, Any]]:
        """What the views ask of it, each once."""
        found: list[Mapping[str, Any]] = []
        for says in self.field.says:
            if says.limits and says.limits not in found:
                found.append(says.limits)
        return found


def _slots(shape: Shape, owner: str, loose: Loose) -> Iterator[_Slot]:
    """The fields of a shape, and those that it does not name but answers often have."""
    unnamed = {name for at, name, _ in loose if at == shape.location}
    unnamed -= {field_.name for field_ in shape.fields}
    others = (_unnamed(shape, name) for name in sorted(unnamed))
    for number, each in enumerate((*shape.fields, *others)):
        wrong = {what for at, name, what in loose if (at, name) == (shape.location, each.name)}
        named = [says.kinds for says in each.says]
        kinds = frozenset[str]().union(*(kinds or ANY for kinds in named or [None]))
        yield _Slot(
            field=each,
            at=f"{owner}.f{number}",
            is_optional="presence" in wrong or not shape.is_required(each),
            are_limits_loose="limit" in wrong,
            kinds=kinds | (SCALARS - {"number"}) if "type" in wrong else kinds,
            is_any=None in (named or [None]),
        )


def _unnamed(shape: Shape, name: str) -> Field:
    place = place_of("", (*shape.location, "properties", name))
    return Field(name, shape.location, place, counted=False, enumerated=False)


class _Writer:
    """Writes the types of a shape and of those inside of it, and the walks over them."""

    def __init__(self, loose: Loose) -> None:
        self.loose = loose
        self.source = ""
        self.names: dict[str, Any] = {"UNSET": UNSET, "_kind": _kind, "_held": _held}

    def name(self, prefix: str, value: Any) -> str:
        """A name for a value that the source uses."""
        found = f"{prefix}{len(self.names)}"
        self.names[found] = value
        return found

    def object(self, shape: Shape) -> tuple[Any, str]:
        """The type of an object that has a form of its own, and the walk over it."""
        lines: list[str] = []
        type_, key = self.fields(shape, "value", lines)
        walk, forms = self.name("walk", None), self.name("forms", {})
        text = "".join(f"    {line}\n" for line in lines)
        parts = "".join(f"{part}, " for part in key)
        self.source += _WALK.format(walk=walk, forms=forms, lines=text, key=parts)
        return type_, walk

    def fields(self, shape: Shape, owner: str, lines: list[str]) -> tuple[Any, list[str]]:
        """The type of an object, and the parts of its key."""
        key: list[str] = []
        types: list[tuple[Any, ...]] = []
        names: dict[str, str] = {}
        for slot in _slots(shape, owner, self.loose):
            type_ = self.slot(slot, lines, key)
            attribute = slot.at.removeprefix(f"{owner}.")
            names[attribute] = slot.field.name
            optional = attribute, _any_of(type_, UnsetType), UNSET
            types.append(optional if slot.is_optional else (attribute, type_))
        closed = shape.closed
        made = msgspec.defstruct(
            "Object", types, rename=names, forbid_unknown_fields=closed, kw_only=True, gc=False
        )
        return made, key

    def slot(self, slot: _Slot, lines: list[str], key: list[str]) -> Any:
        """The type of a field; writes what the type leaves to see to, and its part of the key."""
        if slot.field.inner is None:
            return self.plain(slot, lines, key)
        if slot.limits:
            lines.append("return False")  # which of the views means the object is left to others
        if slot.is_list:
            return self.objects(slot, slot.field.inner, lines, key)
        return self.inner(slot, slot.field.inner, lines, key)

    def objects(self, slot: _Slot, inner: Shape, lines: list[str], key: list[str]) -> Any:
        """A list of objects, which have forms of their own."""
        type_, walk = self.object(inner)
        if slot.is_optional or slot.is_mixed:
            key.append(f"type({slot.at})")
        lines += [
            f"if type({slot.at}) is list:",
            f"    for item in {slot.at}:",
            f"        if not {walk}(item, found, fresh):",
            "            return False",
        ]
        return _union(slot.kinds - {"object"}, list_=list[type_])  # type: ignore[valid-type]  # made here

    def inner(self, slot: _Slot, inner: Shape, lines: list[str], key: list[str]) -> Any:
        """An object inside of another, whose key is part of the other's."""
        owner = self.name("value", None)
        inside: list[str] = []
        type_, parts = self.fields(inner, owner, inside)
        lines.append(f"{owner} = {slot.at}")
        whole = f"({''.join(f'{part}, ' for part in parts)})"
        if not slot.is_optional and not slot.is_mixed:
            lines += inside
            key += parts
            return type_
        own = self.name("key", None)
        lines.append(f"if type({owner}) is {self.name('Object', type_)}:")
        lines += [f"    {line}" for line in (*inside, f"{own} = {whole}")]
        lines += ["else:", f"    {own} = type({owner})"]
        key.append(own)
        return _union(slot.kinds - {"array"}, object_=type_)

    def plain(self, slot: _Slot, lines: list[str], key: list[str]) -> Any:
        """A value without fields that are known."""
        key += _parts(slot)
        limits = slot.limits
        if slot.are_limits_loose:
            each = [{keyword: limit} for found in limits for keyword, limit in found.items()]
            key += [f"({slot.at} is UNSET or {self.check(one)}({slot.at}))" for one in each]
        elif (limited := _limited(slot)) is not None:
            return limited
        else:
            there = f"{slot.at} is not UNSET and " if slot.is_optional else ""
            for one in limits:
                lines += [f"if {there}not {self.check(one)}({slot.at}):", "    return False"]
        return Any if slot.is_any else _union(slot.kinds, list_=_list(slot))

    def check(self, limits: Mapping[str, Any]) -> str:
        """The name of what tells whether a value keeps within limits."""
        validator = jsonschema_rs.Draft202012Validator(dict(limits), validate_formats=True)
        return self.name("check", validator.is_valid)


def _parts(slot: _Slot) -> list[str]:
    """What a value without fields brings into the key."""
    at = slot.at
    if not slot.field.says:
        return [f"{at} is UNSET"]
    if "array" in slot.kinds or (slot.is_mixed and "object" in slot.kinds):
        look = f"_held({at})" if slot.field.enumerated else f"_kind({at})"
        return [f"({at} is UNSET or {look})" if slot.is_optional else look]
    told = [f"type({at})"] if slot.is_mixed else []
    if slot.field.enumerated and slot.kinds <= SCALARS:
        return [*told, at]
    return told or ([f"{at} is UNSET"] if slot.is_optional else [])


def _limited(slot: _Slot) -> Any:
    """The type of a value whose limits the type can hold; None where it cannot."""
    if len(slot.limits) != 1 or len(slot.kinds) != 1 or slot.is_any:
        return None
    (limits,), (kind,) = slot.limits, slot.kinds
    names = {"integer": _BOUNDS, "string": _LENGTHS}.get(kind, {})
    if limits.keys() - names.keys() or not all(type(limit) is int for limit in limits.values()):
        return None
    if not all(-(2**63) <= limit < 2**63 for limit in limits.values()):
        return None
    return Annotated[_ATOMS[kind][0], Meta(**{names[key]: limits[key] for key in limits})]


def _list(slot: _Slot) -> Any:
    """The type of a list of values without fields."""
    named = [says.item_kinds for says in slot.field.says if "array" in (says.kinds or ANY)]
    if not named or None in named:
        return list[Any]
    return list[_union(frozenset[str]().union(*named))]  # type: ignore[arg-type, misc]  # made here


def _union(kinds: frozenset[str], *, object_: Any = dict[str, Any], list_: Any = None) -> Any:
    """The type of values of some kinds."""
    whole = {**_ATOMS, "object": (object_,), "array": (list_,)}
    return _any_of(*(atom for kind in sorted(kinds) for atom in whole[kind]))


def _any_of(*types: Any) -> Any:
    return Union[types]  # noqa: UP007 (types that are made here)


def _kind(value: Any) -> Any:
    """The type of a value, of a list that of each item."""
    return (list, *map(type, value)) if type(value) is list else type(value)


def _held(value: Any) -> Any:
    """A value as a key: `1` and `true` are two."""
    if type(value) is list:
        return tuple(map(_held, value))
    return (type(value), None if type(value) is dict else value)
