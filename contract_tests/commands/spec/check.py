"""`contract-tests spec check`: whether spec, overlay and ledgers are right, and fit together."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click

from contract_tests import checks, rules
from contract_tests.clients.roundtrip import MEANINGS, read_sdk_ledger
from contract_tests.clients.sdk import sdk_names
from contract_tests.commands.spec._files import contract_files
from contract_tests.contract import load_contract
from contract_tests.contract.audit import Known, audit
from contract_tests.contract.files import find_files
from contract_tests.threeway import DRIFT_IDS


@click.command("check")
@contract_files
def command(*, spec: Path | None, overlay: Path | None, ledger: Path | None) -> int:
    """Check spec, overlay and both ledgers, each and together.

    The ledger of SDKs is the sdk-discrepancies.yaml beside the spec.

    Every problem is one line, FILE:LINE: PROBLEM; REMEDY. Exit 0 without one, 2 with any.

    \b
    Example:
      contract-tests spec check --spec staging/notebook.openapi.yaml
    """
    problems = audit(find_files(spec, overlay, ledger), known_names())
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
        f"{len(contract.ledger)} ledger entries, "
        f"{len(read_sdk_ledger(contract.files.sdk_ledger))} SDK ledger entries; nothing wrong"
    )


def known_names() -> Known:
    """What ledgers may name."""
    losses = frozenset(meaning.id for meaning in MEANINGS)
    return Known(frozenset(_ids()), losses, frozenset(sdk_names()))


def _ids() -> Iterator[str]:
    """The rules and checks that there are, by their modules' names; and what drift is called."""
    yield from DRIFT_IDS
    for package in (rules, checks):
        for module in pkgutil.iter_modules(package.__path__):
            if not module.ispkg and not module.name.startswith("_"):
                yield module.name.replace("_", "-")
