"""How the findings of `docs check` are printed: one module each, found with pkgutil.

A format is a module with `def render(findings: Sequence[Finding]) -> str`; the choice of
`--format` is its file's name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from itertools import groupby

from contract_tests.findings import Finding


def format_names() -> list[str]:
    """The formats there are."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(findings: Sequence[Finding], name: str) -> str:
    """The findings in the format of that name, which `format_names` lists."""
    text: str = importlib.import_module(f"{__name__}.{name}").render(findings)
    return text


def by_page(findings: Sequence[Finding]) -> Iterator[tuple[str, Iterator[Finding]]]:
    """The findings of each page in turn, under its name and its file."""
    return groupby(findings, key=_heading)


def _heading(finding: Finding) -> str:
    page = finding.place.operation
    return f"{page} ({finding.source.file})" if finding.source else page
