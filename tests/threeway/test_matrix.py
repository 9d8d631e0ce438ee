"""The three-way matrix: each row says what is true of page, spec and service."""

from __future__ import annotations

import pytest

from contract_tests.contract import load_contract
from contract_tests.targets.faults import pick_faults
from contract_tests.verdicts import FactState
from tests.threeway.trials import Judged, answers, judged, observed, pinned


@pytest.fixture(scope="module")
def clean() -> Judged:
    """The unaltered triple."""
    contract = load_contract()
    return judged(contract, pinned(), answers(contract))


def fact(found: Judged, place: str, aspect: str) -> FactState:
    """The one row of a place and an aspect."""
    (row,) = (r for r in found.matrix if (r.place.name, r.aspect) == (place, aspect))
    return row


@pytest.mark.parametrize(
    ("place", "aspect", "agreement"),
    [
        ("VolumeRes.category", "type", "agree"),
        ("VolumeRes.category", "enum", "docs-alone"),
        ("Lease.type", "enum", "docs-alone"),
        ("VolumeRes.status", "enum", "docs-alone"),
        ("EndpointsRes.uri", "type", "agree"),
        ("EndpointsRes.uri", "limit", "docs-alone"),
        ("NotebookResp.create_at", "type", "docs-alone"),
        ("NotebookResp.status", "enum", "agree"),
        ("NotebookResp.workspace_id", "default", "agree-unexercised"),
        ("query.type", "enum", "agree"),
        ("query.duration", "default", "differ-unexercised"),
        ("status.200", "status", "agree"),
        ("status.201", "status", "agree-unexercised"),
        ("status.400", "status", "docs-alone"),
        ("status.429", "status", "differ-unexercised"),
        ("operation", "request", "agree"),
    ],
)
def test_a_row_tells_who_agrees(clean: Judged, place: str, aspect: str, agreement: str) -> None:
    """What is known of the service, row by row."""
    assert fact(clean, place, aspect).agreement == agreement


def test_an_enumeration_shows_its_values_and_how_often_each_came(clean: Judged) -> None:
    """All that page and spec list, and the counts of what was answered."""
    row = fact(clean, "VolumeRes.category", "enum")
    assert (row.page, row.spec) == ("EVS, SFS", "EFS, EVS, SFS")
    assert set(row.seen) == {"EFS", "EVS"}
    assert all(count > 0 for count in row.seen.values())
    assert row.service is not None
    assert f"EFS {row.seen['EFS']} times" in row.service


def test_a_row_names_the_findings_that_speak_of_its_aspect(clean: Judged) -> None:
    """EFS is about the list of values, not about the type."""
    assert fact(clean, "VolumeRes.category", "enum").fingerprints
    assert fact(clean, "VolumeRes.category", "type").fingerprints == ()


def test_no_text_that_may_be_secret_is_in_a_row(clean: Judged) -> None:
    """Of the token there is a kind and a count."""
    row = fact(clean, "NotebookResp.token", "type")
    assert row.service is not None
    assert row.service.startswith("string ")
    assert row.seen == {}


def test_a_fault_of_the_service_stands_alone() -> None:
    """A wrong value, and a field that nobody has a place for."""
    contract = load_contract()
    fault = pick_faults(observed(), ["start-image.arch-other-case"])
    found = judged(contract, pinned(), answers(contract, fault))
    assert fact(found, "Image.arch", "enum").agreement == "service-alone"
    assert fact(found, "Image.arch", "type").agreement == "agree"


def test_a_broken_invariant_stands_alone() -> None:
    """Its row says who, its neighbour's row does not."""
    contract = load_contract()
    fault = pick_faults(observed(), ["start-breaks-storage-has-a-size"])
    found = judged(contract, pinned(), answers(contract, fault))
    rows = {r.spec.partition(":")[0]: r for r in found.matrix if r.aspect == "invariant" and r.spec}
    assert rows["storage-has-a-size"].agreement == "service-alone"
    assert rows["lease-updated-after-created"].agreement == "agree"
