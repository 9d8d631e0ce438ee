"""Judges a whole run three ways: drift between page and spec, blame per finding, the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contract_tests.contract import Contract
from contract_tests.facts import Page
from contract_tests.findings import Finding
from contract_tests.threeway.blame import Parties, blame
from contract_tests.threeway.drift import changed_cells, drift
from contract_tests.threeway.matrix import invariant_rows, matrix
from contract_tests.threeway.page_view import page_says
from contract_tests.threeway.spec_view import root_schema, spec_says
from contract_tests.verdicts import Blame, FactState


@dataclass(frozen=True, slots=True)
class Observations:
    """What a run saw of the service, by the name of the place."""

    exercised: Mapping[str, int]
    seen: Mapping[str, Mapping[str, int]]
    """How often each value was answered, as text."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What holding the three parties against each other gives."""

    drift: tuple[Finding, ...] = ()
    blames: Mapping[str, Blame] | None = None
    """By fingerprint."""
    matrix: tuple[FactState, ...] = ()


def judge(
    contract: Contract,
    page: Page,
    pinned: Page | None,
    found: Iterable[Finding],
    observations: Observations,
) -> Judgement:
    """Judge the findings of a run, and what page and spec differ in.

    Args:
        contract: spec, overlay and ledger.
        page: the facts to hold against them: of a page, or the pinned ones.
        pinned: the facts that the spec was written against; None where nobody pinned any.
        found: the findings of the service.
        observations: what the service answered.
    """
    documented, observed = contract.view("documented"), contract.view("observed")
    operation = page.operation
    root = root_schema(documented, operation)
    parties = Parties(
        page=page_says(page, root),
        pinned=page_says(pinned, root) if pinned else {},
        documented=spec_says(documented, operation, operation),
        observed=spec_says(observed, operation),
        seen=observations.seen,
    )
    differing = drift(page, documented) + (changed_cells(page, pinned) if pinned else [])
    findings = [*(f for f in found if f.place.operation in (operation, "any")), *differing]
    rows = matrix(operation, parties, observations.exercised, findings)
    asked = invariant_rows(
        operation, observed.invariants(operation), observations.exercised, findings
    )
    return Judgement(
        drift=tuple(differing),
        blames={finding.fingerprint: blame(finding, parties) for finding in findings},
        matrix=(*rows, *asked),
    )
