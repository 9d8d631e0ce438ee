"""The faults of one schema's bodies: each is worked out once, and known again by its mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from contract_tests.checks import conceal_place, conceal_texts
from contract_tests.contract.strict import Mark, Met, StrictSchema
from contract_tests.findings import Finding

MOST_REMEMBERED = 10_000
"""Kinds of faults that are kept in mind."""
UNKNOWN_FIELDS = "undocumented-field"
BY_MARKS = frozenset({"response-schema", UNKNOWN_FIELDS})
"""The checks whose findings marks stand for."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A kind of fault that was worked out before; each is made once, and is its own key."""

    fingerprint: str | None
    """None where the checks find nothing in it after all."""


@dataclass(slots=True)
class Faults:
    """What is known of the faults of one schema's bodies; grows as they come."""

    schema: StrictSchema
    known: dict[Mark, Known] = field(default_factory=dict)

    def met(self, value: Any) -> list[Met]:
        """The marks of a body, with where each was met; raises ValueError for no JSON value."""
        return [] if self.schema.is_valid(value) else self.schema.met(value)

    def learn(self, value: Any, findings: Iterable[Finding], secrets: tuple[str, ...] = ()) -> None:
        """Remember what the marks of a body stand for.

        Args:
            value: the body.
            findings: what the checks found in it.
            secrets: what they kept silent about.
        """
        if len(self.known) > MOST_REMEMBERED:
            return
        told = [f for f in findings if f.id in BY_MARKS]
        found = {(f.place, f.values, f.id == UNKNOWN_FIELDS): f.fingerprint for f in told}
        try:
            if all(mark in self.known for _, mark in self.met(value)):
                return
            for mark, fault in self.schema.faults(value):
                place = conceal_place(fault.place, secrets)
                key = place, conceal_texts(fault.values, secrets), fault.unknown_field
                self.known.setdefault(mark, Known(found.get(key)))
        except ValueError:  # text that is no Unicode: nothing to learn from
            return
