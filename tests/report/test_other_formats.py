"""CTRF, GitLab code quality, GitHub annotations: what their readers show of a run."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from contract_tests.report import ctrf, github, gitlab, junit, markdown
from contract_tests.verdicts import Run
from tests.report.sample_findings import SPEC
from tests.report.sample_runs import all_known, empty, hostile, mixed, ten_thousand


@pytest.mark.parametrize("run", [empty(), all_known(), mixed(), hostile()])
def test_ctrf_and_junit_tell_the_same(run: Run) -> None:
    """The same cases, the same numbers of failed and skipped ones."""
    summary = json.loads(ctrf.render(run))["results"]["summary"]
    root = ET.fromstring(junit.render(run))  # noqa: S314 (our own file)
    assert summary["tests"] == len(root.findall(".//testcase"))
    assert summary["skipped"] == len(root.findall(".//skipped"))
    failed = len(root.findall(".//failure")) + len(root.findall(".//error"))
    assert summary["failed"] == failed
    assert summary["passed"] + summary["failed"] + summary["skipped"] == summary["tests"]


def test_ctrf_names_file_line_and_fingerprint() -> None:
    """So that a reader finds the place and follows the finding from run to run."""
    tests = json.loads(ctrf.render(mixed()))["results"]["tests"]
    (found,) = (t for t in tests if t["name"].startswith("example-value"))
    assert (found["filePath"], found["line"]) == ("StartNotebook.html", 262)
    assert found["suite"] == ["StartNotebook", "findings"]
    assert len(found["testId"]) == 16


def test_gitlab_takes_known_findings_as_information() -> None:
    """GitLab shows what a merge request adds; what was there before is no news."""
    issues = json.loads(gitlab.render(mixed()))
    assert len(issues) == len(mixed().verdicts)
    severities = {issue["check_name"]: issue["severity"] for issue in issues}
    assert severities["status-documented"] == "info"
    assert severities["no-answer"] == "critical"
    assert severities["example-value"] == "major"


def test_gitlab_gets_a_path_for_every_issue() -> None:
    """Even for a finding of which no line is known."""
    paths = {i["check_name"]: i["location"]["path"] for i in json.loads(gitlab.render(mixed()))}
    assert paths["negative-accepted"] == SPEC
    assert paths["no-answer"] == "spec"


def test_github_shows_the_worst_as_annotations() -> None:
    """At the line to mend; what fails nothing is a notice; the verdict ends it."""
    lines = github.render(mixed()).splitlines()
    assert lines[0].startswith(f"::error file={SPEC},line=412,title=response-schema StartNotebook")
    assert "::warning file=StartNotebook.html,line=262," in "\n".join(lines)
    assert [line.split(" ")[0] for line in lines[-3:]] == ["::notice"] * 3
    assert lines[-1] == f"::notice title=contract-tests::failed: {mixed().sentence}"


def test_github_gets_no_more_than_it_shows() -> None:
    """Ten of a kind, however many there are."""
    lines = github.render(ten_thousand()).splitlines()
    assert len([line for line in lines if line.startswith("::error")]) == 10


def test_a_hostile_answer_gives_github_no_command() -> None:
    """Each line is one of our own commands; colons and commas in properties are escaped."""
    for line in github.render(hostile()).splitlines():
        kind, _, rest = line.removeprefix("::").partition(" ")
        assert kind in ("error", "warning", "notice")
        properties = dict(part.split("=", 1) for part in rest.partition("::")[0].split(","))
        assert set(properties) <= {"file", "line", "title"}


def test_announce_speaks_only_in_a_job_of_github(tmp_path: Path) -> None:
    """It prints the annotations and adds the comment to the job's page."""
    page, output = tmp_path / "summary.md", io.StringIO()
    page.write_text("before\n")
    github.announce(mixed(), {"GITHUB_STEP_SUMMARY": str(page)}, output)
    assert (output.getvalue(), page.read_text()) == ("", "before\n")
    job = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)}
    github.announce(mixed(), job, output)
    assert output.getvalue() == github.render(mixed())
    assert page.read_text() == "before\n" + markdown.render(mixed())


def test_announce_without_a_page_of_the_job() -> None:
    """Older runners have none."""
    output = io.StringIO()
    github.announce(empty(), {"GITHUB_ACTIONS": "true"}, output)
    assert output.getvalue() == github.render(empty())
