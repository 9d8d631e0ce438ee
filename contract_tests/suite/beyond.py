"""What the overlay adds to the spec, checked besides: its fields are part of the contract too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from contract_tests.checks import Reading, all_checks, read
from contract_tests.contract import View
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
        self._observed = observed
        self._added = frozenset(i.id for i in observed.all_invariants) - asked
        self._views: dict[frozenset[str], View] = {}
        self._checks = [check for check in all_checks() if check.id in CHECKS]
        self._documented = frozenset(
            field.place.name for op in documented.operations for field in documented.fields(op.id)
        )

    @property
    def view(self) -> View:
        """The observed view, with the overlay's invariants alone."""
        return self._asking(self._added)

    def read(self, said: Reading) -> Reading:
        """An exchange as the observed view sees it, after the documented one has spoken.

        Only the overlay's invariants are asked, and those that a value hid which the overlay
        may well accept.
        """
        hidden = frozenset(o.invariant.id for o in said.outcomes if o.hidden)
        return read(self._asking(self._added | hidden), said.exchange)

    def _asking(self, ids: frozenset[str]) -> View:
        if ids not in self._views:
            asked = tuple(i for i in self._observed.all_invariants if i.id in ids)
            self._views[ids] = replace(self._observed, all_invariants=asked)
        return self._views[ids]

    def findings(self, reading: Reading, said: Iterable[Finding]) -> list[Finding]:
        """What is wrong by the overlay, and was not said of the exchange already."""
        known = {finding.fingerprint for finding in said}
        found = (finding for check in self._checks for finding in check.check(reading))
        return [finding for finding in found if finding.fingerprint not in known]

    def exercised(self, operation: str, status: int, body: Any) -> list[tuple[Place, Any]]:
        """The fields of an answer that only the overlay describes, and what they hold."""
        found = self.view.exercised(operation, status, body)
        return [(place, item) for place, item in found if place.name not in self._documented]
