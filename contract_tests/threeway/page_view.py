"""The page view: what the facts of a page alone imply at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import jsonschema_rs

from contract_tests.contract import View
from contract_tests.facts import Field, Page
from contract_tests.threeway.said import Aspect, Said, Says, limits_in_words
from contract_tests.threeway.spec_view import root_schema

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


def in_words_of_the_spec(page: Page, view: View) -> Page:
    """The page under the names that it shares with the spec.

    Its stem becomes the operation that it documents, and the table of the answer as a whole,
    which not every dialect names, gets the name of the spec's schema.

    Raises:
        KeyError: the view has no operation that the page documents.
    """
    root = root_schema(view, page.operation)
    tables = tuple(
        replace(table, name=root) if root and table.role == "response" else table
        for table in page.tables
    )
    return replace(page, stem=page.operation, tables=tables)


def page_says(page: Page) -> Says:
    """What the page says of every field, parameter and status, by the name of its place."""
    found: dict[str, Said] = {}
    names = {table.id: table.name for table in page.tables}
    for table in page.tables:
        for field in table.fields:
            found.setdefault(f"{table.name}.{field.name}", _said(field, names))
    for status in page.statuses:
        said = Said({"status": str(status.code)}, {}, status.source)
        found.setdefault(f"status.{status.code}", said)
    if page.method and page.uri:
        found["operation"] = Said({"request": f"{page.method} {page.uri}"}, {}, page.uri_source)
    return found


def _said(field: Field, names: dict[str, str]) -> Said:
    schema = _schema(field)
    many = field.type.kind == "array"
    return Said(dict(_aspects(field, schema, names)), schema, field.source, many)


def _schema(field: Field) -> dict[str, Any]:
    """The schema of a value; of an array, that of its items."""
    kind = field.type.items or "unknown" if field.type.kind == "array" else field.type.kind
    schema: dict[str, Any] = dict(TYPES.get(kind, {}))
    if field.enum and not field.enum_open:
        schema["enum"] = [_typed(value.value, kind) for value in field.enum]
    return schema | _limits(field)


def _limits(field: Field) -> dict[str, Any]:
    limits = field.limits
    stated = {
        "minimum": limits.minimum,
        "exclusiveMinimum": limits.exclusive_minimum,
        "maximum": limits.maximum,
        "minLength": limits.min_length,
        "maxLength": limits.max_length,
        "pattern": limits.pattern if _compiles(limits.pattern) else None,
        "format": limits.format if limits.format in FORMATS else None,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _compiles(pattern: str | None) -> bool:
    """Whether it is a regular expression: a page may say anything."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern or ""})
    except ValueError:
        return False
    return True


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
    if limit := limits_in_words(_limits(field)):
        yield "limit", limit
    if field.mandatory is not None:
        yield "mandatory", "yes" if field.mandatory else "no"


def _word(kind: str) -> str:
    return {"long": "integer (64 bits)", "map": "object"}.get(kind, kind)


def _typed(value: str, kind: str) -> Any:
    return int(value) if kind in ("integer", "long") and value.lstrip("-").isdigit() else value
