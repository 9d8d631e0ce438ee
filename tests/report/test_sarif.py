"""findings.sarif: what code scanning makes of a run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from contract_tests.findings import Severity
from contract_tests.report import sarif
from contract_tests.verdicts import Run
from tests.report.sample_facts import matrix
from tests.report.sample_findings import PAGE, SPEC
from tests.report.sample_runs import all_known, base_run, empty, mixed
from tests.report.sample_verdicts import new_efs, new_step


def results(run: Run) -> list[dict[str, Any]]:
    """The results of the one run."""
    document = json.loads(sarif.render(run))
    found: list[dict[str, Any]] = document["runs"][0]["results"]
    return found


def result(run: Run, rule: str) -> dict[str, Any]:
    """The only result of a rule."""
    (found,) = (r for r in results(run) if r["ruleId"] == rule)
    return found


def where(found: dict[str, Any]) -> tuple[str, int]:
    """File and line of a result."""
    physical = found["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


def test_a_fault_of_the_docs_points_at_the_page() -> None:
    """That is the line to mend; the spec's is related."""
    found = result(mixed(), "example-value")
    assert where(found) == (PAGE, 262)
    related = found["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert related == SPEC


def test_any_other_fault_points_at_the_spec() -> None:
    """It stands in the repository that code scanning shows."""
    assert where(result(mixed(), "negative-accepted")) == (SPEC, 58)


def test_a_finding_without_a_line_gets_that_of_its_fact() -> None:
    """Code scanning shows only what has a location."""
    verdict = new_efs()
    bare = replace(verdict, finding=replace(verdict.finding, claims=(), source=None))
    (found,) = results(base_run(verdicts=(bare,), matrix=matrix()))
    assert where(found) == (SPEC, 412)


def test_known_findings_are_suppressed_with_their_entry() -> None:
    """And are unchanged against the baseline, which the ledger is."""
    for found in results(all_known()):
        assert found["baselineState"] == "unchanged"
        assert found["suppressions"][0]["justification"].startswith("ledger: ")
    assert result(mixed(), "negative-accepted")["suppressions"] == []


def test_levels_follow_severity() -> None:
    """What a reader has to judge is no failure."""
    assert result(mixed(), "no-answer")["level"] == "error"
    assert result(mixed(), "example-value")["level"] == "warning"
    flaky = result(mixed(), "invariant-violated")
    assert (flaky["kind"], flaky["level"]) == ("review", "none")
    cosmetic = replace(new_step(), finding=replace(new_step().finding, severity=Severity.COSMETIC))
    assert results(base_run(verdicts=(cosmetic,)))[0]["level"] == "note"


def test_the_fingerprint_is_the_findings_own() -> None:
    """So that a moved line opens no second alert."""
    found = result(mixed(), "example-value")
    assert found["partialFingerprints"]["contractTests/v1"] == new_step().finding.fingerprint


def test_every_rule_is_described_once() -> None:
    """With the command that explains it; indices fit."""
    document = json.loads(sarif.render(mixed()))["runs"][0]
    rules = document["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for found in document["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
    assert rules[0]["help"]["text"] == f"contract-tests explain {rules[0]['id']}"


def test_a_run_that_proved_nothing_was_no_success() -> None:
    """Its empty list of results must not close alerts unnoticed."""
    document = json.loads(sarif.render(empty()))["runs"][0]
    assert document["invocations"][0]["executionSuccessful"] is False
