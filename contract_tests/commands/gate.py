"""`contract-tests gate`: whether a client made from this contract may be released."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from contract_tests.commands.spec.check import known_names
from contract_tests.contract import Contract, load_contract
from contract_tests.gate import Step, changes, decide, docs, report, run, spec

STEPS = {"spec": spec.NAME, "run": run.NAME, "docs": docs.NAME, "diff": changes.NAME}
SDK = "SDK round trip"
STEPS["sdk"] = SDK


@click.command("gate", context_settings={"ignore_unknown_options": True})
@click.option(
    "--since",
    metavar="REV",
    help="The last release; by default the latest tag, else the first commit that has the spec.",
)
@click.option(
    "--spec",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The contract, with what stands beside it; by default spec/ here, else the shipped one.",
)
@click.option(
    "--page",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A page to take the facts from; by default those pinned beside the spec.",
)
@click.option(
    "--sdk",
    "sdks",
    multiple=True,
    metavar="NAME",
    default=("generated",),
    show_default=True,
    help="An SDK to send round the trip; repeatable.",
)
@click.option(
    "--skip",
    "skipped",
    multiple=True,
    type=click.Choice(list(STEPS)),
    help="A step to leave out; the report says so. Repeatable.",
)
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports"),
    show_default=True,
    help="The folder of all runs; the decision is written into that of this run.",
)
@click.argument("run_options", nargs=-1, type=click.UNPROCESSED)
def command(*, skipped: tuple[str, ...], reports: Path, **given: Any) -> int:
    """Decide: go, go with known discrepancies, or no-go; and why.

    It checks the spec, runs the contract tests (RUN_OPTIONS are those of `contract-tests run`;
    without any, against the embedded mock), looks for what the page gets wrong and for what
    changed since the last release, and sends answers through the SDKs. Exit 0 for both kinds
    of go, 1 for no-go, 2 where a step could not be done and none says no.

    \b
    Examples:
      contract-tests gate
      contract-tests gate --since v1.2 --sdk generated --sdk huaweicloud
      contract-tests gate --page StartNotebook.html --target staging --budget quick
    """
    gate = _Gate(reports=reports, **given)
    decision = decide(gate.tasks(), [STEPS[name] for name in skipped])
    click.echo(report.as_text(decision), nl=False)
    written = report.write(decision, gate.folder or reports)
    click.echo(f"\n{written[0]}")
    return decision.exit_code


@dataclass
class _Gate:
    """The steps with what the command line gives them; the run's folder once there is one."""

    reports: Path
    path: Path | None
    page: Path | None
    since: str | None
    sdks: tuple[str, ...]
    run_options: tuple[str, ...]
    folder: Path | None = field(init=False, default=None)

    @cached_property
    def contract(self) -> Contract:
        return load_contract(self.path)

    def tasks(self) -> Iterator[tuple[str, Callable[[], Step]]]:
        yield spec.NAME, lambda: spec.check_spec(self.path, known_names())
        yield run.NAME, self._run
        yield docs.NAME, lambda: docs.check_docs(self.contract, self.page)
        yield changes.NAME, lambda: changes.check_changes(self.contract, self.since)
        yield SDK, self._sdk

    def _run(self) -> Step:
        documents = {"--spec": self.path, "--page": self.page}
        given = [text for name, path in documents.items() if path for text in (name, str(path))]
        step, self.folder = run.run_contract([*self.run_options, *given], self.reports)
        return step

    def _sdk(self) -> Step:
        from contract_tests.gate import sdk

        return sdk.check_sdks(self.contract, self.sdks)
