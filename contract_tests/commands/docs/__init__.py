"""`contract-tests docs`: vendor pages; each subcommand is one module here."""

from __future__ import annotations

import importlib
import pkgutil

import click


@click.group(name="docs")
def command() -> None:
    """Read vendor pages: facts, faults, differences from the spec.

    \b
    Example:
      contract-tests docs facts StartNotebook.html
      contract-tests docs pin StartNotebook.html
      contract-tests docs check docs/
      contract-tests docs diff StartNotebook.html
    """


for _module in pkgutil.iter_modules(__path__):
    if not _module.name.startswith("_"):
        command.add_command(importlib.import_module(f"{__name__}.{_module.name}").command)
