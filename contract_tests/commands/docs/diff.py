"""`contract-tests docs diff`: where a page and the spec differ, and what of that is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from contract_tests.commands.docs._drafting import draft, write_ledger_option
from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import Contract, load_contract
from contract_tests.differences import Difference, format_names, render
from contract_tests.facts import Page
from contract_tests.findings import Severity
from contract_tests.threeway import (
    DRIFT_IDS,
    Observations,
    documented_page,
    judge,
    pinned_page,
)
from contract_tests.triage import Reach, ledger_states, sight, triage


@click.command("diff")
@click.argument("page", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(format_names()),
    default="text",
    show_default=True,
    help="How the disagreements are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.label for severity in Severity]),
    default=Severity.MISLEADS.label,
    show_default=True,
    help="Exit 1 on a new disagreement at or above this severity; a changed cell is cosmetic.",
)
@write_ledger_option
@contract_files
def command(
    *,
    page: Path,
    form: str,
    fail_on: str,
    write_ledger: Path | None,
    spec: Path | None,
    overlay: Path | None,
    ledger: Path | None,
) -> int:
    """Show where PAGE and the spec differ, both ways.

    Each disagreement is new, or known to the ledger; an entry that speaks of one that was not met
    is stale. Which cells changed since the page was pinned is told as well. Exit 0 without new
    ones at or above --fail-on, 1 with some, 2 where the page cannot be read or the spec has no
    operation that it documents.

    \b
    Examples:
      contract-tests docs diff StartNotebook.html
      contract-tests docs diff StartNotebook.html --format json --fail-on cosmetic
      contract-tests docs diff StartNotebook.html --write-ledger drafts.yaml
    """
    contract = load_contract(spec, overlay, ledger)
    found = difference(contract, documented_page(page, contract))
    draft(write_ledger, found.new, contract)
    click.echo(render(found, form), nl=False)
    return int(any(verdict.fails(Severity.from_label(fail_on)) for verdict in found.new))


def difference(contract: Contract, page: Page) -> Difference:
    """The disagreements of a page with the spec, held against the ledger."""
    pinned = pinned_page(contract, page.operation)
    judgement = judge(contract, page, pinned, (), Observations())
    verdicts = triage(sight(judgement.drift), contract.ledger, blames=judgement.blames)
    reach = Reach(asked_of_page=frozenset(DRIFT_IDS))
    states = ledger_states(contract.ledger, verdicts, reach, date.today())
    return Difference(
        page=page.operation,
        file=page.file,
        verdicts=verdicts,
        stale=tuple(state for state in states if state.state == "not-seen"),
    )
