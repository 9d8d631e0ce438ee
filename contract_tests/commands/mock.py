"""`contract-tests mock`: serve the embedded mock for people and their clients."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import Any

import click

from contract_tests.contract import View, load_contract
from contract_tests.targets.faults import all_faults, pick_faults
from contract_tests.targets.mock import PLAYS, Mock, PlayName, serve


@click.command(name="mock")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free port.")
@click.option(
    "--play",
    type=click.Choice([*PLAYS]),
    default="observed",
    show_default=True,
    help="Answer as the page documents it, or as the service was observed to.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of ids, tokens, values.")
@click.option("--fault", "faults", multiple=True, metavar="ID", help="A defect; repeatable.")
@click.option("--list-faults", is_flag=True, help="Print all faults, and serve nothing.")
@click.option(
    "--spec",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Another contract; its overlay and ledger are looked for beside it.",
)
def command(
    port: int,
    play: PlayName,
    seed: int,
    faults: tuple[str, ...],
    list_faults: bool,  # noqa: FBT001 (click passes options by name)
    spec: Path | None,
) -> None:
    """Serve the embedded mock until Ctrl-C or SIGTERM.

    The first line on stdout is one JSON object: url, token, project_id, notebook_ids (those
    that can be started first), and the same of another project, with an expired token.

    \b
    Example:
      contract-tests mock --port 8080 --play documented
      contract-tests mock --fault response-capacity-string
      contract-tests mock --list-faults
    """
    view = load_contract(spec).view(play)
    if list_faults:
        _print_faults(view)
        return
    chosen = pick_faults(view, faults)
    stopped = _stop_on_signals()
    with serve(view, play=play, seed=seed, port=port, faults=chosen, record=False) as mock:
        click.echo(json.dumps(_introduction(mock)))
        stopped.wait()


def _print_faults(view: View) -> None:
    for fault in all_faults(view):
        click.echo(f"{fault.id:56} {fault.klass:19} {fault.description}")


def _stop_on_signals() -> threading.Event:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _introduction(mock: Mock) -> dict[str, Any]:
    names = ("url", "token", "project_id", "notebook_ids")
    others = ("other_token", "other_project_id", "other_notebook_ids", "expired_token")
    return {name: getattr(mock, name) for name in (*names, *others)}
