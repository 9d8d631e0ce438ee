"""`contract-tests cleanup`: stop again what killed runs left running."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.contract import load_contract
from contract_tests.errors import TargetError
from contract_tests.targets.journal import Intent, left_behind
from contract_tests.targets.options import (
    TargetChoice,
    described,
    target_from_options,
    target_options,
)
from contract_tests.targets.session import JOURNAL_FOLDER, open_session


@click.command("cleanup")
@click.option(
    "--journal-folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=JOURNAL_FOLDER,
    show_default=True,
    help="Where runs keep their journals of starts.",
)
@target_options
def command(choice: TargetChoice, journal_folder: Path) -> None:
    """Stop again what ended runs have started and not put back.

    Runs do this themselves, at their end and before the next one on the same target; this is for
    when no next one is due. Where the journals speak of one service only, it needs no target.

    \b
    Example:
      contract-tests cleanup
      contract-tests cleanup --target staging
    """
    described(choice.target, choice.config)  # a mistyped name is told, whatever is owed
    owed = _owed(journal_folder)
    if not owed:
        click.echo("nothing to clean up")
        return
    found = {
        "project_id": owed[0].project_id,
        "notebook_ids": sorted({intent.notebook_id for intent in owed}),
    }
    name = choice.target or _only_url(owed)
    target, secrets = target_from_options(name, choice.config, found | choice.overrides)
    view = load_contract().view("documented")
    with open_session(target, secrets, view, journal_folder, say=click.echo) as session:
        runs = "run" if session.runs_put_back == 1 else "runs"
        click.echo(f"put back what {session.runs_put_back} ended {runs} left on {target.base_url}")


def _owed(folder: Path) -> list[Intent]:
    """What the journals of ended runs speak of."""
    owed: list[Intent] = []
    for journal in left_behind(folder):
        owed += journal.intents()
        journal.close()
    return owed


def _only_url(owed: list[Intent]) -> str:
    urls = sorted({intent.base_url for intent in owed})
    if len(urls) > 1:
        raise TargetError(f"there are journals for {', '.join(urls)}; give one as --base-url")
    return urls[0]
