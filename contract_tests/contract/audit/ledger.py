"""What is wrong in the ledger, and between it and everything that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from functools import partial

from contract_tests.contract.audit.spec import knows_place
from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.documents import Document
from contract_tests.contract.invariants import written_invariants
from contract_tests.contract.ledger import LedgerEntry, count_entries, read_entry, read_ledger
from contract_tests.contract.overlay import Action
from contract_tests.contract.pointers import part
from contract_tests.errors import InputError

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def audit_entries(document: Document, trial: Trial) -> tuple[LedgerEntry, ...]:
    """Read each entry by itself, and keep those that can be read."""
    count = trial.attempt(partial(count_entries, document)) or 0
    read = [trial.attempt(partial(read_entry, document, index)) for index in range(count)]
    entries = tuple(entry for entry in read if entry)
    if len(entries) == count:
        trial.attempt(partial(read_ledger, document))
    return entries


def audit_ledger(
    entries: Collection[LedgerEntry],
    actions: Collection[Action],
    observed: Document,
    known_ids: Collection[str],
) -> Iterator[InputError]:
    """What the entries name that there is not, and entries that nothing backs."""
    ids = {*known_ids, *_invariant_ids(observed)}
    backed = {action.ledger for action in actions}
    for entry in entries:
        if not _KEBAB.fullmatch(entry.id):
            yield _error(entry, f"the id {entry.id!r} is not in kebab case", "use-hyphens")
        yield from _unknown_patterns(entry, ids)
        if entry.id not in backed and not any(entry.names(id_) for id_ in ids):
            problem = f"nothing backs the entry {entry.id}: no action names it, no check finds it"
            yield _error(entry, problem, "name it in an action, or list a check under matches")
        if not _exists(entry, observed):
            problem = f"{entry.id}: there is no {entry.where} in the observed view"
            yield _error(entry, problem, "name a schema and a field of it")


def _unknown_patterns(entry: LedgerEntry, ids: Collection[str]) -> Iterator[InputError]:
    for pattern in entry.matches:
        if not any(fnmatchcase(id_, pattern) for id_ in ids):
            problem = f"{entry.id}: no rule, check or invariant is called {pattern!r}"
            yield _error(entry, problem, "mend the name under matches")


def _exists(entry: LedgerEntry, observed: Document) -> bool:
    structure, _, field = entry.where.rpartition(":")[2].partition(".")
    return knows_place(observed, structure, field)


def _invariant_ids(document: Document) -> Iterator[str]:
    for at in written_invariants(document):
        value = part(document.data, at)
        if isinstance(value, dict):
            yield str(value.get("id"))


def _error(entry: LedgerEntry, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, entry.source.file, entry.source.line)
