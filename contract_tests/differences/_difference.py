"""What holding a page against the spec and the ledger gives."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.verdicts import LedgerState, Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """The disagreements of one page with the spec, after triage."""

    page: str
    """The operation that it documents."""
    file: str
    verdicts: tuple[Verdict, ...] = ()
    stale: tuple[LedgerState, ...] = ()
    """Ledger entries about such disagreements that the page does not show any more."""

    @property
    def new(self) -> tuple[Verdict, ...]:
        """What the ledger does not know, by place."""
        return self._in_state("new")

    @property
    def known(self) -> tuple[Verdict, ...]:
        """What the ledger knows, by place."""
        return self._in_state("known")

    def _in_state(self, state: str) -> tuple[Verdict, ...]:
        found = (verdict for verdict in self.verdicts if verdict.state == state)
        return tuple(sorted(found, key=lambda v: (v.finding.place, v.finding.id)))
