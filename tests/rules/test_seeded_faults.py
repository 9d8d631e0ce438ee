"""Faults put into a right page on purpose: each is found by its rule, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.docs_seeding import FAULTS
from benchmarks.docs_seeding.drafts import Draft, drafts
from contract_tests.docs import html, rst
from contract_tests.rules import find, select

PAGES = Path(__file__).parents[1] / "pages"
ACROSS = frozenset(rule.id for rule in select() if rule.check_all)
[DRAFT] = drafts([PAGES / "FireKiln.html"])


@pytest.mark.parametrize("rule", sorted(FAULTS.keys() - ACROSS))
def test_fault_is_found(rule: str) -> None:
    """Whatever the page offers a place for, with nothing of the rule there before."""
    known = {finding.place.name for finding in find([DRAFT.page], select([rule]))}
    for fault in FAULTS[rule](DRAFT.page):
        edited = Draft(DRAFT.page, DRAFT.data)
        fault.edit(edited)
        page = html.read(edited.written(), DRAFT.page.file)
        found = {finding.place.name for finding in find([page], select([rule]))}
        assert fault.at in found - known


def test_table_that_an_rst_page_lacks() -> None:
    """A reference to a label that is not on the page, in the cell of a type."""
    file = PAGES / "firing_a_kiln.rst"
    written = file.read_text(encoding="utf-8")
    [label] = {line for line in written.splitlines() if line.startswith(".. _") and "cone" in line}
    page = rst.read(written.replace(label, ".. _elsewhere:").encode(), file.name)
    [finding] = find([page], select(["broken-table-reference"]))
    assert finding.place.field == "cones"
