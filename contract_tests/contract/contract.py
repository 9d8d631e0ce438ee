"""Loads the three documents of a contract and makes its views."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contract_tests.contract.client_view import shape_for_clients
from contract_tests.contract.documents import Document, read_document
from contract_tests.contract.files import ContractFiles, find_files, shown_name
from contract_tests.contract.ledger import LedgerEntry, read_ledger
from contract_tests.contract.overlay import Overlay, apply_overlay, read_overlay
from contract_tests.contract.view import View, ViewName, build_view
from contract_tests.errors import InputError


@dataclass(frozen=True)
class Contract:
    """Spec, overlay and ledger, read; its views are made when first asked for."""

    files: ContractFiles
    spec: Document
    overlay: Overlay | None
    ledger: tuple[LedgerEntry, ...]

    def view(self, name: ViewName) -> View:
        """The view of that name; without an overlay *observed* says what *documented* says.

        Raises:
            InputError: the documents are wrong, or do not fit together.
        """
        views = {
            "documented": lambda: self._documented,
            "observed": lambda: self._observed,
            "client": lambda: self._client,
        }
        return views[name]()

    @cached_property
    def _documented(self) -> View:
        return build_view("documented", self.spec)

    @cached_property
    def _observed(self) -> View:
        if self.overlay is None:
            return build_view("observed", self.spec)
        return build_view("observed", apply_overlay(self.spec, self.overlay))

    @cached_property
    def _client(self) -> View:
        return build_view("client", shape_for_clients(self._observed.source))


def load_contract(
    spec: Path | None = None, overlay: Path | None = None, ledger: Path | None = None
) -> Contract:
    """Read a contract: the shipped one, or a spec with what stands beside it.

    Raises:
        InputError: a document cannot be read, or is not what it should be.
    """
    files = find_files(spec, overlay, ledger)
    return Contract(
        files=files,
        spec=read_spec(files.spec),
        overlay=read_overlay(read_named(files.overlay)) if files.overlay else None,
        ledger=read_ledger(read_named(files.ledger)) if files.ledger else (),
    )


def read_named(path: Path) -> Document:
    """Read a document under the name that messages give it."""
    return read_document(path, shown_name(path))


def read_spec(path: Path) -> Document:
    """Read a document and see that it is an OpenAPI 3.1 one; raises InputError."""
    document = read_named(path)
    root = document.data
    if not isinstance(root, dict) or not str(root.get("openapi", "")).startswith("3.1."):
        problem, remedy = "no OpenAPI 3.1 document", "begin it with openapi: 3.1.0"
        raise InputError(problem, remedy, document.file, 1)
    return document
