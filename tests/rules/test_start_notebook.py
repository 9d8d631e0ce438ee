"""The page that matters most: `docs check` finds what a careful reader found, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from contract_tests.commands.docs.check import command
from contract_tests.docs import read_page
from contract_tests.findings import Finding
from contract_tests.rules import all_rules, find
from tests.rules.labelled import VENDOR_PAGES

EXPECTED = yaml.safe_load(Path(__file__).with_name("start_notebook_expected.yaml").read_text())
PAGE = VENDOR_PAGES / EXPECTED["page"]

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason=f"the vendor's page is not at {PAGE}")


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """What all rules find on the page."""
    return list(find([read_page(PAGE)], all_rules()))


@pytest.mark.parametrize("item", EXPECTED["expected"], ids=lambda i: f"{i['rule']} {i['at']}")
def test_expected_is_found(item: dict[str, Any], findings: list[Finding]) -> None:
    """Each fault is found, certain, at its place, with the value at fault."""
    at_place = [f for f in findings if f.id == item["rule"] and f.place.name == item["at"]]
    assert at_place, f"{item['rule']} at {item['at']} is not found"
    assert any(f.certain and set(item.get("values", ())) <= set(f.values) for f in at_place)


def test_nothing_else_is_found(findings: list[Finding]) -> None:
    """What is certain is on the reader's list: three false alarms and a writer stops reading."""
    listed = {(item["rule"], item["at"]) for item in EXPECTED["expected"]}
    found = {(f.id, f.place.name) for f in findings if f.certain}
    assert found - listed == set()


def test_lines_are_those_of_the_page(findings: list[Finding]) -> None:
    """An example's finding stands on the line that shows the value."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    shown = {f.id: f for f in findings}
    for rule, text in (("example-outside-enum", '"EFS"'), ("example-enum-case", '"TIMING"')):
        source = shown[rule].source
        assert source is not None
        assert text in lines[source.line - 1]


def test_suggestions_mend_what_a_machine_can(findings: list[Finding]) -> None:
    """Missing values, another case and the undocumented body carry the right content."""
    by_rule = {f.id: f.suggestion.text for f in findings if f.suggestion}
    assert by_rule["example-enum-case"] == "TIMING, IDLE"
    assert by_rule["example-outside-enum"] == "SFS, EVS, EFS"
    assert by_rule["example-body-undocumented"] == ""


def test_command_prints_them_as_json_and_fails() -> None:
    """`docs check --format json` exits 1 and prints every certain finding, in the agreed form."""
    result = CliRunner().invoke(command, [str(PAGE), "--format", "json"], standalone_mode=False)
    printed = json.loads(result.stdout)
    assert result.return_value == 1
    assert {(p["rule"], p["table"], p["field"]) for p in printed} >= {
        ("example-outside-enum", "VolumeRes", "category"),
        ("inverted-condition", "Lease", "duration"),
    }
    assert {p["page"] for p in printed} == {"StartNotebook"}
