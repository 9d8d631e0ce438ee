"""Facts as plain data, for YAML and JSON: what is empty is left out, a source is its line."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from contract_tests.facts import Page
from contract_tests.findings import Source


def plain_page(page: Page) -> dict[str, Any]:
    """A page as plain data; its tables, fields and so on below it."""
    plain = _plain(page)
    if not isinstance(plain, dict):
        raise TypeError(type(plain))
    return {"page": plain.pop("stem"), "file": plain.pop("file"), **plain}


def _plain(value: object) -> Any:
    if isinstance(value, Source):
        return value.line
    if is_dataclass(value) and not isinstance(value, type):
        return {
            "line" if field.name == "source" else field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if _says_something(value, field.name, field.default)
        }
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _says_something(owner: object, name: str, default: object) -> bool:
    value = getattr(owner, name)
    return default is MISSING or value != default
