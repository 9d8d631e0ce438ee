"""The options of every command that ends in a verdict and its reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from contract_tests.findings import Severity
from contract_tests.report import format_named

STANDARD_FORMATS = ("run-json", "summary", "junit")


def _formats(_: click.Context, __: click.Parameter, extra: tuple[str, ...]) -> tuple[str, ...]:
    """All formats to write; a misspelled one is told before there is anything to lose.

    All are loaded here: hypothesis draws on the constants of what is loaded, and a seed has to
    give the same requests whatever is reported of them.
    """
    wanted = tuple(dict.fromkeys((*STANDARD_FORMATS, *extra)))
    for name in wanted:
        format_named(name)
    return wanted


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--view",
        type=click.Choice(["observed", "documented"]),
        default="observed",
        show_default=True,
        help="observed: what the ledger knows does not fail. documented: everything does.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([severity.label for severity in Severity]),
        default=Severity.MISLEADS.label,
        show_default=True,
        help="The least severe new finding that makes it exit 1.",
    ),
    click.option(
        "--report",
        "formats",
        multiple=True,
        metavar="FORMAT",
        callback=_formats,
        help="Further report formats.",
    ),
    click.option(
        "--reports",
        type=click.Path(file_okay=False),
        default="reports",
        show_default=True,
        help="The folder that runs are kept in.",
    ),
    click.option("--keep", type=click.IntRange(min=1), help="How many runs to keep in --reports."),
    click.option("--quiet", "-q", is_flag=True, help="Print nothing but what has to be known."),
)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command `view`, `fail_on`, `formats`, `reports`, `keep` and `quiet`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
