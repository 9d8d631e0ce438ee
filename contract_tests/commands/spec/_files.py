"""The options that say which documents make the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_HELP = {
    "--ledger": "Another ledger; by default the one beside the spec.",
    "--overlay": "Another overlay; by default the one beside the spec.",
    "--spec": "An OpenAPI 3.1 document; by default that of spec/ here, else the shipped one.",
}


def contract_files(function: F) -> F:
    """Give a command `--spec`, `--overlay` and `--ledger`, each a Path or None."""
    for name, text in _HELP.items():
        function = click.option(name, metavar="FILE", type=click.Path(path_type=Path), help=text)(
            function
        )
    return function
