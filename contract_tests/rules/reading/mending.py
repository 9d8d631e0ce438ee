"""What a mended row means for the contract, as an action of an OpenAPI Overlay in JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from contract_tests.facts import Field, Page, Table

PARAMETERS = ("path", "query", "header")


def listing(page: Page, table: Table, field: Field, values: Sequence[str]) -> str | None:
    """Let the schema of a row list further values; None where the page does not say where it is."""
    update: dict[str, Any] = {"enum": [_typed(value, field) for value in values]}
    if field.type.kind == "array":
        update = {"items": update}
    return _action(page, table, field, update) if values else None


def defaulting(page: Page, table: Table, field: Field, value: str) -> str | None:
    """Let the schema of a row have this default."""
    return _action(page, table, field, {"default": _typed(value, field)})


def _action(page: Page, table: Table, field: Field, update: dict[str, Any]) -> str | None:
    if table.role not in PARAMETERS:
        target = f"$.components.schemas.{_member(table.name)}.properties.{_member(field.name)}"
        return _json(target.replace(".[", "["), update)
    if page.uri is None or page.method is None:
        return None
    at = f"$.paths[{_quoted(page.uri)}].{page.method.lower()}.parameters"
    return _json(f"{at}[?@.name == {_quoted(field.name)}]", {"schema": update})


def _json(target: str, update: dict[str, Any]) -> str:
    return json.dumps({"target": target, "update": update}, ensure_ascii=False)


def _member(name: str) -> str:
    """A name as RFC 9535 has it behind a dot, or in brackets where it is no plain word."""
    return name if name.isidentifier() and name.isascii() else f"[{_quoted(name)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _typed(value: str, field: Field) -> Any:
    is_whole = (field.type.items or field.type.kind) in ("integer", "long")
    return int(value) if is_whole and value.lstrip("-").isdecimal() else value
