"""The audit: everything that is wrong in spec, overlay and ledgers, and between them.

Loading a contract stops at the first fault; the audit goes on and names them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from contract_tests.contract.audit.known import Known
from contract_tests.contract.audit.ledger import audit_entries, audit_ledger
from contract_tests.contract.audit.overlay import audit_overlay
from contract_tests.contract.audit.sdk_ledger import audit_sdk_ledger
from contract_tests.contract.audit.spec import audit_document, audit_sources
from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.contract import read_named, read_spec
from contract_tests.contract.documents import Document
from contract_tests.contract.files import ContractFiles
from contract_tests.contract.ledger import LedgerEntry
from contract_tests.contract.overlay import Action
from contract_tests.errors import InputError

__all__ = ["Known", "audit"]


def audit(files: ContractFiles, known: Known) -> tuple[InputError, ...]:
    """Find what is wrong in the documents of a contract.

    Args:
        files: the documents.
        known: what ledger entries may name, besides the invariants of the contract.

    Returns:
        Every problem once, in the order of files and lines.
    """
    trial = Trial()
    spec = trial.attempt(partial(read_spec, files.spec))
    overlay = trial.attempt(partial(read_named, files.overlay)) if files.overlay else None
    entries = _entries(files.ledger, trial)
    of_sdks = _entries(files.sdk_ledger, trial)
    if spec:
        trial.problems += [*audit_document(spec), *audit_sources(spec)]
        observed, actions = _overlaid(spec, overlay, entries, trial)
        trial.problems += audit_ledger(entries, actions, observed, known)
        trial.problems += audit_sdk_ledger(of_sdks, observed, known)
    return _in_order(trial.problems)


def _entries(path: Path | None, trial: Trial) -> tuple[LedgerEntry, ...]:
    ledger = trial.attempt(partial(read_named, path)) if path else None
    return audit_entries(ledger, trial) if ledger else ()


def _overlaid(
    spec: Document, overlay: Document | None, entries: tuple[LedgerEntry, ...], trial: Trial
) -> tuple[Document, tuple[Action, ...]]:
    if overlay is None:
        return spec, ()
    observed, actions = audit_overlay(spec, overlay, {entry.id for entry in entries}, trial)
    trial.problems += audit_document(observed)
    return observed, actions


def _in_order(problems: Iterable[InputError]) -> tuple[InputError, ...]:
    unique = {str(problem): problem for problem in problems}
    return tuple(sorted(unique.values(), key=lambda p: (str(p.file), p.line or 0)))
