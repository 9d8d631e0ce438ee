"""The rules agree with a reader of vendor pages."""

from __future__ import annotations

import pytest

from contract_tests.rules import all_rules
from tests.rules.labelled import LABELS, VENDOR_PAGES, Labels, Spot, compare, found_on, read_labels

KNOWN = {rule.id for rule in all_rules()}
START_NOTEBOOK = "StartNotebook.html"


@pytest.fixture(scope="module")
def labels() -> Labels:
    """What the reader found."""
    return read_labels()


@pytest.fixture(scope="module")
def found(labels: Labels) -> frozenset[Spot]:
    """What the rules find with certainty on the same pages."""
    if not VENDOR_PAGES.is_dir():
        pytest.skip(f"the vendor's pages are not at {VENDOR_PAGES}")
    return frozenset(found_on(labels.pages))


def test_labels_are_of_known_rules(labels: Labels) -> None:
    """A label of a rule that does not exist would always be missed."""
    assert {spot.rule for spot in labels.certain | labels.open} <= KNOWN


def test_labelled_set_is_large_and_diverse(labels: Labels) -> None:
    """At least 25 pages, of both services and both dialects."""
    assert len(labels.pages) == len(set(labels.pages)) == len(list(LABELS.glob("*.yaml")))
    assert len(labels.pages) >= 25
    for part in ("html/modelarts", "html/elb", "rst/modelarts"):
        assert sum(page.startswith(part) for page in labels.pages) >= 4


def test_findings_agree_with_labels(labels: Labels, found: frozenset[Spot]) -> None:
    """Of the certain findings 95 % are right, of the certain labels 90 % are found."""
    score = compare(labels, found)
    assert score.precision() >= 0.95, sorted(found - labels.certain - labels.open)
    assert score.recall() >= 0.90, sorted(labels.certain - found)


def test_start_notebook_is_judged_as_its_reader_does(
    labels: Labels, found: frozenset[Spot]
) -> None:
    """On the page that matters most nothing is missed, and nothing found that is not there."""
    here = {spot for spot in found if spot.page == START_NOTEBOOK}
    assert {spot for spot in labels.certain if spot.page == START_NOTEBOOK} <= here
    assert here <= labels.certain | labels.open
