"""What the overlay adds is checked too, and no fault is said twice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from contract_tests.contract import Contract, load_contract
from contract_tests.suite.recorder import Recorder
from contract_tests.targets.faults import pick_faults
from contract_tests.targets.mock import Mock
from tests.threeway.trials import NOW, answers, exchanges, observed


@pytest.fixture(scope="module")
def contract() -> Contract:
    """The contract as shipped."""
    return load_contract()


def found(contract: Contract, fault: str, *, lenient: bool = True) -> set[tuple[str, str]]:
    """Id and place of what the ledger does not know, in the view observed or the strict one."""
    faults = pick_faults(observed(), [fault])
    if lenient:
        record = answers(contract, faults)
        findings = [sighting.finding for sighting in record.sightings.values()]
    else:
        mock = Mock(observed(), "observed", clock=lambda: NOW, faults=faults)
        view = contract.view("documented")
        recorder = Recorder(view, SimpleNamespace(known_secrets=()))  # type: ignore[arg-type]
        for exchange, around in exchanges(mock, view):
            recorder.judge(exchange, around)
        findings = [sighting.finding for sighting in recorder.record.sightings.values()]
    known = contract.ledger
    return {(f.id, f.place.name) for f in findings if not any(entry.covers(f) for entry in known)}


@pytest.mark.parametrize(
    ("fault", "id_", "place"),
    [
        ("start-create-at-string", "response-schema", "NotebookResp.create_at"),
        ("start-tags.item-string", "response-schema", "NotebookResp.tags"),
        ("start-volume.read-only-string", "response-schema", "VolumeRes.read_only"),
        ("start-endpoints.key-pair-names-lone", "response-schema", "EndpointsRes.key_pair_names"),
        ("start-endpoints.uri-format", "response-schema", "EndpointsRes.uri"),
        (
            "start-breaks-notebook-updated-after-created",
            "notebook-updated-after-created",
            "NotebookResp.update_at",
        ),
        (
            "start-breaks-notebook-belongs-to-its-user",
            "notebook-belongs-to-its-user",
            "NotebookResp.user_id",
        ),
    ],
)
def test_a_fault_in_what_the_overlay_adds_is_found(
    contract: Contract, fault: str, id_: str, place: str
) -> None:
    """A known undocumented field of the wrong type is a fault of its own."""
    assert found(contract, fault) == {(id_, place)}


def test_the_strict_view_does_not_ask_the_overlay(contract: Contract) -> None:
    """There an undocumented field is wrong as such, whatever its type."""
    assert found(contract, "start-create-at-string", lenient=False) == set()


@pytest.mark.parametrize("fault", ["start-volume.category-unknown", "start-volume.capacity-string"])
def test_a_fault_that_both_views_see_is_said_once(contract: Contract, fault: str) -> None:
    """The same check, place and value: one sighting an answer."""
    record = answers(contract, pick_faults(observed(), [fault]))
    place = "VolumeRes." + fault.removeprefix("start-volume.").partition("-")[0]
    wrong = [
        s
        for s in record.sightings.values()
        if s.finding.place.name == place and not any(e.covers(s.finding) for e in contract.ledger)
    ]
    starts = (
        record.exercised["StartNotebook:status.200"] + record.exercised["StartNotebook:status.201"]
    )
    assert 0 < sum(sighting.count for sighting in wrong) <= starts


def test_the_fields_of_the_overlay_count_as_exercised(contract: Contract) -> None:
    """They were answered: how often, and as what; of texts that may be secret no value."""
    record = answers(contract)
    assert record.exercised["NotebookResp.create_at"] > 0
    assert record.kinds["NotebookResp.create_at", "integer"] > 0
    assert not [value for name, value in record.seen if name == "NotebookResp.user_id"]


def test_statuses_are_counted_by_operation(contract: Contract) -> None:
    """What ShowNotebook answers says nothing of StartNotebook."""
    record = answers(contract)
    shows = record.exercised["ShowNotebook:status.200"]
    starts = record.exercised["StartNotebook:status.200"]
    assert shows
    assert starts
    assert record.exercised["status.200"] == shows + starts
