"""What the spec says at each place that a page can speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.contract import Parameter, View
from contract_tests.findings import Place, Source
from contract_tests.threeway.said import Aspect, Said, Says, limits_in_words

LIMITS = ("minimum", "exclusiveMinimum", "maximum", "minLength", "maxLength", "format", "pattern")
WIDTHS = {"int32": 31, "int64": 63}


def spec_says(view: View, operation: str, page: str | None = None) -> Says:
    """What a view says of the parameters, answered fields and statuses of an operation.

    Args:
        view: documented or observed.
        operation: an operationId.
        page: of the fields only those that the spec takes from this page; None for all.
    """
    described = view.operation(operation)
    found = {p.place.name: _of_parameter(p) for p in described.parameters}
    for field in view.fields(operation):
        if page is None or field.page in (None, page):
            mandatory = {"mandatory": "yes"} if _is_required(view, field.place) else {}
            said = _said(field.schema, field.source, field.refers, mandatory)
            found.setdefault(field.place.name, said)
    for status in described.statuses:
        found[f"status.{status}"] = Said({"status": str(status)}, {}, described.source)
    request = f"{described.method} {described.path}"
    return found | {"operation": Said({"request": request}, {}, described.source)}


def root_schema(view: View, operation: str) -> str | None:
    """The name of the schema of a success as a whole; None where it has no name."""
    names = (view.body_name(operation, status) for status in view.operation(operation).success)
    return next(filter(None, names), None)


def _of_parameter(parameter: Parameter) -> Said:
    mandatory = {"mandatory": "yes" if parameter.required else "no"}
    return _said(parameter.schema, parameter.source, None, mandatory)


def _is_required(view: View, place: Place) -> bool:
    schema = view.document.get("components", {}).get("schemas", {}).get(place.structure, {})
    return place.field in schema.get("required", ())


def _said(
    schema: Mapping[str, Any], source: Source, refers: str | None, further: Mapping[str, str]
) -> Said:
    item: Mapping[str, Any] = schema.get("items", schema)
    judging = {"type": "object"} if refers else _judging(item)
    aspects: Mapping[Any, str] = {**dict(_aspects(schema, item, refers)), **further}
    return Said(aspects, judging, source, many="items" in schema)


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
    plain = {key: item[key] for key in ("type", "enum", *LIMITS) if key in item}
    bits = WIDTHS.get(str(item.get("format")))
    return plain if bits is None else {"minimum": -(2**bits), "maximum": 2**bits - 1} | plain


def _word(schema: Mapping[str, Any]) -> str:
    wide = schema.get("type") == "integer" and schema.get("format") == "int64"
    return "integer (64 bits)" if wide else str(schema.get("type", "unknown"))
