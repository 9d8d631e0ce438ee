"""How the differences between a page and the spec are printed: one module each.

A format is a module with `def render(found: Difference) -> str`; the choice of `--format` is its
file's name.
"""

from __future__ import annotations

import importlib
import pkgutil

from contract_tests.differences._difference import Difference

__all__ = ["Difference", "format_names", "render"]


def format_names() -> list[str]:
    """The formats there are."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in names if not name.startswith("_"))


def render(found: Difference, name: str) -> str:
    """The differences in the format of that name, which `format_names` lists."""
    text: str = importlib.import_module(f"{__name__}.{name}").render(found)
    return text
