"""`contract-tests docs check`: what pages get wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from contract_tests.commands.docs._drafting import draft, write_ledger_option
from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import Contract, load_contract
from contract_tests.docs import read_pages
from contract_tests.drafts import write_suggestions
from contract_tests.facts import Page
from contract_tests.findings import Finding, Severity, Source
from contract_tests.rules import find, select
from contract_tests.rules.formats import format_names, render
from contract_tests.threeway import in_words_of_the_spec, named_by_spec
from contract_tests.triage import covering, sight, triage


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(format_names()),
    default="text",
    show_default=True,
    help="How the findings are printed.",
)
@click.option(
    "--select", "chosen", multiple=True, metavar="RULE", help="Run this rule only; repeatable."
)
@click.option(
    "--ignore", "ignored", multiple=True, metavar="RULE", help="Leave this rule out; repeatable."
)
@click.option(
    "--uncertain",
    is_flag=True,
    help="Show also the findings that a reader has to judge; they never fail the command.",
)
@click.option(
    "--new-only",
    is_flag=True,
    help="Leave out what the ledger knows: for CI, where only what is new should fail.",
)
@click.option(
    "--suggest-overlay",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what the findings suggest for the contract, as an OpenAPI Overlay.",
)
@write_ledger_option
@contract_files
@click.option(
    "--fail-on",
    type=click.Choice([severity.label for severity in Severity]),
    default=Severity.MISLEADS.label,
    show_default=True,
    help="Exit 1 on a certain finding at or above this severity.",
)
def command(
    *,
    paths: tuple[Path, ...],
    form: str,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    uncertain: bool,
    fail_on: str,
    new_only: bool,
    suggest_overlay: Path | None,
    write_ledger: Path | None,
    spec: Path | None,
    overlay: Path | None,
    ledger: Path | None,
) -> int:
    """What the pages at PATHS get wrong: files, folders or a checkout.

    All of it is listed, also what the ledger knows: a writer is to mend that too. With
    --new-only, --suggest-overlay or --write-ledger the pages that document an operation of the
    contract are named as the spec names them.

    Exit 0 without findings at or above --fail-on, 1 with some, 2 where nothing could be read.

    \b
    Examples:
      contract-tests docs check StartNotebook.html
      contract-tests docs check docs/ --format sarif --ignore name-style > findings.sarif
      contract-tests docs check StartNotebook.html --new-only --write-ledger drafts.yaml
      contract-tests docs check StartNotebook.html --suggest-overlay suggested.overlay.yaml
    """
    rules = select(chosen, ignored)
    pages = _pages(paths)
    contract = None
    if new_only or suggest_overlay or write_ledger:
        contract = load_contract(spec, overlay, ledger)
        pages = _in_words_of_the_spec(pages, contract)
    found = find(pages, rules)
    findings = sorted((f for f in found if f.certain or uncertain), key=_by_page_and_line)
    if contract is not None:
        _suggest(suggest_overlay, findings, contract)
        draft(write_ledger, triage(sight(findings), contract.ledger), contract)
    if contract is not None and new_only:
        findings = [f for f in findings if covering(f, contract.ledger) is None]
    click.echo(render(findings, form), nl=False)
    return int(_fails(findings, Severity.from_label(fail_on)))


def _in_words_of_the_spec(pages: Iterator[Page], contract: Contract) -> Iterator[Page]:
    """The pages, those of the contract's operations under the names that its ledger goes by."""
    view = contract.view("documented")
    for page in pages:
        named = named_by_spec(page, view)
        yield in_words_of_the_spec(named, view) if named else page


def _suggest(path: Path | None, findings: Sequence[Finding], contract: Contract) -> None:
    if path is not None:
        count = write_suggestions(path, findings, contract)
        click.echo(f"{path}: {count} suggested, to be reviewed", err=True)


def _fails(findings: Sequence[Finding], limit: Severity) -> bool:
    return any(finding.certain and finding.severity >= limit for finding in findings)


def _by_page_and_line(finding: Finding) -> tuple[str, Source, str, str]:
    source = finding.source or Source("")
    return finding.place.operation, source, finding.id, finding.place.name


def _pages(paths: Sequence[Path]) -> Iterator[Page]:
    """The pages; then what would make it misleading that nothing was found, line by line."""
    unread: list[str] = []
    any_operation = False
    for page in read_pages(paths):
        any_operation |= page.uri is not None
        if page.style == "other" and not page.census:
            unread += [f"{page.file}: {diagnostic.reason}" for diagnostic in page.diagnostics]
        yield page
    for line in unread:
        click.echo(f"warning: {line}", err=True)
    if not any_operation:
        click.echo("warning: no page read documents an operation: a method and a URI", err=True)
