"""What is known of a value before it comes: how it is read, and of what type it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """An object that was read into a type."""

    type: Any
    members: Mapping[str, Member]
    """By their names in JSON."""
    is_closed: bool
    """Whether nothing that has no member can be in it."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items are alike."""

    item: Known


@dataclass(frozen=True, slots=True)
class Member:
    """One field of a record: the attribute that holds it."""

    attribute: str
    is_optional: bool
    """Whether it may be UNSET."""
    known: Known = field(default=None)
    is_mixed: bool = False
    """Whether it may be something else than what is known."""


Known: TypeAlias = Record | ListOf | Literal["string", "integer", "boolean"] | None
"""An integer is one of 64 bits; of None nothing is known."""
