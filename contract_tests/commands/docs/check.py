"""`contract-tests docs check`: what pages get wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from contract_tests.docs import read_pages
from contract_tests.facts import Page
from contract_tests.findings import Finding, Severity
from contract_tests.rules import find, select
from contract_tests.rules.formats import format_names, render


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
) -> int:
    """What the pages at PATHS get wrong: files, folders or a checkout.

    Exit 0 without findings at or above --fail-on, 1 with some, 2 where nothing could be read.

    \b
    Examples:
      contract-tests docs check StartNotebook.html
      contract-tests docs check docs/ --format sarif --ignore name-style > findings.sarif
    """
    rules = select(chosen, ignored)
    found = find(_pages(paths), rules)
    findings = sorted((f for f in found if f.certain or uncertain), key=_by_page_and_line)
    click.echo(render(findings, form), nl=False)
    return int(_fails(findings, Severity.from_label(fail_on)))


def _fails(findings: Sequence[Finding], limit: Severity) -> bool:
    return any(finding.certain and finding.severity >= limit for finding in findings)


def _by_page_and_line(finding: Finding) -> tuple[str, int, str, str]:
    line = finding.source.line if finding.source else 0
    return finding.place.operation, line, finding.id, finding.place.name


def _pages(paths: Sequence[Path]) -> Iterator[Page]:
    """The pages; then, for each one of which nothing could be read, a line of warning."""
    unread: list[str] = []
    for page in read_pages(paths):
        if page.style == "other" and not page.census:
            unread += [f"{page.file}: {diagnostic.reason}" for diagnostic in page.diagnostics]
        yield page
    for line in unread:
        click.echo(f"warning: {line}", err=True)
