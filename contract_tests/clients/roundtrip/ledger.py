"""The ledger of what SDKs are known to do: the format of the spec's ledger, in a file beside it.

`where` is a place, or for what an SDK does wherever a type stands `type.integer`; `observed`
names the SDK and what it does, `huaweicloud: dropped`; `matches` are ids such as `sdk-*`.
"""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract import LedgerEntry, read_ledger
from contract_tests.contract.contract import read_named


def read_sdk_ledger(path: Path | None) -> tuple[LedgerEntry, ...]:
    """Read a ledger of SDKs; without one nothing is known of them.

    Raises:
        InputError: it cannot be read, or is none.
    """
    return read_ledger(read_named(path)) if path else ()
