"""What is wrong in the ledger, and between it and everything that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from functools import partial

from contract_tests.contract.audit.known import Known
from contract_tests.contract.audit.spec import knows_place
from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.documents import Document
from contract_tests.contract.invariants import written_invariants
from contract_tests.contract.ledger import LedgerEntry, count_entries, read_entry, read_ledger
from contract_tests.contract.overlay import Action
from contract_tests.contract.pointers import part
from contract_tests.errors import InputError

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def written_ids(document: Document | None) -> frozenset[str] | None:
    """The ids of all entries, also of those that cannot be read; None where nobody knows."""
    root = document.data if document else None
    entries = root.get("entries") if isinstance(root, dict) else None
    if not isinstance(entries, list):
        return None
    return frozenset(str(entry.get("id")) for entry in entries if isinstance(entry, dict))


def audit_entries(document: Document | None, trial: Trial) -> tuple[LedgerEntry, ...]:
    """Read each entry by itself, and keep those that can be read."""
    if document is None:
        return ()
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
    known: Known,
) -> Iterator[InputError]:
    """What the entries name that there is not, and entries that nothing backs."""
    ids = {*known.ids, *_invariant_ids(observed)}
    backed = {action.ledger for action in actions}
    for entry in entries:
        yield from odd_id(entry)
        yield from unknown_patterns(entry, ids, "rule, check or invariant")
        if entry.id not in backed and not any(entry.names(id_) for id_ in ids):
            problem = f"nothing backs the entry {entry.id}: no action names it, no check finds it"
            yield error_at(entry, problem, "name it in an action, or list a check under matches")
        yield from unknown_place(entry, observed)


def odd_id(entry: LedgerEntry) -> Iterator[InputError]:
    """Its id, where it is not in kebab case."""
    if not _KEBAB.fullmatch(entry.id):
        yield error_at(entry, f"the id {entry.id!r} is not in kebab case", "use-hyphens")


def unknown_patterns(entry: LedgerEntry, ids: Collection[str], kinds: str) -> Iterator[InputError]:
    """The patterns that match none of the ids; `kinds` says what these are ids of."""
    for pattern in entry.matches:
        if not any(fnmatchcase(id_, pattern) for id_ in ids):
            problem = f"{entry.id}: no {kinds} is called {pattern!r}"
            yield error_at(entry, problem, "mend the name under matches")


def unknown_place(entry: LedgerEntry, observed: Document) -> Iterator[InputError]:
    """Its place, where there is none of that name."""
    structure, _, field = entry.where.rpartition(":")[2].partition(".")
    if not knows_place(observed, structure, field):
        problem = f"{entry.id}: there is no {entry.where} in the observed view"
        yield error_at(entry, problem, "name a schema and a field of it")


def error_at(entry: LedgerEntry, problem: str, remedy: str) -> InputError:
    """A problem of an entry, with its line."""
    return InputError(problem, remedy, entry.source.file, entry.source.line)


def _invariant_ids(document: Document) -> Iterator[str]:
    for at in written_invariants(document):
        value = part(document.data, at)
        if isinstance(value, dict):
            yield str(value.get("id"))
