"""Each rule is shown at work: the sample pages of its docstring, read by the real reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.findings import Finding
from contract_tests.rules import Rule, all_rules, find
from tests.rules.sample_pages import read_sample, samples

RULES = all_rules()
FAILS = [(rule, text) for rule in RULES for text in samples(rule.doc, "Fails")]
PASSES = [(rule, text) for rule in RULES for text in samples(rule.doc, "Passes")]


def _found(rule: Rule, sample: str, folder: Path) -> list[Finding]:
    """What the rules of the same area find on a sample."""
    same_area = [other for other in RULES if other.area == rule.area]
    return list(find(read_sample(sample, folder), same_area))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_documented(rule: Rule) -> None:
    """A rule says what is wrong, why it matters, and shows both a failing and a passing page."""
    title, blank, why = rule.doc.split("\n", 2)
    assert title.endswith("."), "the first line is a sentence"
    assert not blank
    assert why.partition("Fails::")[0].strip(), "says why it matters"
    assert samples(rule.doc, "Fails")
    assert samples(rule.doc, "Passes")
    assert (rule.check is None) == (rule.area == "across")
    assert (rule.check_all is None) == (rule.area != "across")


@pytest.mark.parametrize(("rule", "sample"), FAILS, ids=lambda value: getattr(value, "id", ""))
def test_failing_sample_is_found(rule: Rule, sample: str, tmp_path: Path) -> None:
    """The failing sample yields this rule's finding, and no other rule of its area speaks."""
    found = _found(rule, sample, tmp_path)
    assert [finding.id for finding in found] == [rule.id]
    assert found[0].message
    assert found[0].source is not None
    assert found[0].source.line > 0


@pytest.mark.parametrize(("rule", "sample"), PASSES, ids=lambda value: getattr(value, "id", ""))
def test_passing_sample_is_silent(rule: Rule, sample: str, tmp_path: Path) -> None:
    """The passing sample yields nothing in the rule's area."""
    assert [f"{f.id} {f.place}: {f.message}" for f in _found(rule, sample, tmp_path)] == []
