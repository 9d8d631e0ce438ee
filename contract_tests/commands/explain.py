"""`contract-tests explain`: what the id of a finding or change means, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests import catalogue
from contract_tests.contract import load_contract
from contract_tests.errors import InputError


def _complete(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    return [entry.id for entry in catalogue.entries() if entry.id.startswith(begun)]


@click.command("explain")
@click.argument("name", required=False, metavar="[ID]", shell_complete=_complete)
@click.option("--list", "only_list", is_flag=True, help="One line for each there is.")
@click.option("--all", "everything", is_flag=True, help="The whole catalogue.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--spec",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The contract whose invariants to explain; by default spec/ here, else the shipped one.",
)
def command(
    *,
    name: str | None,
    only_list: bool,
    everything: bool,
    form: str,
    spec: Path | None,
) -> None:
    """Say what an id means, and how to acknowledge what it finds.

    Ids are those of rules, checks, invariants, changes of a spec, and losses in an SDK.

    \b
    Examples:
      contract-tests explain response-schema
      contract-tests explain --list
      contract-tests explain --all --format markdown > CATALOGUE.md
    """
    if sum((name is not None, only_list, everything)) != 1:
        raise InputError("nothing to explain, or too much", "give one name, --list or --all")
    chosen = catalogue.entries()
    if name is not None:
        chosen = (catalogue.find(name, (*chosen, *catalogue.invariants(load_contract(spec)))),)
    if only_list:
        click.echo("\n".join(_line(entry) for entry in chosen))
    elif form == "markdown":
        click.echo(catalogue.as_markdown(chosen), nl=False)
    else:
        click.echo("\n".join(map(catalogue.as_text, chosen)), nl=False)


def _line(entry: catalogue.Entry) -> str:
    return f"{entry.kind:<6} {entry.severity:<15} {entry.id:<34} {entry.title}"
