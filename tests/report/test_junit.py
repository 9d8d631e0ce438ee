"""junit.xml: what a pipeline shows as failed, skipped and passed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from contract_tests.report import junit
from contract_tests.verdicts import Run
from tests.report.sample_runs import all_known, empty, hostile, mixed


def tree(run: Run) -> ET.Element:
    """The report, parsed."""
    return ET.fromstring(junit.render(run))  # noqa: S314 (our own file)


def cases(run: Run, tag: str) -> set[str]:
    """The names of the test cases that have such a child."""
    return {
        case.get("name", "") for case in tree(run).iter("testcase") if case.find(tag) is not None
    }


@pytest.mark.parametrize("run", [empty(), all_known(), mixed(), hostile()])
def test_it_satisfies_the_schema(run: Run) -> None:
    """What Jenkins, GitLab and GitHub's actions have in common: `junit.xsd`."""
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
    schema.assertValid(etree.fromstring(junit.render(run).encode()))


def test_one_suite_per_operation() -> None:
    """Each with the seed and the versions as properties."""
    suites = tree(mixed()).findall("testsuite")
    assert [s.get("name") for s in suites] == ["ShowNotebook", "StartNotebook", "StopNotebook"]
    for suite in suites:
        properties = {p.get("name"): p.get("value") for p in suite.iter("property")}
        assert properties["seed"] == "4711"
        assert properties["version.schemathesis"] == "4.32.5"


def test_what_fails_the_run_is_a_failure() -> None:
    """New findings from `--fail-on` up, and failed contract tests; nothing else."""
    assert cases(mixed(), "failure") == {
        "test_valid_requests",
        "response-schema StartNotebook:VolumeRes.category = efs",
        "no-answer StartNotebook:operation = timeout",
        "negative-accepted StartNotebook:query.duration = 200",
        "example-value StartNotebook:JobProgress.step = 0",
    }
    assert cases(all_known(), "failure") == set()


def test_a_known_finding_is_skipped_with_its_entry() -> None:
    """So that a pipeline counts it without failing."""
    messages = {e.get("message") for e in tree(all_known()).iter("skipped")}
    assert "known: volume-category-efs" in messages


def test_what_does_not_fail_passes_and_says_why() -> None:
    """A transient or flaky answer is noted in the output of its case."""
    notes = {e.text or "" for e in tree(mixed()).iter("system-out")}
    assert {note.split(",")[0] for note in notes} == {"transient", "flaky"}


def test_a_run_that_proved_nothing_is_an_error() -> None:
    """No pipeline may take it for a success."""
    (error,) = tree(empty()).iter("error")
    assert error.get("message") == "Proved nothing: no answer with 200 was checked."


def test_a_failure_carries_its_evidence() -> None:
    """Each party's words, who stands alone, and a line that repeats the request."""
    text = "".join(e.text or "" for e in tree(mixed()).iter("failure"))
    assert "page: SFS, EVS (StartNotebook.html:615)" in text
    assert "the service stands alone; seen 14 times" in text
    assert "curl -X POST" in text


def test_the_counts_are_those_of_the_cases() -> None:
    """In each suite and at the root."""
    for run in (empty(), all_known(), mixed(), hostile()):
        root = tree(run)
        for suite in root.findall("testsuite"):
            assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
            assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
            assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
        assert int(root.get("failures", "")) == len(root.findall(".//failure"))
