"""What is wrong in an overlay, and between it and spec and ledger."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from functools import partial

from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.documents import Document
from contract_tests.contract.overlay import Action, Overlay, apply_action
from contract_tests.errors import InputError


def audit_overlay(
    spec: Document, overlay: Overlay, entries: Collection[str] | None, trial: Trial
) -> Document:
    """Try each action; what comes of those that work. `entries`: ids of the ledger, if known."""
    result = Document(spec.file, copy.deepcopy(spec.data), dict(spec.sources))
    for action in overlay.actions:
        trial.attempt(partial(apply_action, result, overlay, action))
    trial.problems += _references(overlay.actions, entries)
    return result


def _references(
    actions: tuple[Action, ...], entries: Collection[str] | None
) -> Iterator[InputError]:
    for action in actions:
        source = action.source
        if action.ledger is None:
            problem, remedy = "an action names no ledger entry", "add x-ledger: ENTRY"
            yield InputError(problem, remedy, source.file, source.line)
        elif entries is not None and action.ledger not in entries:
            problem = f"the ledger has no entry {action.ledger!r}"
            yield InputError(problem, "add it, or mend the name", source.file, source.line)
