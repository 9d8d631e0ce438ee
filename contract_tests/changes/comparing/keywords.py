"""What single keywords accept, in a form that can be compared: kinds, values, limits, formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.changes.comparing.pairs import SchemaPair
from contract_tests.changes.comparing.schemas import Schema, canonical
from contract_tests.contract.violations import shown

KINDS = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
"""All kinds; `number` stands for the numbers that are no integers."""

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")

_WIDTHS = {"int32": 2**31, "int64": 2**63}

HANDLED = frozenset(
    {
        *LOWER,
        *UPPER,
        "additionalProperties",
        "enum",
        "format",
        "items",
        "pattern",
        "properties",
        "required",
        "type",
    }
)
"""The keywords that have rules of their own."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One limit that is another now; None where there is none."""

    keyword: str
    old: float | None
    new: float | None
    cause: str
    """The keyword that moved it: its own, or the type where the width of a format is meant."""

    @property
    def tightened(self) -> bool:
        """Whether something that was within it is outside now."""
        if self.new is None or self.old is None:
            return self.new is not None
        return self.new > self.old if self.keyword in LOWER else self.new < self.old

    @property
    def message(self) -> str:
        """In words: `maxLength is 5, was 9`."""
        now = "is gone" if self.new is None else f"is {shown(self.new)}"
        return f"{self.keyword} {now}, was {'none' if self.old is None else shown(self.old)}"


def kinds(schema: Schema) -> frozenset[str]:
    """The kinds of JSON values that its type accepts."""
    said = schema.keywords.get("type")
    if said is None:
        return KINDS
    names = frozenset(said if isinstance(said, list) else [said])
    return names | {"integer"} if "number" in names else names


def kinds_in_words(found: frozenset[str]) -> str:
    """As a type would be written: `integer`, `string or null`, `any`."""
    if found == KINDS:
        return "any"
    plain = found - {"integer"} if "number" in found else found
    return " or ".join(sorted(plain, key=lambda kind: (kind == "null", kind)))


def values(schema: Schema) -> Mapping[str, Any] | None:
    """The values of its enumeration by their canonical text; None without one."""
    listed = schema.keywords.get("enum")
    return None if listed is None else {canonical(value): value for value in listed}


def in_words(found: Mapping[str, Any]) -> str:
    """Values, the first few of them."""
    few = [shown(value) for value in list(found.values())[:12]]
    if not few:
        return "nothing"
    more = f" and {len(found) - len(few)} more" if len(found) > len(few) else ""
    return ", ".join(few) + more


def moved_limits(pair: SchemaPair) -> Iterator[Moved]:
    """Every limit that differs.

    The width of `int32` counts where the other side has a limit, or no integer: where both are
    integers, the format has a rule of its own.
    """
    alike = (_bound(pair.old) is None) == (_bound(pair.new) is None)
    for keyword in (*LOWER, *UPPER):
        said = keyword in pair.old.keywords or keyword in pair.new.keywords
        if said or not alike:
            limits = _limit(pair.old, keyword), _limit(pair.new, keyword)
            moved = Moved(keyword, *limits, keyword if said else "type")
            if moved.old != moved.new and not _is_format_alone(pair, keyword):
                yield moved


def width(schema: Schema) -> int | None:
    """The bound that the format sets to integers; None where it sets none."""
    return _WIDTHS.get(str(schema.keywords.get("format")))


def _limit(schema: Schema, keyword: str) -> float | None:
    said: float | None = schema.keywords.get(keyword)
    bound = _bound(schema)
    if said is not None or bound is None:
        return said
    return {"minimum": -bound, "maximum": bound - 1}.get(keyword)


def _bound(schema: Schema) -> int | None:
    return width(schema) if schema.keywords.get("type") == "integer" else None


def _is_format_alone(pair: SchemaPair, keyword: str) -> bool:
    """Whether the limit differs only because the format came or went, which has its own rule."""
    said = keyword in pair.old.keywords or keyword in pair.new.keywords
    return not said and pair.old.keywords.get("format") != pair.new.keywords.get("format")
