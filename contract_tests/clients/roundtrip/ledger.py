"""The ledger of what SDKs are known to do: the format of the spec's ledger, in a file beside it.

`where` is a place, or for what an SDK does wherever a type stands `type.integer`; `observed`
names the SDK and what it does, `huaweicloud: dropped`; `matches` are ids such as `sdk-*`.
"""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract import LedgerEntry, default_spec_folder, read_document, read_ledger
from contract_tests.contract.files import shown_name

LEDGER = "sdk-discrepancies.yaml"


def read_sdk_ledger(path: Path | None = None) -> tuple[LedgerEntry, ...]:
    """Read a ledger of SDKs: the given one, or the shipped one where there is one.

    Raises:
        InputError: it cannot be read, or is none.
    """
    shipped = default_spec_folder() / LEDGER
    if path is None and not shipped.is_file():
        return ()
    file = path or shipped
    return read_ledger(read_document(file, shown_name(file)))
