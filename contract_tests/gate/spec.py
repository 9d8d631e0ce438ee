"""Step 1: spec, overlay and ledger are right by themselves, and fit together."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from pathlib import Path

from contract_tests import checks, rules
from contract_tests.contract.audit import audit
from contract_tests.contract.files import find_files
from contract_tests.gate.step import Step

NAME = "spec check"


def check_spec(spec: Path | None) -> Step:
    """Failed with every problem of the documents."""
    problems = audit(find_files(spec), frozenset(_known_ids()))
    return Step(NAME, "failed" if problems else "passed", tuple(map(str, problems)))


def _known_ids() -> Iterator[str]:
    """The rules and checks that a ledger may name."""
    for package in (rules, checks):
        for module in pkgutil.iter_modules(package.__path__):
            if not module.ispkg and not module.name.startswith("_"):
                yield module.name.replace("_", "-")
