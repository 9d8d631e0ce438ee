"""How `spec diff` prints changes: one module each, found with pkgutil.

A format is a module with `def render(changes: Sequence[Change]) -> str`; the choice of
`--format` is its file's name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence

from contract_tests.changes.comparing import Change


def format_names() -> list[str]:
    """The formats there are."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(changes: Sequence[Change], name: str) -> str:
    """The changes in the format of that name, which `format_names` lists."""
    text: str = importlib.import_module(f"{__name__}.{name}").render(changes)
    return text
