"""Step 3: what the page gets wrong, by its pinned facts, or as it is now."""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract import Contract
from contract_tests.docs import read_page
from contract_tests.errors import InputError
from contract_tests.facts import Page
from contract_tests.findings import Finding, Severity
from contract_tests.gate.step import Outcome, Step
from contract_tests.rules import find, select
from contract_tests.triage import covering

NAME = "docs findings"


def check_docs(contract: Contract, page: Path | None) -> Step:
    """Failed with each certain finding, from `misleads` on, that the ledger does not know.

    Raises:
        InputError: there is neither a page nor pinned facts, or they cannot be read.
    """
    pages = [read_page(page)] if page else _pinned(contract)
    found = [f for f in find(pages, select()) if f.certain and f.severity >= Severity.MISLEADS]
    new = [finding for finding in found if covering(finding, contract.ledger) is None]
    known = len(found) - len(new)
    outcome: Outcome = "failed" if new else "known" if known else "passed"
    source = "the page" if page else "the pinned facts"
    told = f"{source}: {len(new)} new from misleads on, {known} known"
    return Step(NAME, outcome, (told, *map(_line, new)))


def _pinned(contract: Contract) -> list[Page]:
    folder = contract.files.spec.parent / "pages"
    pinned = sorted(folder.glob("*.facts.yaml"))
    if not pinned:
        problem, remedy = "there are no pinned facts", "give --page, or write them with docs pin"
        raise InputError(problem, remedy, folder)
    return [read_page(file) for file in pinned]


def _line(finding: Finding) -> str:
    return f"{finding.source or finding.place}: {finding.message} ({finding.id})"
