"""Step 1: spec, overlay and ledger are right by themselves, and fit together."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from contract_tests.contract.audit import audit
from contract_tests.contract.files import find_files
from contract_tests.gate.step import Step

NAME = "spec check"


def check_spec(spec: Path | None, known_ids: Collection[str]) -> Step:
    """Failed with every problem of the documents; a ledger may name the ids."""
    problems = audit(find_files(spec), known_ids)
    return Step(NAME, "failed" if problems else "passed", tuple(map(str, problems)))
