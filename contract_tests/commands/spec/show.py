"""`contract-tests spec show`: a view of the contract, whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import click

from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import ViewName, as_yaml, load_contract


@click.command("show")
@click.option(
    "--view",
    "name",
    type=click.Choice(["documented", "observed", "client"]),
    default="observed",
    show_default=True,
    help="What the page documents; with what is accepted besides; shaped for code generators.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="How it is printed.",
)
@contract_files
def command(
    *,
    name: ViewName,
    form: Literal["yaml", "json"],
    spec: Path | None,
    overlay: Path | None,
    ledger: Path | None,
) -> None:
    """Print a view of the contract: one whole OpenAPI 3.1 document.

    \b
    Example:
      contract-tests spec show --view client --format json > client.json
    """
    document = load_contract(spec, overlay, ledger).view(name).document
    click.echo(_rendered(document, form), nl=False)


def _rendered(document: dict[str, Any], form: Literal["yaml", "json"]) -> str:
    if form == "json":
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return as_yaml(document)
