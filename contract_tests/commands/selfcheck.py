"""`contract-tests selfcheck`: how many faults of the mock the suite finds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

import click

from contract_tests.selfcheck.pool import alarms_of, faults_of, named, trials_of
from contract_tests.selfcheck.sample import pick
from contract_tests.selfcheck.score import Result, Score
from contract_tests.selfcheck.trial import Order, Trial
from contract_tests.suite.options import BudgetName
from contract_tests.targets.mock import KLASSES, PLAYS, Klass, PlayName

SAMPLE = 42


@click.command("selfcheck")
@click.option("--class", "klass", type=click.Choice(KLASSES), help="Only faults of this class.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=SAMPLE,
    show_default=True,
    help="How many faults to try, as many of each class as may be.",
)
@click.option("--all", "everything", is_flag=True, help="Try every fault; takes hours.")
@click.option("--fault", "ids", multiple=True, metavar="ID", help="Try just this; repeatable.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the sample and the runs.")
@click.option(
    "--play",
    type=click.Choice([*PLAYS]),
    default="observed",
    help="How the mock behaves.",
    show_default=True,
)
@click.option(
    "--budget",
    type=click.Choice(["quick", "standard", "thorough"]),
    default="standard",
    show_default=True,
    help="What a fault has to survive that a quick run does not find.",
)
@click.option(
    "--workers",
    "-n",
    type=click.IntRange(min=1),
    default=2,
    help="Processes that try faults side by side.",
    show_default=True,
)
def command(
    klass: Klass | None,
    sample: int,
    everything: bool,  # noqa: FBT001 (click passes options by name)
    ids: tuple[str, ...],
    seed: int,
    play: PlayName,
    budget: BudgetName,
    workers: int,
) -> int:
    """Test the suite by mutants: mocks with one fault each.

    Prints the mutation score of each class, the faults that survived, and what the suite finds
    in the clean mock, where there is nothing to find. Exits with 1 where it found fewer than
    97 % of the faults, or 90 % of a class, or raised a false alarm.

    \b
    Example:
      contract-tests selfcheck
      contract-tests selfcheck --class security --all
      contract-tests selfcheck --fault body-nan
    """
    order, started = Order(play, seed, budget), time.monotonic()
    size = None if everything else sample
    faults = named(play, ids) if ids else pick(faults_of(play), size=size, seed=seed, klass=klass)
    alarms = () if ids else alarms_of(order, workers)
    trials = tuple(_watched(trials_of(faults, order, workers), len(faults)))
    result = Result(trials, alarms)
    _print(result)
    click.echo(f"\n{len(trials)} faults in {time.monotonic() - started:.0f} s")
    return 0 if result.suffices else 1


def _watched(trials: Iterable[Trial], total: int) -> Iterator[Trial]:
    """Show how far it is, and what survived as soon as it did: a selfcheck may take hours."""
    hidden = not sys.stderr.isatty()
    bar = click.progressbar(trials, length=total, label="faults", file=sys.stderr, hidden=hidden)
    with bar as shown:
        for trial in shown:
            if not trial.killed:
                click.echo(f"survived: {trial.fault.id}", err=True)
            yield trial


def _print(result: Result) -> None:
    click.echo(f"{'class':20}{'faults':>8}{'found':>8}{'score':>8}{'in place':>10}")
    for score in (*result.classes, result.overall):
        click.echo(_line(score))
    click.echo(f"\nSurvivors ({len(result.survivors)})")
    for fault in sorted(result.survivors, key=lambda fault: (fault.klass, fault.id)):
        click.echo(f"  {fault.id:44} {fault.klass:19} {fault.description}")
    click.echo(f"\nFalse alarms ({len(result.alarms)})")
    for play, place in result.alarms:
        click.echo(f"  {play:12} {place}")


def _line(score: Score) -> str:
    numbers = f"{score.tried:8}{score.killed:8}{score.share:8.1%}{score.named / score.tried:10.1%}"
    return f"{score.name:20}{numbers}"
