"""`contract-tests spec`: the contract's documents; each subcommand is one module here."""

from __future__ import annotations

import importlib
import pkgutil

import click


@click.group(name="spec")
def command() -> None:
    """Show and check the contract: spec, overlay and ledger.

    \b
    Example:
      contract-tests spec show --view observed
      contract-tests spec check
    """


for _module in pkgutil.iter_modules(__path__):
    if not _module.name.startswith("_"):
        command.add_command(importlib.import_module(f"{__name__}.{_module.name}").command)
