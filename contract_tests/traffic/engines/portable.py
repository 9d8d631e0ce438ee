"""Settings that hold their contract, for machines where it does not lie, or lies otherwise.

A path means nothing elsewhere, and a `spec/` that stands there may be an older one: all machines
judge by what stands before whoever asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from contract_tests import __version__
from contract_tests.contract import (
    Contract,
    ContractFiles,
    load_contract,
    parse_document,
    read_overlay,
)
from contract_tests.contract.files import shown_name
from contract_tests.errors import TargetError
from contract_tests.traffic.verifier import Settings, Verifier


@dataclass(frozen=True, slots=True)
class Portable:
    """How exchanges are judged, in texts and numbers only."""

    settings: Settings
    documents: tuple[tuple[str, str], ...]
    """Name and text of the spec, and of the overlay where there is one."""
    version: str = __version__
    """Of the toolkit that made it."""

    def verifier(self) -> Verifier:
        """The verifier of these settings; each process makes it once.

        Raises:
            TargetError: another version of the toolkit is installed here.
        """
        if self.version != __version__:
            raise TargetError(
                f"a worker has contract-tests {__version__}, who asked it has {self.version}; "
                "install the same on all machines"
            )
        return _made(self)


def portable(settings: Settings) -> Portable:
    """The settings with the documents that they name.

    Raises:
        InputError: the contract cannot be read.
    """
    files = load_contract(Path(settings.spec) if settings.spec else None).files
    paths = [path for path in (files.spec, files.overlay) if path is not None]
    texts = ((shown_name(path), path.read_text(encoding="utf-8-sig")) for path in paths)
    return Portable(settings, tuple(texts))


@lru_cache(maxsize=4)
def _made(portable: Portable) -> Verifier:
    spec, *overlays = (parse_document(text, name) for name, text in portable.documents)
    overlay = read_overlay(overlays[0]) if overlays else None
    contract = Contract(ContractFiles(Path(spec.file)), spec, overlay, ledger=())
    return portable.settings.verifier_of(contract)
