"""`contract-tests spec check`: whether spec, overlay and ledger are right, and fit together."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click

from contract_tests import checks, rules
from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import load_contract
from contract_tests.contract.audit import audit
from contract_tests.contract.files import find_files
from contract_tests.threeway import DRIFT_IDS


@click.command("check")
@contract_files
def command(*, spec: Path | None, overlay: Path | None, ledger: Path | None) -> int:
    """Check spec, overlay and ledger, each by itself and against the others.

    Every problem is one line, FILE:LINE: PROBLEM; REMEDY. Exit 0 without one, 2 with any.

    \b
    Example:
      contract-tests spec check --spec staging/notebook.openapi.yaml
    """
    problems = audit(find_files(spec, overlay, ledger), frozenset(known_ids()))
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        return 2
    click.echo(_summary(spec, overlay, ledger))
    return 0


def _summary(spec: Path | None, overlay: Path | None, ledger: Path | None) -> str:
    contract = load_contract(spec, overlay, ledger)
    view = contract.view("observed")
    actions = len(contract.overlay.actions) if contract.overlay else 0
    return (
        f"{contract.spec.file}: {len(view.operations)} operations, "
        f"{len(view.all_invariants)} invariants, {actions} overlay actions, "
        f"{len(contract.ledger)} ledger entries; nothing wrong"
    )


def known_ids() -> Iterator[str]:
    """The rules and checks that there are, by their modules' names; and what drift is called."""
    yield from DRIFT_IDS
    for package in (rules, checks):
        for module in pkgutil.iter_modules(package.__path__):
            if not module.ispkg and not module.name.startswith("_"):
                yield module.name.replace("_", "-")
