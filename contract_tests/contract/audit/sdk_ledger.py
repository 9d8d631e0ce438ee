"""What is wrong in the ledger of SDKs, and between it and everything that it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from contract_tests.contract.audit.known import Known
from contract_tests.contract.audit.ledger import (
    error_at,
    odd_id,
    unknown_patterns,
    unknown_place,
)
from contract_tests.contract.documents import Document
from contract_tests.contract.ledger import LedgerEntry
from contract_tests.errors import InputError

TYPES = tuple(
    f"type.{name}" for name in ("array", "boolean", "integer", "number", "object", "string")
)
"""Places of what an SDK does wherever a type stands."""


def audit_sdk_ledger(
    entries: Collection[LedgerEntry], observed: Document, known: Known
) -> Iterator[InputError]:
    """What the entries name that there is not, and entries that nothing backs."""
    for entry in entries:
        yield from odd_id(entry)
        yield from unknown_patterns(entry, known.losses, "finding of SDKs")
        yield from _unknown_sdks(entry, known.sdks)
        if not entry.matches:
            problem = f"nothing backs the entry {entry.id}: it matches no finding"
            yield error_at(entry, problem, "list one under matches")
        if entry.where.rpartition(":")[2] not in TYPES:
            yield from unknown_place(entry, observed)


def _unknown_sdks(entry: LedgerEntry, sdks: Collection[str]) -> Iterator[InputError]:
    remedy = f"write SDK: what it does; SDKs are {', '.join(sorted(sdks))}"
    if not entry.observed:
        yield error_at(entry, f"{entry.id}: observed names no SDK", remedy)
    for sdk in dict.fromkeys(value.partition(": ")[0] for value in entry.observed):
        if sdk not in sdks:
            yield error_at(entry, f"{entry.id}: there is no SDK {sdk!r}", remedy)
