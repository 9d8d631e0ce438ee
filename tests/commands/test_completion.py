"""Shell completion, as click generates it, offers what can follow."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def complete(*words: str) -> list[str]:
    """What bash is offered after these words; the last one is begun."""
    environment = {
        **os.environ,
        "_CONTRACT_TESTS_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("contract-tests", *words)),
        "COMP_CWORD": str(len(words)),
    }
    program = (
        "import sys; sys.argv = ['contract-tests']; from contract_tests.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("rep",), "report"),
        (("report", "sh"), "show"),
        (("report", "show", "--format", "ju"), "junit"),
        (("explain", "response-"), "response-schema"),
    ],
)
def test_bash_is_offered_what_fits(words: tuple[str, ...], offered: str) -> None:
    """Commands, formats, rules and checks."""
    assert offered in complete(*words)
