"""The rules agree with a reader of vendor pages."""

from __future__ import annotations

import pytest

from contract_tests.rules import all_rules
from tests.rules.labelled import LABELS, VENDOR_PAGES, compare, found_on, read_labels

labelled = pytest.mark.skipif(
    not VENDOR_PAGES.is_dir(), reason=f"the vendor's pages are not at {VENDOR_PAGES}"
)
KNOWN = {rule.id for rule in all_rules()}


def test_labels_are_of_known_rules() -> None:
    """A label of a rule that does not exist would never be missed."""
    labels = read_labels()
    assert {spot.rule for spot in labels.certain | labels.open} <= KNOWN


def test_labelled_set_is_large_and_diverse() -> None:
    """At least 25 pages: of both services, in both dialects."""
    pages = read_labels().pages
    assert len(pages) == len(set(pages)) == len(list(LABELS.glob("*.yaml")))
    assert len(pages) >= 25
    for part in ("html/modelarts", "html/elb", "rst/modelarts"):
        assert sum(page.startswith(part) for page in pages) >= 4


@labelled
def test_findings_agree_with_labels() -> None:
    """Of the certain findings 95 % are right, of the certain labels 90 % are found."""
    labels = read_labels()
    found = found_on(labels.pages)
    score = compare(labels, found)
    wrong = sorted(found.keys() - labels.certain - labels.open)
    missed = sorted(labels.certain - found.keys())
    assert score.precision() >= 0.95, wrong
    assert score.recall() >= 0.90, missed
