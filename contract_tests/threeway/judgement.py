"""Judges a whole run three ways: drift between page and spec, blame per finding, the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contract_tests.contract import Contract
from contract_tests.facts import Page
from contract_tests.findings import Claim, Finding, Place
from contract_tests.threeway.blame import Parties, blame
from contract_tests.threeway.claims import page_claims
from contract_tests.threeway.drift import changed_cells, drift
from contract_tests.threeway.examples import contradicted_invariants
from contract_tests.threeway.matrix import invariant_rows, matrix
from contract_tests.threeway.page_view import in_words_of_the_spec, page_says
from contract_tests.threeway.spec_view import spec_says
from contract_tests.verdicts import Blame, FactState

OF_ONE_OPERATION = ("path", "query", "header", "cookie", "body", "status", "operation")
"""Structures that each operation has its own of; all others are schemas that several share."""


@dataclass(frozen=True, slots=True)
class Observations:
    """What a run saw of the service, by the name of the place (`VolumeRes.category`).

    Where each operation has places of its own the name begins with it:
    `StartNotebook:status.200`.
    """

    exercised: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How often each value was answered, as text."""
    kinds: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How often each kind of value was answered."""

    def answered(self, operation: str, names: Iterable[str]) -> dict[str, int]:
        """By name of a place of one operation, how often it was put to the test."""
        places = {name: Place(operation, *name.partition(".")[::2]) for name in names}
        return {name: self.exercised.get(counted_as(place), 0) for name, place in places.items()}


def counted_as(place: Place) -> str:
    """Under which name the evidence of a place is counted."""
    return str(place) if place.structure in OF_ONE_OPERATION else place.name


@dataclass(frozen=True, slots=True)
class Judgement:
    """What holding the three parties against each other gives."""

    drift: tuple[Finding, ...] = ()
    blames: Mapping[str, Blame] = field(default_factory=dict)
    """By fingerprint."""
    page_claims: Mapping[str, Claim] = field(default_factory=dict)
    """By fingerprint of a finding of the service, what the page says there."""
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

    Raises:
        KeyError: the spec has no operation that the page documents.
    """
    operation = page.operation
    parties = _parties(contract, page, pinned, observations)
    documented = contract.view("documented")
    differing = drift(page, documented)
    differing += changed_cells(page, pinned, documented) if pinned else []
    spoken = [f for f in found if _is_spoken_of(f.place, operation)] + differing
    asked = contract.view("observed").invariants(operation)
    rows = invariant_rows(operation, asked, observations.exercised, spoken, parties)
    return Judgement(
        drift=tuple(differing),
        blames={finding.fingerprint: blame(finding, parties) for finding in spoken},
        page_claims=page_claims(spoken, parties.page),
        matrix=(*matrix(operation, parties, spoken), *rows),
    )


def _parties(
    contract: Contract, page: Page, pinned: Page | None, observations: Observations
) -> Parties:
    documented, observed = contract.view("documented"), contract.view("observed")
    page_view = page_says(in_words_of_the_spec(page, documented))
    spec_view = spec_says(observed, page.operation)
    return Parties(
        page=page_view,
        pinned=page_says(in_words_of_the_spec(pinned, documented)) if pinned else {},
        documented=spec_says(documented, page.operation, page.operation),
        observed=spec_view,
        views=(documented, observed),
        ledger=contract.ledger,
        answered=observations.answered(page.operation, {*page_view, *spec_view}),
        seen=observations.seen,
        kinds=observations.kinds,
        contradicted=contradicted_invariants(page, observed),
    )


def _is_spoken_of(place: Place, operation: str) -> bool:
    """Whether the page of one operation speaks of a place; other operations share its schemas."""
    return place.operation in (operation, "any") or place.structure not in OF_ONE_OPERATION
