"""Step 1: spec, overlay and ledgers are right by themselves, and fit together."""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract.audit import Known, audit
from contract_tests.contract.files import find_files
from contract_tests.gate.step import Step

NAME = "spec check"


def check_spec(spec: Path | None, known: Known) -> Step:
    """Failed with every problem of the documents; ledgers may name what is known."""
    problems = audit(find_files(spec), known)
    return Step(NAME, "failed" if problems else "passed", tuple(map(str, problems)))
