"""What is left when all tests have run: the evidence of all workers, the run, its reports."""

from __future__ import annotations

import base64
import os
import pickle
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from contract_tests.assembly import Evidence, Terms, assemble
from contract_tests.contract import Contract, load_contract
from contract_tests.errors import ContractTestsError
from contract_tests.facts import Page
from contract_tests.findings import Finding, Severity
from contract_tests.report.github import announce
from contract_tests.report.store import save
from contract_tests.report.terminal import Screen, print_summary
from contract_tests.rules import all_rules, find
from contract_tests.suite.bench import Bench
from contract_tests.suite.options import Options
from contract_tests.suite.recorder import Record
from contract_tests.suite.telling import operation_of
from contract_tests.threeway import (
    DRIFT_IDS,
    Judgement,
    Observations,
    documented_page,
    in_words_of_the_spec,
    judge,
    pinned_page,
)
from contract_tests.triage import merge, sight
from contract_tests.verdicts import EXIT, Run, TargetLine, TestOutcome, Transient, Withheld

NO_TARGET = TargetLine("none", "")


@dataclass
class Ending:
    """Collects what the report needs; a plugin of pytest, in each worker and in the controller."""

    record: Record = field(default_factory=Record)
    withheld: tuple[Withheld, ...] = ()
    transients: tuple[Transient, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    target: TargetLine = NO_TARGET
    tests: list[TestOutcome] = field(default_factory=list)
    error: str | None = None
    is_cut_short: bool = False

    def see_session(self, bench: Bench) -> None:
        """Take from the session what only it knows."""
        target = bench.session.target
        self.withheld = bench.session.withheld
        self.secrets = bench.session.known_secrets
        self.transients = bench.session.transients
        self.target = TargetLine(
            target.kind, target.base_url, target.project_id, target.notebook_ids
        )

    def absorb(self, packed: str) -> None:
        """Take in a worker's ending."""
        other: Ending = pickle.loads(base64.b64decode(packed))  # noqa: S301 (our own worker's)
        self.record.absorb(other.record)
        self.withheld += other.withheld
        self.transients += other.transients
        self.secrets += other.secrets
        self.target = other.target if self.target == NO_TARGET else self.target
        self.error = self.error or other.error

    def packed(self) -> str:
        """This ending as text, for the controller; tests are reported to it anyway."""
        return base64.b64encode(pickle.dumps(self)).decode()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what became of each test."""
        if report.when == "call" or report.outcome != "passed":
            self.tests.append(_test_outcome(report))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker of pytest-xdist has ended: take in what it saw."""
        packed = getattr(node, "workeroutput", {}).get("ending")
        if packed is not None:
            self.absorb(packed)

    def _counted(self, test: TestOutcome) -> TestOutcome:
        """A test with the number of its exchanges."""
        return replace(test, exchanges=self.record.sent[test.name.rpartition("::")[2]])

    def run(self, options: Options) -> Run:
        """The run that all this makes."""
        contract = load_contract(Path(options.spec) if options.spec else None)
        record = self.record
        given = documented_page(Path(options.page), contract) if options.page else None
        judgement = held_three_ways(contract, given or pinned_page(contract), record)
        faults = faults_of(given, contract) if given else []
        evidence = Evidence(
            target=self.target,
            started=record.started,
            sightings=merge(record.sightings, sight((*judgement.drift, *faults))),
            asked_of_page=_asked_of_page(judgement, given),
            blames=judgement.blames,
            page_claims=judgement.page_claims,
            matrix=judgement.matrix,
            exercised=record.exercised,
            proven=record.successes > 0,
            cut_short_after=len(self.tests) if self.is_cut_short else None,
            natures=record.natures,
            unproven=tuple(record.unproven),
            withheld=self.withheld,
            transients=self.transients,
            tests=tuple(self._counted(test) for test in self.tests),
            beats=tuple(record.beats),
            traffic=tuple(record.traffic),
            secrets=self.secrets,
            request_hash=record.request_hash,
        )
        terms = Terms(
            view=options.view,
            seed=options.seed,
            budget=options.budget,
            fail_on=Severity.from_label(options.fail_on),
        )
        return assemble(contract, evidence, terms)


def held_three_ways(contract: Contract, page: Page | None, record: Record) -> Judgement:
    """The run judged by page, spec and service; without a page there is nothing to judge."""
    if page is None:
        return Judgement()
    findings = [sighting.finding for sighting in record.sightings.values()]
    observations = Observations(record.exercised, _nested(record.seen), _nested(record.kinds))
    return judge(contract, page, pinned_page(contract, page.operation), findings, observations)


def faults_of(page: Page, contract: Contract) -> list[Finding]:
    """What the rules are certain of on a page, under the names that the ledger goes by."""
    named = in_words_of_the_spec(page, contract.view("documented"))
    return [finding for finding in find([named], all_rules()) if finding.certain]


def _asked_of_page(judgement: Judgement, page: Page | None) -> frozenset[str]:
    """What was asked of the page as a whole: its rules, and whether it fits the spec."""
    drift = DRIFT_IDS if judgement.matrix else ()
    return frozenset((*drift, *(rule.id for rule in all_rules() if page)))


def _nested(counts: Mapping[tuple[str, str], int]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (name, value), count in counts.items():
        found[name][value] = count
    return found


def finish(options: Options, ending: Ending) -> int:
    """Triage, write the reports, print the summary; the exit code of the run."""
    if ending.error is not None:
        print(f"error: {ending.error}", file=sys.stderr)  # noqa: T201 (the one line of a failed run)
        return 2
    try:
        run = ending.run(options)
        folder = save(run, options.formats, Path(options.reports), options.keep)
        announce(run, os.environ, sys.stdout)
    except ContractTestsError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return 2
    if not options.quiet:
        print_summary(run, Screen(), folder)
    crashed = [test for test in ending.tests if test.outcome == "error"]
    return 2 if crashed and run.outcome == "passed" else EXIT[run.outcome]


def _test_outcome(report: pytest.TestReport) -> TestOutcome:
    skipped = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    outcome: Any = report.outcome if report.when == "call" or report.skipped else "error"
    return TestOutcome(
        name=report.nodeid.rpartition("/")[2],
        operation=operation_of(report.nodeid),
        outcome=outcome,
        duration=report.duration,
        message=(report.longreprtext if report.failed else skipped)[:2000],
    )
