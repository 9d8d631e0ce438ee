"""`contract-tests run`: the contract tests against the embedded mock or a live target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from contract_tests import suite
from contract_tests.commands._reporting import report_options
from contract_tests.docs import read_page
from contract_tests.suite.options import Options
from contract_tests.targets.options import TargetChoice, target_options
from contract_tests.targets.scrub import scrubbed_output


def _shard(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no part of a whole."""
    part, _slash, parts = (value or "1/1").partition("/")
    if not (part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts)):
        raise click.BadParameter(f"{value!r} is no part; give it as 2/4, the second of four")
    return value


@click.command("run")
@click.option(
    "--spec",
    type=click.Path(dir_okay=False),
    help="The contract; by default that of spec/ here, else the shipped one.",
)
@click.option("--page", type=click.Path(dir_okay=False), help="A page to take the facts from.")
@click.option(
    "--play",
    type=click.Choice(["observed", "documented"]),
    default="observed",
    help="How the embedded mock behaves.",
)
@click.option("--fault", "faults", multiple=True, metavar="ID", help="A defect of the mock.")
@click.option("--seed", type=int, default=0, show_default=True, help="Repeats a run's requests.")
@click.option(
    "--budget",
    type=click.Choice(["quick", "standard", "thorough"]),
    default="standard",
    show_default=True,
    help="How much of the value space is sampled; thorough repeats with time.",
)
@click.option(
    "--shard", metavar="K/N", callback=_shard, help="Run the K-th of N parts of the suite."
)
@click.option("--workers", "-n", type=click.IntRange(min=1), default=1, help="Processes (xdist).")
@report_options
@target_options
def command(choice: TargetChoice, workers: int, **given: Any) -> int:
    """Run the contract tests and say who stands alone.

    \b
    Examples:
      contract-tests run
      contract-tests run --base-url https://… --project-id P --notebook-id N
      contract-tests run --target staging --report html --report sarif
    """
    if given["page"]:
        read_page(Path(given["page"]))
    options = Options(
        target=choice.target, config=choice.config, overrides=choice.overrides, **given
    )
    return run_suite(options, workers)


def run_suite(options: Options, workers: int = 1) -> int:
    """Run the suite through pytest; returns the exit code of the run."""
    arguments = [
        str(Path(suite.__file__).parent),
        f"--contract-options={options.to_json()}",
        f"--hypothesis-seed={options.seed}",
        *("--assert=plain", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:terminal"),
        *("-c", str(Path(suite.__file__).parent / "pytest.ini")),
        *(("-n", str(workers)) if workers > 1 else ("-p", "no:xdist")),
    ]
    with scrubbed_output():
        return int(pytest.main(arguments))
