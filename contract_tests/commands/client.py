"""`contract-tests client`: stubs that are generated from the contract."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.clients import generate, languages
from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import load_contract


@click.group("client")
def command() -> None:
    """Generate clients from the contract.

    \b
    Example:
      contract-tests client generate --lang python --out client
    """


@command.command("generate")
@click.option("--lang", required=True, type=click.Choice(languages()), help="The language.")
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write; it appears whole or not at all.",
)
@click.option("--force", is_flag=True, help="Replace a client that was generated there before.")
@contract_files
def generate_command(
    *,
    lang: str,
    out: Path,
    force: bool,
    spec: Path | None,
    overlay: Path | None,
    ledger: Path | None,
) -> None:
    """Write the client of the contract's client view into a folder.

    What answers hold is left open: a value that the service adds tomorrow is handed on as it
    is. The same contract gives the same bytes.

    \b
    Examples:
      contract-tests client generate --lang python --out client
      contract-tests client generate --lang typescript --out types --force
    """
    generate(lang, load_contract(spec, overlay, ledger).view("client"), out, force=force)
    click.echo(f"{out}: a {lang} client, {sum(p.is_file() for p in out.rglob('*'))} files")
