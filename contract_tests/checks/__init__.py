"""Checks: each finds one kind of fault in an exchange; one module each, found by its name.

A check module has a docstring (what it means, why it matters, how to mend it), a `SEVERITY` and

    def check(reading: Reading) -> Iterator[Finding]

Its id is the module's name in kebab case. `run_checks` runs them all on one exchange.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from contract_tests.checks._reading import ABSENT, Reading, read, read_json
from contract_tests.checks._secrets import conceal, conceal_place, conceal_text, conceal_texts
from contract_tests.contract import View
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Severity

__all__ = [
    "ABSENT",
    "Check",
    "Reading",
    "all_checks",
    "conceal_place",
    "conceal_text",
    "conceal_texts",
    "read",
    "read_json",
    "run_all",
    "run_checks",
]


@dataclass(frozen=True, slots=True)
class Check:
    """One check module: its id, severity, documentation and function."""

    id: str
    severity: Severity
    doc: str
    find: Callable[[Reading], Iterator[Finding]]
    """The function of the module."""

    def check(self, reading: Reading) -> Iterator[Finding]:
        """What is wrong with an exchange, in words that hold none of its secrets."""
        secrets = reading.exchange.secrets
        return (conceal(finding, secrets) for finding in self.find(reading))


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check there is, by id."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(_load(name) for name in names)


def run_checks(view: View, exchange: Exchange) -> Iterator[Finding]:
    """All findings of one exchange, in the order of the checks' ids."""
    yield from run_all(read(view, exchange))


def run_all(reading: Reading) -> Iterator[Finding]:
    """All findings of an exchange that was read already."""
    for check in all_checks():
        yield from check.check(reading)


def _load(name: str) -> Check:
    module = importlib.import_module(f"{__name__}.{name}")
    return Check(name.replace("_", "-"), module.SEVERITY, module.__doc__ or "", module.check)
