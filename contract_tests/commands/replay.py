"""`contract-tests replay`: send the request of one finding again."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.report.run_json import read_run
from contract_tests.suite.bench import set_up
from contract_tests.suite.options import Options
from contract_tests.suite.replay import is_same, replay, verdict_named
from contract_tests.targets.options import TargetChoice, target_options


@click.command("replay")
@click.argument("finding")
@click.option(
    "--run",
    "run_json",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("reports/latest/run.json"),
    show_default=True,
    help="The run that found it.",
)
@click.option("--fault", "faults", multiple=True, metavar="ID", help="A defect of the mock.")
@target_options
def command(choice: TargetChoice, finding: str, run_json: Path, faults: tuple[str, ...]) -> int:
    """Send the request of FINDING again, and just that.

    Exit 1 where it shows the fault again.

    FINDING is a fingerprint of the run's report, or its beginning. Without a target it goes to
    the embedded mock, with the seed of the run.

    \b
    Example:
      contract-tests replay 3f9a --target staging
    """
    run = read_run(run_json)
    verdict = verdict_named(run, finding)
    options = Options(
        target=choice.target,
        config=choice.config,
        overrides=choice.overrides,
        seed=run.seed,
        faults=faults,
    )
    with set_up(options) as bench:
        found = replay(verdict, bench)
    same = any(is_same(item, verdict) for item in found)
    for item in found:
        click.echo(f"{item.severity.label}  {item.place}: {item.message}")
    if not same:
        click.echo(f"not seen again: {verdict.finding.place}: {verdict.finding.message}")
    return 1 if same else 0
