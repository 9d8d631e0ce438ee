"""The whole check of one SDK, from its opening to the verdicts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from contract_tests.clients._worker import Worker, at_work
from contract_tests.clients.roundtrip.answers import (
    Answer,
    Sample,
    samples,
    valid_answers,
    with_unknown_fields,
)
from contract_tests.clients.roundtrip.generation import answers, some
from contract_tests.clients.roundtrip.impact import Impact, impacts
from contract_tests.clients.roundtrip.losses import effects, losses, unknown_effect
from contract_tests.clients.roundtrip.sent import request_findings, sent_requests
from contract_tests.clients.roundtrip.silence import Accepted, Silence
from contract_tests.clients.roundtrip.trips import Trip, travel
from contract_tests.clients.sdk import prepare
from contract_tests.contract import Contract, LedgerEntry
from contract_tests.errors import InputError
from contract_tests.findings import Finding, Severity
from contract_tests.triage import sight, triage
from contract_tests.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Settings:
    """How an SDK is checked: answers by chance for each kind, their seed, seconds for a case."""

    examples: int = 50
    seed: int = 0
    time_out: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkReport:
    """What became of one SDK."""

    sdk: str
    operations: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    answers: int
    """How many right answers it was sent."""
    whole: int
    """How many of them came back whole."""
    requests: int
    """How many start requests it sent."""
    accepted: tuple[Accepted, ...]
    impact: tuple[Impact, ...]
    unseen: tuple[LedgerEntry, ...]
    """Entries about this SDK that nothing showed: candidates to retire."""

    @property
    def new(self) -> tuple[Verdict, ...]:
        """The findings that no entry of the SDK ledger knows, the worst first."""
        found = (v for v in self.verdicts if v.state == "new")
        return tuple(sorted(found, key=lambda v: (-v.finding.severity, v.finding.place)))

    @property
    def known(self) -> tuple[Verdict, ...]:
        """The findings that the SDK ledger knows."""
        return tuple(v for v in self.verdicts if v.state == "known")

    def fails(self, threshold: Severity = Severity.MISLEADS) -> bool:
        """Whether a new finding is at least that severe."""
        return any(verdict.fails(threshold) for verdict in self.verdicts)


def check_sdk(
    contract: Contract,
    name: str,
    *,
    module: str | None = None,
    ledger: Iterable[LedgerEntry] = (),
    settings: Settings | None = None,
) -> SdkReport:
    """Send answers through an SDK, look at its requests, and judge what is found.

    Args:
        contract: its observed view says what the SDK has to keep.
        name: of the SDK: `generated`, `huaweicloud`, or one of an entry point.
        module: the module to test, for the adapters that take one.
        ledger: what is known of SDKs; empty: everything is new.
        settings: how much, and how long.

    Raises:
        InputError: there is no such SDK, it cannot be imported, or knows no operation.
        ContractTestsError: it hangs, ends its process, or sends nothing.
        MissingExtraError: it is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = module or prepare(name, contract.view("client"), Path(folder))
        terms = settings or Settings()
        with at_work(name, made, Path(folder), terms.time_out) as worker:
            return _checked(contract, worker, tuple(ledger), terms)


def _checked(
    contract: Contract, worker: Worker, ledger: tuple[LedgerEntry, ...], terms: Settings
) -> SdkReport:
    kinds = list(samples(contract.view("observed"), worker.operations, terms.seed))
    if not kinds:
        problem = f"the SDK {worker.name} knows no operation of the contract"
        raise InputError(problem, "let its adapter name them as the contract does")
    silence, trips, found = Silence(), [], []
    for sample in kinds:
        silence.probe(worker, sample)
        mine = [travel(worker, sample, answer) for answer in _right_answers(sample, terms)]
        found += [*losses(worker.name, mine), *_unknown(worker, sample)]
        trips += mine
    found += effects(worker.name, silence.effects)
    calls = sent_requests(worker, kinds)
    found += request_findings(worker.name, contract.view("documented"), calls)
    verdicts = triage(sight(found), ledger, blames={})
    return SdkReport(
        sdk=worker.name,
        operations=tuple(dict.fromkeys(sample.operation for sample in kinds)),
        verdicts=verdicts,
        answers=len(trips),
        whole=sum(trip.is_whole for trip in trips),
        requests=len(calls),
        accepted=silence.kinds(),
        impact=impacts(contract.ledger, contract.view("documented"), _probes(trips)),
        unseen=_unseen(worker.name, ledger, verdicts),
    )


def _right_answers(sample: Sample, terms: Settings) -> Iterator[Answer]:
    yield from valid_answers(sample)
    by_chance = answers(sample.view, sample.operation, sample.status, unknown=False)
    if terms.examples and not sample.repeats:
        yield from map(sample.answer, some(by_chance, terms.examples, terms.seed))


def _unknown(worker: Worker, sample: Sample) -> Iterator[Finding]:
    """Unknown fields, in every object of the answer."""
    sent = with_unknown_fields(sample)
    seen = [unknown_effect(travel(worker, sample, a), a.about) for a, _ in sent]
    return effects(worker.name, seen)


def _probes(trips: list[Trip]) -> Iterator[Trip]:
    """The answers that are about one field, which tell one discrepancy from another."""
    return (trip for trip in trips if trip.answer.about is not None)


def _unseen(
    sdk: str, ledger: tuple[LedgerEntry, ...], verdicts: tuple[Verdict, ...]
) -> tuple[LedgerEntry, ...]:
    about = (e for e in ledger if any(value.startswith(f"{sdk}: ") for value in e.observed))
    used = {verdict.ledger_id for verdict in verdicts}
    return tuple(entry for entry in about if entry.id not in used)
