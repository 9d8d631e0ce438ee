"""The option that drafts ledger entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from contract_tests.contract import Contract
from contract_tests.drafts import add_entries
from contract_tests.verdicts import Verdict

F = TypeVar("F", bound=Callable[..., Any])


def write_ledger_option(function: F) -> F:
    """Give a command `--write-ledger`, a Path or None."""
    return click.option(
        "--write-ledger",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Draft an entry for each new finding; entries that FILE has stay as they are.",
    )(function)


def draft(path: Path | None, verdicts: Iterable[Verdict], contract: Contract) -> None:
    """Draft entries where the option is given, and say how many."""
    if path is not None:
        count = add_entries(path, verdicts, contract.ledger, date.today())
        click.echo(f"{path}: {count} drafted, to be reviewed", err=True)
