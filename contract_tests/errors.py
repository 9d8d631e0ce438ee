"""What the toolkit raises when it cannot do what it was asked.

    ContractTestsError          one clear line for the reader; the CLI prints it and exits 2
     ├── InputError             a file, option or document of the user is wrong
     ├── TargetError            the service cannot be tested: unknown, unreachable, no token
     └── MissingExtraError      an optional tool or package is not installed

A fault that is *found* is never an exception: it is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class ContractTestsError(Exception):
    """Something the user can mend; `str()` is the one line to print."""


@dataclass
class InputError(ContractTestsError):
    """A document or option is wrong: what, where, and what to do about it."""

    problem: str
    remedy: str
    file: str | Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        """`FILE:LINE: PROBLEM; REMEDY`, without the parts that are not known."""
        where = "".join(f"{part}:" for part in (self.file, self.line) if part is not None)
        return f"{where} {self.problem}; {self.remedy}".strip()


class TargetError(ContractTestsError):
    """The target cannot be reached or used."""


class MissingExtraError(ContractTestsError):
    """An optional dependency is absent; the message names how to install it."""
