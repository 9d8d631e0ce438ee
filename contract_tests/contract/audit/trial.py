"""Tries what may fail, and keeps the failure instead of stopping at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from contract_tests.errors import InputError

T = TypeVar("T")


@dataclass
class Trial:
    """What was tried so far and went wrong."""

    problems: list[InputError] = field(default_factory=list)

    def attempt(self, read: Callable[[], T]) -> T | None:
        """The result, or None where it raised an InputError, which is kept."""
        try:
            return read()
        except InputError as problem:
            self.problems.append(problem)
            return None
