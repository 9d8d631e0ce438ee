"""Models: a shape as a compiled type, into which bodies are read.

Reading JSON into a type takes no longer than reading it, and tells at once whether every field
holds what it should. What the type leaves open, which of few values a field holds and which of
the optional fields are there, makes the key of a form. So a body that can be read into the type,
and whose form is known, needs no further look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
import msgspec
from msgspec import UNSET

from contract_tests.traffic.typed.forms import Form, is_whole
from contract_tests.traffic.typed.known import Member, Record
from contract_tests.traffic.typed.shapes import SCALARS, Shape
from contract_tests.traffic.typed.slots import Loose, Slot, optional, slots_of

Forms = dict[Any, Form]
"""The forms of the objects of one shape, by key."""
Fresh = tuple[Forms, Any, int]
"""A key that has no form yet: where it goes, and the place of its form among those of its body."""
Walk = Callable[[Any, list[Form | None], list[Fresh]], bool]
"""Adds the forms of a body that was read; False where a value breaks a limit."""

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

    record: Record
    decode: Callable[[str], Any]
    """Raises ValueError or RecursionError for what the type does not take."""
    walk: Walk


def model_of(shape: Shape, loose: Loose = frozenset()) -> Model:
    """The model of a body of a shape."""
    writer = _Writer(loose)
    record, walk = writer.object(shape)
    exec(compile(writer.source, "<model>", "exec"), writer.names)  # noqa: S102 (holds no text of the contract)
    return Model(record, msgspec.json.Decoder(record.type).decode, writer.names[walk])


@dataclass(slots=True)
class _Look:
    """What is left to see to of an object that was read into its type."""

    lines: list[str] = field(default_factory=list)
    """Steps to take before its key is made."""
    key: list[str] = field(default_factory=list)
    """The parts of its key."""

    @property
    def whole(self) -> str:
        """The expression for the key."""
        return f"({''.join(f'{part}, ' for part in self.key)})"


class _Writer:
    """Writes the types of a shape and of those inside of it, and the walks over them."""

    def __init__(self, loose: Loose) -> None:
        self.loose = loose
        self.source = ""
        self.names: dict[str, Any] = {"UNSET": UNSET, "is_whole": is_whole}
        self.names |= {"_kind": _kind, "_held": _held}

    def name(self, prefix: str, value: Any = None) -> str:
        """A name for a value that the source uses."""
        found = f"{prefix}{len(self.names)}"
        self.names[found] = value
        return found

    def object(self, shape: Shape) -> tuple[Record, str]:
        """An object that has a form of its own, and the name of the walk over it."""
        look = _Look()
        record = self.record(shape, "value", look)
        walk, forms = self.name("walk"), self.name("forms", {})
        lines = "\n".join(f"    {line}" for line in look.lines)
        self.source += _WALK.format(walk=walk, forms=forms, lines=lines, key=look.whole[1:-1])
        return record, walk

    def record(self, shape: Shape, owner: str, look: _Look) -> Record:
        """The type of an object; `owner` is the expression for it."""
        members: dict[str, Member] = {}
        types: list[tuple[Any, ...]] = []
        for slot in slots_of(shape, self.loose):
            inner = self.slot(slot, f"{owner}.{slot.attribute}", look)
            type_ = slot.type(inner and inner.type)
            types.append(
                (slot.attribute, optional(type_), UNSET)
                if slot.is_optional
                else (slot.attribute, type_)
            )
            members[slot.field.name] = slot.member(inner)
        made = msgspec.defstruct(
            "Object",
            types,
            rename={member.attribute: name for name, member in members.items()},
            forbid_unknown_fields=shape.closed,
            kw_only=True,
            gc=False,
        )
        return Record(made, members, shape.closed)

    def slot(self, slot: Slot, at: str, look: _Look) -> Record | None:
        """What the type leaves to see to of a field; what is inside of it, if that is known."""
        if slot.field.inner is None:
            self.plain(slot, at, look)
            return None
        if slot.limits:
            look.lines.append("return False")  # views differ: whose limits these are, others see
        if slot.field.is_list:
            return self.objects(slot, slot.field.inner, at, look)
        return self.inner(slot, slot.field.inner, at, look)

    def objects(self, slot: Slot, inner: Shape, at: str, look: _Look) -> Record:
        """A list of objects, which have forms of their own."""
        record, walk = self.object(inner)
        if slot.is_optional or slot.is_mixed:
            look.key.append(f"type({at})")
        look.lines += [
            f"if type({at}) is list:",
            f"    for item in {at}:",
            f"        if not {walk}(item, found, fresh):",
            "            return False",
        ]
        return record

    def inner(self, slot: Slot, inner: Shape, at: str, look: _Look) -> Record:
        """An object inside of another, whose key is part of the other's."""
        owner, inside = self.name("value"), _Look()
        record = self.record(inner, owner, inside)
        look.lines.append(f"{owner} = {at}")
        if not slot.is_optional and not slot.is_mixed:
            look.lines += inside.lines
            look.key += inside.key
            return record
        key, type_ = self.name("key"), self.name("Object", record.type)
        lines = (*inside.lines, f"{key} = {inside.whole}")
        look.lines += [f"if type({owner}) is {type_}:", *(f"    {line}" for line in lines)]
        look.lines += ["else:", f"    {key} = type({owner})"]
        look.key.append(key)
        return record

    def plain(self, slot: Slot, at: str, look: _Look) -> None:
        """A value without fields that are known."""
        look.key += _parts(slot, at)
        if slot.limits and slot.is_fraction_taken:
            look.lines += [f"if is_whole({at}):", "    return False"]
        if slot.are_limits_loose:
            each = [{keyword: limit} for found in slot.limits for keyword, limit in found.items()]
            look.key += [f"({at} is UNSET or {self.check(one)}({at}))" for one in each]
        elif not slot.holds_limits:
            there = f"{at} is not UNSET and " if slot.is_optional else ""
            for limits in slot.limits:
                look.lines += [f"if {there}not {self.check(limits)}({at}):", "    return False"]

    def check(self, limits: Mapping[str, Any]) -> str:
        """The name of what tells whether a value keeps within limits."""
        validator = jsonschema_rs.Draft202012Validator(dict(limits), validate_formats=True)
        return self.name("check", validator.is_valid)


def _parts(slot: Slot, at: str) -> list[str]:
    """What a value without fields brings into the key."""
    if not slot.field.says:
        return [f"{at} is UNSET"]
    if "array" in slot.kinds or (slot.is_mixed and "object" in slot.kinds):
        look = f"_held({at})" if slot.field.enumerated else f"_kind({at})"
        return [f"({at} is UNSET or {look})" if slot.is_optional else look]
    told = [f"type({at})"] if slot.is_mixed else []
    if slot.field.enumerated and slot.kinds <= SCALARS:
        return [*told, at]
    return told or ([f"{at} is UNSET"] if slot.is_optional else [])


def _kind(value: Any) -> Any:
    """The type of a value, of a list that of each item."""
    return (list, *map(type, value)) if type(value) is list else type(value)


def _held(value: Any) -> Any:
    """A value as a key: `1` and `true` are two."""
    if type(value) is list:
        return tuple(map(_held, value))
    return (type(value), None if type(value) is dict else value)
