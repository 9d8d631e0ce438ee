"""The pages that can be held against a contract: pinned beside its spec, or given."""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract import Contract
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
    known = [operation.id for operation in contract.view("documented").operations]
    if page.operation not in known:
        problem = f"the spec has no operation {page.operation}"
        raise InputError(problem, f"pass a page of {', '.join(known)}, or another --spec", path)
    return page
