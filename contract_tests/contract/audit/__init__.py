"""The audit: everything that is wrong in spec, overlay and ledgers, and between them.

Loading a contract stops at the first fault; the audit goes on and names them all, but none that
would only follow from another: what cannot be read is not taken for empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from contract_tests.contract.audit.known import Known
from contract_tests.contract.audit.ledger import audit_entries, audit_ledger, written_ids
from contract_tests.contract.audit.overlay import audit_overlay
from contract_tests.contract.audit.sdk_ledger import audit_sdk_ledger
from contract_tests.contract.audit.spec import audit_document, audit_sources
from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.contract import read_named, read_spec
from contract_tests.contract.documents import Document, parse_document
from contract_tests.contract.files import ContractFiles
from contract_tests.contract.overlay import Action, read_overlay
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
    ledger, of_sdks = _ledger(files.ledger, trial), _ledger(files.sdk_ledger, trial)
    entries, entries_of_sdks = audit_entries(ledger, trial), audit_entries(of_sdks, trial)
    if spec:
        trial.problems += [*audit_document(spec), *audit_sources(spec)]
        overlaid = _overlaid(spec, files.overlay, written_ids(ledger), trial)
        if overlaid:
            observed, actions = overlaid
            trial.problems += audit_ledger(entries, actions, observed, known)
            trial.problems += audit_sdk_ledger(entries_of_sdks, observed, known)
    return _in_order(trial.problems)


def _ledger(path: Path | None, trial: Trial) -> Document | None:
    """A ledger as it is written; where there is none, one without entries."""
    return trial.attempt(partial(read_named, path)) if path else parse_document("entries: []", "")


def _overlaid(
    spec: Document, path: Path | None, entries: Collection[str] | None, trial: Trial
) -> tuple[Document, tuple[Action, ...]] | None:
    """The observed view and the actions; None where nobody knows what it would be."""
    if path is None:
        return spec, ()
    document = trial.attempt(partial(read_named, path))
    overlay = trial.attempt(partial(read_overlay, document)) if document else None
    if overlay is None:
        return None
    observed = audit_overlay(spec, overlay, entries, trial)
    trial.problems += audit_document(observed)
    return observed, overlay.actions


def _in_order(problems: Iterable[InputError]) -> tuple[InputError, ...]:
    unique = {str(problem): problem for problem in problems}
    return tuple(sorted(unique.values(), key=lambda p: (str(p.file), p.line or 0)))
