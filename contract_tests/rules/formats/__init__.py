"""How the findings of `docs check` are printed: one module each, found with pkgutil.

A format is a module with `def render(findings: Sequence[Finding]) -> str`; the choice of
`--format` is its file's name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence

from contract_tests.findings import Finding


def format_names() -> list[str]:
    """The formats there are."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(findings: Sequence[Finding], name: str) -> str:
    """The findings in the format of that name, which `format_names` lists."""
    text: str = importlib.import_module(f"{__name__}.{name}").render(findings)
    return text
