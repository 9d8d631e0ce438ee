"""Where page and spec differ, both ways, and which cells changed since they were pinned."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import load_contract
from contract_tests.docs import read_page
from contract_tests.facts import Limits
from contract_tests.findings import Finding
from contract_tests.threeway import changed_cells, drift, in_words_of_the_spec
from tests.threeway.seeds import OF_THE_PAGE, PageEdit, listing, row
from tests.threeway.trials import pinned
from tests.vendor_pages import START_NOTEBOOK, START_NOTEBOOK_RST, needs_vendor_pages

VIEW = load_contract().view("documented")
KNOWN = {
    ("EndpointsRes.uri", "limit: nothing / ipv4"),
    ("VolumeRes.status", "enum: nothing / RESIZING"),
    ("status.400", "not in the page"),
}
"""What the spec says beyond the facts of its page."""


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    """Place and value of each finding."""
    return {(finding.place.name, value) for finding in findings for value in finding.values}


def test_the_pinned_facts_differ_in_what_is_known_only() -> None:
    """The spec says what its page says, but for three places that the ledger has."""
    assert told(drift(pinned(), VIEW)) == KNOWN


@pytest.mark.parametrize(
    ("what", "place", "value"),
    [
        ("a value more in category", "VolumeRes.category", "enum: EVS, NFS, SFS / EVS, SFS"),
        ("text for a number", "VolumeRes.capacity", "type: string / integer"),
        ("a lower maximum", "VolumeRes.capacity", "limit: at most 10 / at most 4096"),
        ("another default", "query.type", "default: idle / timing"),
        ("a mandatory parameter", "query.type", "mandatory: yes / no"),
        ("a row less", "NotebookResp.flavor", "not in the page"),
        ("a row more", "NotebookResp.colour", "not in the spec"),
        ("no 404", "status.404", "not in the page"),
        ("409 besides", "status.409", "not in the spec"),
        (
            "another method",
            "operation",
            "request: PUT /v1/{project_id}/notebooks/{id}/start "
            "/ POST /v1/{project_id}/notebooks/{id}/start",
        ),
    ],
)
def test_each_kind_of_disagreement_is_named(what: str, place: str, value: str) -> None:
    """A row more or less, another type, enum, limit, default, status: at its place, both sides."""
    change: PageEdit = OF_THE_PAGE[what]
    assert (place, value) in told(drift(change(pinned()), VIEW)) - KNOWN


@given(st.lists(st.text(string.ascii_uppercase, min_size=1), min_size=1, unique=True))
def test_another_list_of_values_is_one_disagreement(values: list[str]) -> None:
    """Whatever a row lists besides what the spec lists: that place, and no other."""
    page = row("VolumeRes", "ownership", listing(*values))(pinned())
    places = {place for place, _ in told(drift(page, VIEW)) - KNOWN}
    same = sorted(values) == ["DEDICATED", "MANAGED"]
    assert places == (set() if same else {"VolumeRes.ownership"})


def test_a_disagreement_says_what_either_party_says_and_where() -> None:
    """Both claims carry their source: a line of the page, a line of the spec."""
    (finding,) = (
        f
        for f in drift(OF_THE_PAGE["text for a number"](pinned()), VIEW)
        if f.place.name == "VolumeRes.capacity" and "type" in f.message
    )
    assert [(claim.party, claim.says) for claim in finding.claims] == [
        ("page", "string"),
        ("spec", "integer"),
    ]
    assert all(claim.source and claim.source.line > 0 for claim in finding.claims)
    assert finding.message == "type: the page says string, the spec integer"


def test_a_reworded_cell_is_found_by_its_digest() -> None:
    """The description changed, and nothing else: one finding, cosmetic."""
    changed = OF_THE_PAGE["another description"](pinned())
    (finding,) = changed_cells(changed, pinned(), VIEW)
    assert (finding.id, finding.place.name) == ("cell-changed", "Lease.type")
    assert finding.severity.label == "cosmetic"
    assert changed_cells(pinned(), pinned(), VIEW) == []


@needs_vendor_pages
def test_html_and_its_rst_twin_differ_alike() -> None:
    """The same page in both markups: the same drift, and no cell that was pinned otherwise."""
    pages = [read_page(path) for path in (START_NOTEBOOK, START_NOTEBOOK_RST)]
    assert [told(drift(page, VIEW)) for page in pages] == [KNOWN, KNOWN]
    assert [changed_cells(page, pinned(), VIEW) for page in pages] == [[], []]


@needs_vendor_pages
def test_the_rst_twin_is_named_as_the_spec_names_it() -> None:
    """Its table of the answer has no name of its own, its file another than the operation."""
    named = in_words_of_the_spec(read_page(START_NOTEBOOK_RST), VIEW)
    assert named.stem == "StartNotebook"
    assert "NotebookResp" in {table.name for table in named.tables}


def test_a_pattern_that_is_none_does_no_harm() -> None:
    """A page may say anything: what does not compile limits nothing."""
    page = row("Pool", "name", lambda f: replace(f, limits=Limits(pattern="[a-")))(pinned())
    assert told(drift(page, VIEW)) == KNOWN
