"""The kinds of drift: what can be found between a page, the spec and the pinned facts."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.findings import Severity


@dataclass(frozen=True, slots=True)
class Drift:
    """One kind: its id, how much it hurts, what it means and how to mend it."""

    id: str
    severity: Severity
    doc: str


CELL_CHANGED = Drift(
    "cell-changed",
    Severity.COSMETIC,
    """The description of a row is not the one that was pinned.

Why it matters: the spec was written from the sentence that stood there; the new one may say
something else.

How to mend: read the row, correct the spec where it says something else, then pin the page anew
with `contract-tests docs pin`.""",
)
SPEC_DIFFERS = Drift(
    "spec-differs",
    Severity.MISLEADS,
    """Page and spec differ in a row, type, enumeration, limit, default, status or request line.

The spec lacks a row of the page, has a field that no row backs, or says something else of it.

Why it matters: the spec is written from the page by hand; either may have moved on since, and
whoever generates a client from it gets what the page does not say.

How to mend: correct the party that stands alone, then pin the page anew with
`contract-tests docs pin`; or enter the disagreement in the ledger.""",
)
DRIFTS = (CELL_CHANGED, SPEC_DIFFERS)
DRIFT_IDS = tuple(drift.id for drift in DRIFTS)
