"""What one party says at one place, in a form that page and spec share."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import jsonschema_rs

from contract_tests.findings import Source

Aspect = Literal["type", "enum", "default", "limit", "mandatory", "status"]

SCALARS = ("string", "integer", "number", "boolean")


@dataclass(frozen=True, slots=True)
class Said:
    """What a party says of one field, parameter or status.

    `aspects` holds words for people and for comparison: `type` (`array of string`), `enum`
    (sorted), `default`, `limit` (`at most 4096, at most 512 characters`), `mandatory`. What the
    party is silent about is absent. `schema` judges a value, of an array each item.
    """

    aspects: Mapping[Aspect, str]
    schema: Mapping[str, Any]
    source: Source | None = None

    def accepts(self, value: Any) -> bool:
        """Whether a value, or one item of an array, is what this party says it may be."""
        return jsonschema_rs.is_valid(dict(self.schema), value)

    def accepts_text(self, text: str) -> bool:
        """The same of a value as text: it is accepted as whatever it can be read as."""
        return any(self.accepts(value) for value in _readings(text))


Says = Mapping[str, Said]
"""By the name of the place: `VolumeRes.category`, `query.type`, `status.200`."""


def limits_in_words(schema: Mapping[str, Any]) -> str:
    """The limits of a schema, as both parties' are compared: `at least 1, at most 4096`."""
    words = {
        "minimum": "at least {}",
        "exclusiveMinimum": "more than {}",
        "maximum": "at most {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "format": "{}",
    }
    said = (text.format(_plain(schema[key])) for key, text in words.items() if key in schema)
    return ", ".join(said)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _readings(text: str) -> list[Any]:
    """What a value may have been before it became text."""
    found: list[Any] = [text]
    if text in ("true", "false"):
        found.append(text == "true")
    if text == "null":
        found.append(None)
    with suppress(ValueError):
        found.append(int(text))
    return found
