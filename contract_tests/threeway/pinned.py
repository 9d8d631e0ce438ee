"""The pages that can be held against a contract: pinned beside its spec, or given."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from contract_tests.contract import Contract, View
from contract_tests.docs import read_page
from contract_tests.errors import InputError
from contract_tests.facts import Page


def pinned_page(contract: Contract, operation: str | None = None) -> Page | None:
    """The facts pinned for an operation, or for the first that has any; None without.

    Raises:
        InputError: what stands there is no pinned facts.
    """
    folder = contract.files.spec.parent / "pages"
    known = [each.id for each in contract.view("documented").operations]
    names = (f"{id_}.facts.yaml" for id_ in known if operation in (None, id_))
    name = next((name for name in names if (folder / name).is_file()), None)
    return read_page(folder / name, f"spec/pages/{name}") if name else None


def documented_page(path: Path, contract: Contract) -> Page:
    """Read a page that documents an operation of the contract.

    Raises:
        InputError: it cannot be read, or the spec has no such operation.
    """
    page = read_page(path)
    view = contract.view("documented")
    named = named_by_spec(page, view)
    if named is None:
        known = ", ".join(operation.id for operation in view.operations)
        problem = f"the spec has no operation {page.operation}"
        raise InputError(problem, f"pass a page of {known}, or another --spec", path)
    return named


def named_by_spec(page: Page, view: View) -> Page | None:
    """The page under the name of the operation that it documents; None where the spec has none.

    Under whatever name it was saved, a page is that of its method and URI.
    """
    asked = {
        operation.id: _asked(operation.method, operation.path) for operation in view.operations
    }
    if page.operation in asked:
        return page
    mine = _asked(page.method, page.uri or "")
    found = next((id_ for id_, other in asked.items() if other == mine), None)
    return replace(page, stem=found, original="") if found else None


def _asked(method: str | None, uri: str) -> tuple[str | None, str]:
    """What a request asks for, whatever its parameters are called."""
    return method, re.sub(r"\{[^}]*\}", "{}", uri)
