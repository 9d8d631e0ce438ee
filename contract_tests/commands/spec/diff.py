"""`contract-tests spec diff`: what changed between two versions of the contract."""

from __future__ import annotations

from typing import Literal

import click

from contract_tests.changes import diff
from contract_tests.changes.comparing.revisions import read_version
from contract_tests.changes.formats import format_names, render
from contract_tests.contract import ViewName


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--view",
    type=click.Choice(["documented", "observed", "client"]),
    default="observed",
    show_default=True,
    help="What of the two is compared: the spec; with its overlay; as clients are made from it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(format_names()),
    default="text",
    show_default=True,
    help="How the changes are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "any"]),
    default="breaking",
    show_default=True,
    help="Which changes make it exit 1.",
)
def command(
    *, old: str, new: str, view: ViewName, form: str, fail_on: Literal["breaking", "any"]
) -> int:
    """Show what changed between OLD and NEW, and whom each change breaks.

    OLD and NEW are files, each with overlay and ledger beside it, or git revisions
    (HEAD~3, or v1.2:api/spec.yaml). Exit 0 without a breaking change, 1 with one, 2 where they
    could not be compared.

    \b
    Examples:
      contract-tests spec diff HEAD~3 HEAD
      contract-tests spec diff v1.2 spec/modelarts-notebook.openapi.yaml --view client
      contract-tests spec diff old.yaml new.yaml --format markdown --fail-on any
    """
    before, after = read_version(old), read_version(new)
    changes = diff(before.view(view), after.view(view))
    click.echo(render(changes, form), nl=False)
    return int(any(change.breaking or fail_on == "any" for change in changes))
