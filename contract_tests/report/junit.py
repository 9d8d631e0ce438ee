"""`junit.xml`: one suite per operation; its contract tests and its findings are test cases.

A finding that fails the run is a failure; a known one is skipped with its ledger entry; one
below `--fail-on` passes and says so. schemathesis' own writer knows a single suite without
properties, so the tree is built here.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from contract_tests.report import wording
from contract_tests.report.visible import visible, visible_lines
from contract_tests.verdicts import Run, TestOutcome, Verdict

FILENAME = "junit.xml"

_OUTCOMES = {"failed": "failure", "error": "error", "skipped": "skipped"}


def render(run: Run) -> str:
    """The XML, indented."""
    root = ET.Element("testsuites", name="contract-tests")
    for operation in _operations(run):
        root.append(_suite(run, operation, _cases(run, operation)))
    if run.outcome == "unproven":
        root.append(_suite(run, "run", [_unproven(run)]))
    _count(root, list(root.iter("testcase")))
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _operations(run: Run) -> list[str]:
    tested = {test.operation for test in run.tests}
    return sorted(tested | {verdict.finding.place.operation for verdict in run.verdicts})


def _cases(run: Run, operation: str) -> list[ET.Element]:
    tests = (_test(test) for test in run.tests if test.operation == operation)
    found = (v for v in run.verdicts if v.finding.place.operation == operation)
    return [*tests, *(_finding(run, verdict) for verdict in found)]


def _suite(run: Run, operation: str, cases: list[ET.Element]) -> ET.Element:
    suite = ET.Element(
        "testsuite", name=visible(operation), timestamp=f"{run.started:%Y-%m-%dT%H:%M:%S}"
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(run):
        ET.SubElement(properties, "property", name=visible(name), value=visible(value))
    suite.extend(cases)
    _count(suite, cases)
    return suite


def _properties(run: Run) -> Iterable[tuple[str, str]]:
    yield from (("run", run.id), ("seed", str(run.seed)), ("view", run.view))
    yield from (("budget", run.budget), ("target", wording.target(run)))
    yield from ((f"version.{name}", version) for name, version in run.versions.items())


def _count(suite: ET.Element, cases: list[ET.Element]) -> None:
    suite.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        if attribute != "skipped" or suite.tag == "testsuite":
            suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")


def _case(classname: str, name: str, seconds: float = 0.0) -> ET.Element:
    return ET.Element(
        "testcase",
        classname=visible(classname),
        name=visible(name, 300),
        time=f"{max(seconds, 0.0):.3f}",
    )


def _test(test: TestOutcome) -> ET.Element:
    case = _case(f"{test.operation}.tests", test.name, test.duration)
    if test.outcome in _OUTCOMES:
        _outcome(case, _OUTCOMES[test.outcome], test.message or test.outcome)
    return case


def _finding(run: Run, verdict: Verdict) -> ET.Element:
    finding = verdict.finding
    case = _case(f"{finding.place.operation}.findings", f"{finding.id} {wording.headline(verdict)}")
    if verdict.fails(run.fail_on):
        _outcome(case, "failure", finding.message, _evidence(verdict), kind=finding.severity.label)
    elif verdict.state == "known":
        _outcome(case, "skipped", f"known: {verdict.ledger_id}")
    else:
        note = f"{verdict.nature}, {finding.severity.label}, not failing: {finding.message}"
        ET.SubElement(case, "system-out").text = visible_lines(note)
    return case


def _evidence(verdict: Verdict) -> str:
    finding = verdict.finding
    lines = [
        *map(wording.says, finding.claims),
        f"{wording.ALONE[verdict.blame]}; seen {wording.times(verdict.count)}",
        f"fingerprint: {finding.fingerprint}",
        *([f"source: {finding.source}"] if finding.source else []),
        *([verdict.curl] if verdict.curl else []),
    ]
    return "\n".join(lines)


def _unproven(run: Run) -> ET.Element:
    case = _case("run", "the run proves something")
    _outcome(case, "error", run.sentence)
    return case


def _outcome(
    case: ET.Element, tag: str, message: str, text: str = "", *, kind: str | None = None
) -> None:
    element = ET.SubElement(case, tag, message=visible(message, 300))
    if tag != "skipped":
        element.set("type", kind or tag)
    element.text = visible_lines(text) or None
