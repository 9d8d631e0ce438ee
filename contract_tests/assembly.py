"""Puts a run together: what was recorded, judged against the ledger, as reports render it."""

from __future__ import annotations

import platform
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from contract_tests.contract import Contract, LedgerEntry, View
from contract_tests.curl import curl_line
from contract_tests.exchange import Exchange
from contract_tests.findings import Claim, Severity
from contract_tests.masking import mask
from contract_tests.triage import Reach, Sighting, ledger_states, triage
from contract_tests.verdicts import (
    Beat,
    Blame,
    FactState,
    LedgerState,
    Nature,
    Outcome,
    Run,
    TargetLine,
    TestOutcome,
    Transient,
    Unproven,
    Verdict,
    Withheld,
)

PACKAGES = ("contract-tests", "schemathesis", "hypothesis", "requests", "jsonschema-rs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a run brought in, whoever brought it: the suite, recorded traffic, a proxy."""

    target: TargetLine
    started: float
    """Unix time in seconds."""
    sightings: Mapping[str, Sighting]
    exercised: Mapping[str, int]
    """How often each place was put to the test, and each invariant (by its id) was asked."""
    proven: bool
    """Whether a successful answer was checked at all."""
    cut_short_after: int | None = None
    """How many tests had ended when the run was interrupted; None where it ran to its end."""
    asked_of_page: frozenset[str] = frozenset()
    """The ids of the rules, and of what else was asked of the page as a whole."""
    natures: Mapping[str, Nature] = field(default_factory=dict)
    blames: Mapping[str, Blame] = field(default_factory=dict)
    page_claims: Mapping[str, Claim] = field(default_factory=dict)
    """By fingerprint, what the page says where the service answered something else."""
    matrix: tuple[FactState, ...] = ()
    unproven: tuple[Unproven, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    transients: tuple[Transient, ...] = ()
    tests: tuple[TestOutcome, ...] = ()
    beats: tuple[Beat, ...] = ()
    traffic: tuple[Exchange, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    request_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of a run: how strict it is, and what makes it repeatable."""

    view: str = "observed"
    seed: int = 0
    budget: str = "standard"
    fail_on: Severity = Severity.MISLEADS


def assemble(contract: Contract, evidence: Evidence, terms: Terms) -> Run:
    """Triage the evidence and put the run together, with every secret masked."""
    started = datetime.fromtimestamp(evidence.started, UTC)
    ledger = contract.ledger if terms.view == "observed" else ()
    verdicts = _verdicts(contract, evidence, ledger)
    reach = Reach(evidence.exercised, evidence.asked_of_page)
    states = ledger_states(ledger, verdicts, reach, started.date())
    outcome = _outcome(verdicts, evidence, terms.fail_on)
    return Run(
        id=f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
        started=started,
        duration=time.time() - evidence.started,
        seed=terms.seed,
        view=terms.view,
        budget=terms.budget,
        target=evidence.target,
        fail_on=terms.fail_on,
        outcome=outcome,
        sentence=_sentence(verdicts, evidence, states, terms.fail_on),
        request_hash=evidence.request_hash,
        versions={"python": platform.python_version()} | {p: version(p) for p in PACKAGES},
        verdicts=tuple(_shown(verdicts, evidence.secrets)),
        ledger=states,
        matrix=evidence.matrix,
        unproven=(*evidence.unproven, *_never_answered(contract, evidence.exercised)),
        withheld=evidence.withheld,
        transients=evidence.transients,
        tests=evidence.tests,
        beats=evidence.beats,
        traffic=tuple(mask(exchange, evidence.secrets) for exchange in evidence.traffic),
    )


def _verdicts(
    contract: Contract, evidence: Evidence, ledger: tuple[LedgerEntry, ...]
) -> tuple[Verdict, ...]:
    """The findings of the service by this ledger, those of the documents by the whole one.

    Strictness is about the service; that page and spec are known to differ stays known.
    """
    of_service = {k: s for k, s in evidence.sightings.items() if s.finding.exchange is not None}
    of_documents = {k: s for k, s in evidence.sightings.items() if k not in of_service}
    of_service = {k: _three_sided(s, evidence.page_claims.get(k)) for k, s in of_service.items()}
    return (
        *triage(of_service, ledger, natures=evidence.natures, blames=evidence.blames),
        *triage(of_documents, contract.ledger, natures=evidence.natures, blames=evidence.blames),
    )


def _shown(verdicts: Iterable[Verdict], known: tuple[str, ...]) -> Iterator[Verdict]:
    """The verdicts with their exchanges masked, and the lines that send them again.

    Many rest on one exchange, and masking a long list takes a while: each is masked once.
    """
    masked: dict[int, Exchange] = {}
    for verdict in verdicts:
        if (exchange := verdict.exchange) is None:
            yield verdict
            continue
        shown = masked.get(id(exchange)) or mask(exchange, known)
        masked[id(exchange)] = shown
        finding = replace(verdict.finding, exchange=None)
        yield replace(verdict, finding=finding, exchange=shown, curl=curl_line(shown.request))


def _three_sided(sighting: Sighting, claim: Claim | None) -> Sighting:
    """A finding of the service with what the page says beside what spec and service say."""
    if claim is None:
        return sighting
    finding = sighting.finding
    return replace(sighting, finding=replace(finding, claims=(claim, *finding.claims)))


def _outcome(verdicts: Iterable[Verdict], evidence: Evidence, fail_on: Severity) -> Outcome:
    if any(verdict.fails(fail_on) for verdict in verdicts):
        return "failed"
    return "unproven" if _doubt(evidence) else "passed"


def _doubt(evidence: Evidence) -> str:
    """Why nothing is proven where nothing was found; "" where all was asked."""
    if not evidence.proven:
        return "no successful answer was checked"
    count = evidence.cut_short_after
    if count is not None:
        return f"the run was cut short after {count} {'test' if count == 1 else 'tests'}"
    return ""


def _sentence(
    verdicts: tuple[Verdict, ...],
    evidence: Evidence,
    states: tuple[LedgerState, ...],
    fail_on: Severity,
) -> str:
    failing = sum(verdict.fails(fail_on) for verdict in verdicts)
    seen = sum(state.state == "seen" for state in states)
    known = f"{seen} of {len(states)} known discrepancies were seen"
    if failing:
        findings = "1 new finding" if failing == 1 else f"{failing} new findings"
        return f"The contract is broken: {findings} at or above {fail_on.label}; {known}."
    if doubt := _doubt(evidence):
        return f"Nothing is proven: {doubt}; {known}."
    return f"The contract holds: nothing new at or above {fail_on.label}; {known}."


def _never_answered(contract: Contract, exercised: Collection[str]) -> Iterable[Unproven]:
    """The fields, statuses and invariants of the contract that no exchange put to the test."""
    view = contract.view("documented")
    yield from _unanswered_fields(view, exercised)
    for operation in view.operations:
        for invariant in view.invariants(operation.id):
            if invariant.id not in exercised:
                place = invariant.place(operation.id)
                yield Unproven(place, f"invariant {invariant.id}", "it was never exercised")


def _unanswered_fields(view: View, exercised: Collection[str]) -> Iterable[Unproven]:
    told: set[str] = set()
    for operation in view.operations:
        for place in sorted({described.place for described in view.fields(operation.id)}):
            if place.name not in exercised and place.name not in told:
                told.add(place.name)
                yield Unproven(place, "its schema", "no answer held it")
