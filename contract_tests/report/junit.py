"""`junit.xml`: one suite per operation; its contract tests and its findings are test cases.

schemathesis' own writer knows a single suite without properties, so the tree is built here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from contract_tests.report import wording
from contract_tests.report.cases import Case, cases
from contract_tests.report.visible import visible, visible_lines
from contract_tests.verdicts import Run

FILENAME = "junit.xml"


def render(run: Run) -> str:
    """The XML, indented."""
    root = ET.Element("testsuites", name="contract-tests")
    found = sorted(cases(run), key=lambda case: case.operation)
    for operation, members in groupby(found, key=lambda case: case.operation):
        root.append(_suite(run, operation, list(members)))
    _count(root, found)
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _suite(run: Run, operation: str, members: list[Case]) -> ET.Element:
    when = f"{run.started:%Y-%m-%dT%H:%M:%S}"
    suite = ET.Element("testsuite", name=visible(operation), timestamp=when)
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(run):
        ET.SubElement(properties, "property", name=visible(name), value=visible(value))
    suite.extend(map(_case, members))
    _count(suite, members)
    suite.set("skipped", str(sum(case.status == "skipped" for case in members)))
    return suite


def _properties(run: Run) -> Iterator[tuple[str, str]]:
    yield from (("run", run.id), ("seed", str(run.seed)), ("view", run.view))
    yield from (("budget", run.budget), ("target", wording.target(run)))
    yield from ((f"version.{name}", version) for name, version in run.versions.items())


def _count(element: ET.Element, members: list[Case]) -> None:
    element.set("tests", str(len(members)))
    element.set("failures", str(sum(case.status == "failed" for case in members)))
    element.set("errors", str(sum(case.status == "error" for case in members)))
    element.set("time", f"{sum(case.seconds for case in members):.3f}")


def _case(case: Case) -> ET.Element:
    element = ET.Element(
        "testcase",
        classname=visible(f"{case.operation}.{case.kind}"),
        name=visible(case.name, 300),
        time=f"{case.seconds:.3f}",
    )
    message = visible(case.message or case.status, 300)
    match case.status:
        case "failed" | "error" as status:
            tag = "failure" if status == "failed" else "error"
            outcome = ET.SubElement(element, tag, message=message, type=case.severity or tag)
            outcome.text = visible_lines(case.detail)
        case "skipped":
            ET.SubElement(element, "skipped", message=message)
        case "passed" if case.message:
            ET.SubElement(element, "system-out").text = message
    return element
