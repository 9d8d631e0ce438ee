"""What one party says at one place, in a form that page and spec share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import jsonschema_rs

from contract_tests.findings import Source

Aspect = Literal["request", "type", "enum", "default", "limit", "mandatory", "status"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a party says of one field, parameter or status.

    `aspects` holds words for people and for comparison: `type` (`array of string`), `enum`
    (sorted), `default`, `limit` (`at most 4096, at most 512 characters`), `mandatory`. What the
    party is silent about is absent. `schema` judges a value, of an array (`many`) each item.
    """

    aspects: Mapping[Aspect, str]
    schema: Mapping[str, Any]
    source: Source | None = None
    many: bool = False

    def accepts(self, value: Any) -> bool:
        """Whether this party says that a value as a whole may be so."""
        schema = {"type": "array", "items": self.schema} if self.many else dict(self.schema)
        return _is_valid(schema, value)

    def accepts_item(self, value: Any) -> bool:
        """The same of one item, where it is an array."""
        return _is_valid(dict(self.schema), value)

    def accepts_text(self, text: str) -> bool:
        """The same of an item as text: it is accepted as whatever it can be read as."""
        return any(self.accepts_item(value) for value in _readings(text))

    def accepts_kind(self, kind: str) -> bool:
        """Whether an item may be a `string`, an `integer` and so on."""
        stated = self.schema.get("type", kind)
        return stated == kind or (stated, kind) == ("number", "integer")


def _is_valid(schema: Any, value: Any) -> bool:
    try:
        return jsonschema_rs.is_valid(schema, value, validate_formats=True)
    except ValueError:  # text that is no Unicode, or nesting beyond measure: nobody says so
        return False


Says = Mapping[str, Said]
"""By the name of the place: `VolumeRes.category`, `query.type`, `status.200`."""


def limits_in_words(schema: Mapping[str, Any]) -> str:
    """The limits of a schema, as both parties' are compared: `at least 1, at most 4096`.

    Of a pattern only that there is one: two that accept the same may be written differently.
    """
    words = {
        "minimum": "at least {}",
        "exclusiveMinimum": "more than {}",
        "maximum": "at most {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "format": "{}",
        "pattern": "a pattern",
    }
    said = (text.format(_plain(schema[key])) for key, text in words.items() if key in schema)
    return ", ".join(said)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _readings(text: str) -> list[Any]:
    """What a value may have been before it became text."""
    found: list[Any] = [text]
    words: Mapping[str, Any] = {"true": True, "false": False, "null": None}
    if text in words:
        found.append(words[text])
    if re.fullmatch(r"-?\d{1,40}", text, re.ASCII):
        found.append(int(text))
    return found
