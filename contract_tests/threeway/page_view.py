"""The page view: what the facts of a page alone imply at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.facts import Field, Page
from contract_tests.threeway.said import Aspect, Said, Says, limits_in_words

TYPES: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "long": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "object": {"type": "object"},
    "map": {"type": "object"},
    "array": {"type": "array"},
}
FORMATS = ("uuid",)
"""The formats of facts that JSON Schema knows by the same name."""


def page_says(page: Page, root: str | None = None) -> Says:
    """What the page says of every field, parameter and status, by the name of its place.

    `root` is the spec's name of the answer as a whole, which not every dialect names.
    """
    found: dict[str, Said] = {}
    names = {table.id: table.name for table in page.tables}
    for table in page.tables:
        name = root if root and table.role == "response" else table.name
        for field in table.fields:
            found.setdefault(f"{name}.{field.name}", _said(field, names))
    for status in page.statuses:
        said = Said({"status": str(status.code)}, {}, status.source)
        found.setdefault(f"status.{status.code}", said)
    return found


def _said(field: Field, names: dict[str, str]) -> Said:
    schema = _schema(field)
    return Said(dict(_aspects(field, schema, names)), schema, field.source)


def _schema(field: Field) -> dict[str, Any]:
    """The schema of a value; of an array, that of its items."""
    kind = field.type.items or "unknown" if field.type.kind == "array" else field.type.kind
    schema: dict[str, Any] = dict(TYPES.get(kind, {}))
    if field.enum and not field.enum_open:
        schema["enum"] = [_typed(value.value, kind) for value in field.enum]
    limits = field.limits
    stated = {
        "minimum": limits.minimum,
        "exclusiveMinimum": limits.exclusive_minimum,
        "maximum": limits.maximum,
        "minLength": limits.min_length,
        "maxLength": limits.max_length,
        "format": limits.format if limits.format in FORMATS else None,
    }
    return schema | {key: value for key, value in stated.items() if value is not None}


def _aspects(
    field: Field, schema: dict[str, Any], names: dict[str, str]
) -> Iterator[tuple[Aspect, str]]:
    structure = names.get(field.type.structure or "", "")
    if field.type.kind == "array":
        yield "type", f"array of {structure or _word(field.type.items or 'unknown')}"
    else:
        yield "type", structure or _word(field.type.kind)
    if "enum" in schema:
        yield "enum", ", ".join(sorted(map(str, schema["enum"])))
    if len(field.defaults) == 1:
        yield "default", field.defaults[0].value
    stated = {k: v for k, v in schema.items() if TYPES.get(field.type.kind, {}).get(k) != v}
    if limit := limits_in_words(stated):
        yield "limit", limit
    if field.mandatory is not None:
        yield "mandatory", "yes" if field.mandatory else "no"


def _word(kind: str) -> str:
    return {"long": "integer (64 bits)", "map": "object"}.get(kind, kind)


def _typed(value: str, kind: str) -> Any:
    return int(value) if kind in ("integer", "long") and value.lstrip("-").isdigit() else value
