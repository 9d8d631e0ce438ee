"""`contract-tests docs pin`: keep the facts that a spec is written against."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.contract import load_contract
from contract_tests.docs import pin, read_page
from contract_tests.drafts.writing import write_whole
from contract_tests.errors import InputError
from contract_tests.facts import Page
from contract_tests.threeway import named_by_spec


@click.command("pin")
@click.argument("page", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; spec/pages/<page>.facts.yaml if left out, - for standard output.",
)
def command(*, page: Path, out: Path | None) -> int:
    """Keep the facts of PAGE, for the spec to be held against.

    Names, types, values and hashes, no sentences. The run without a page holds the spec against
    these, and a changed hash shows which cell of the page changed since.

    \b
    Example:
      contract-tests docs pin StartNotebook.html
    """
    facts = _operation(page)
    text = pin(facts)
    if out is not None and str(out) == "-":
        click.echo(text, nl=False)
        return 0
    target = out or Path("spec", "pages", f"{facts.operation}.facts.yaml")
    write_whole(target, text)
    click.echo(f"{target}: pinned {sum(len(table.fields) for table in facts.tables)} fields")
    return 0


def _operation(path: Path) -> Page:
    """A page that documents an operation, under the name that the spec has for it."""
    page = read_page(path)
    if page.uri is None:
        problem = "the page documents no operation"
        raise InputError(problem, "pass a page that states a method and a URI", path)
    return named_by_spec(page, load_contract().view("documented")) or page
