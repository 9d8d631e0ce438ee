"""What the overlay adds to the spec, checked besides: its fields are part of the contract too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from contract_tests.checks import Reading, all_checks, read
from contract_tests.contract import View
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Place

CHECKS = ("invariant", "response-schema")
"""The checks that ask the contract about values; what they find is said once."""

Held = Callable[[str, int, Any], list[tuple[Place, Any]]]
"""Operation, status and body of an answer: the fields in it, and what they hold."""


class Beyond:
    """The observed view without what the documented one has said of an answer already."""

    def __init__(self, documented: View, observed: View) -> None:
        """Compare both views once."""
        asked = {invariant.id for invariant in documented.all_invariants}
        added = tuple(i for i in observed.all_invariants if i.id not in asked)
        self.view = replace(observed, all_invariants=added)
        self._checks = [check for check in all_checks() if check.id in CHECKS]
        self._documented = frozenset(
            field.place.name for op in documented.operations for field in documented.fields(op.id)
        )

    def read(self, exchange: Exchange) -> Reading:
        """An exchange as the observed view sees it; only the overlay's invariants are asked."""
        return read(self.view, exchange)

    def findings(self, reading: Reading, said: Iterable[Finding]) -> list[Finding]:
        """What is wrong by the overlay, and was not said of the exchange already."""
        known = {finding.fingerprint for finding in said}
        found = (finding for check in self._checks for finding in check.check(reading))
        return [finding for finding in found if finding.fingerprint not in known]

    def exercised(self, operation: str, status: int, body: Any) -> list[tuple[Place, Any]]:
        """The fields of an answer that only the overlay describes, and what they hold."""
        found = self.view.exercised(operation, status, body)
        return [(place, item) for place, item in found if place.name not in self._documented]
