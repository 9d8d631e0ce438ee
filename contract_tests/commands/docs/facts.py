"""`contract-tests docs facts`: what pages state."""

from __future__ import annotations

import json
from pathlib import Path

import click
import yaml

from contract_tests.docs import read_pages
from contract_tests.docs.plain import plain_page


@click.command("facts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="YAML with a document for each page, or JSON with one list of them all.",
)
def command(*, paths: tuple[Path, ...], form: str) -> int:
    """Print the facts of PATHS: pages, folders or a checkout.

    Every table row, list item and block of code of a page is among them: as a fact, or as a
    diagnostic with its line and the reason. Exit 2 where nothing could be read.

    \b
    Examples:
      contract-tests docs facts StartNotebook.html
      contract-tests docs facts docs/ --format json | jq '.[].uri'
    """
    pages = [plain_page(page) for page in read_pages(paths)]
    if form == "json":
        click.echo(json.dumps(pages, indent=2, ensure_ascii=False))
    else:
        click.echo(
            yaml.safe_dump_all(
                pages, sort_keys=False, allow_unicode=True, explicit_start=True, width=100
            ),
            nl=False,
        )
    return 0
