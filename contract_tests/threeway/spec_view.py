"""What the spec says at each place that a page can speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.contract import Parameter, View
from contract_tests.findings import Source
from contract_tests.threeway.said import Aspect, Said, Says, limits_in_words

LIMITS = ("minimum", "exclusiveMinimum", "maximum", "minLength", "maxLength", "format")
WIDTHS = {"int32": 31, "int64": 63}


def spec_says(view: View, operation: str, page: str | None = None) -> Says:
    """What a view says of the parameters, answered fields and statuses of an operation.

    Args:
        view: documented or observed.
        operation: an operationId.
        page: of the fields only those that the spec takes from this page; None for all.
    """
    found = {p.place.name: _of_parameter(p) for p in view.operation(operation).parameters}
    for field in view.fields(operation):
        if page is None or field.page in (None, page):
            said = _said(field.schema, field.source, field.refers)
            found.setdefault(field.place.name, said)
    source = view.operation(operation).source
    for status in view.operation(operation).statuses:
        found[f"status.{status}"] = Said({"status": str(status)}, {}, source)
    return found


def root_schema(view: View, operation: str) -> str | None:
    """The name of the schema of a success as a whole; None where it has no name."""
    for status in view.operation(operation).success:
        name = view.body_name(operation, status)
        if name is not None:
            return name
    return None


def _of_parameter(parameter: Parameter) -> Said:
    said = _said(parameter.schema, parameter.source, None)
    mandatory: Mapping[Aspect, str] = {"mandatory": "yes" if parameter.required else "no"}
    return Said({**said.aspects, **mandatory}, said.schema, said.source)


def _said(schema: Mapping[str, Any], source: Source, refers: str | None) -> Said:
    item: Mapping[str, Any] = schema.get("items", schema)
    judging = {"type": "object"} if refers else _judging(item)
    return Said(dict(_aspects(schema, item, refers)), judging, source)


def _aspects(
    schema: Mapping[str, Any], item: Mapping[str, Any], refers: str | None
) -> Iterator[tuple[Aspect, str]]:
    word = refers or _word(item)
    yield "type", f"array of {word}" if "items" in schema else word
    if "enum" in item:
        yield "enum", ", ".join(sorted(map(str, item["enum"])))
    if "default" in schema:
        yield "default", str(schema["default"])
    stated = {key: item[key] for key in LIMITS if key in item and item[key] not in WIDTHS}
    if limit := limits_in_words(stated):
        yield "limit", limit


def _judging(item: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of one value, its integer width as limits."""
    plain = {key: value for key, value in item.items() if not key.startswith("x-")}
    bits = WIDTHS.get(str(item.get("format")))
    return plain if bits is None else {"minimum": -(2**bits), "maximum": 2**bits - 1} | plain


def _word(schema: Mapping[str, Any]) -> str:
    wide = schema.get("type") == "integer" and schema.get("format") == "int64"
    return "integer (64 bits)" if wide else str(schema.get("type", "unknown"))
