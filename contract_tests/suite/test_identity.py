"""Ids that name no notebook of the project are refused, whatever they are made of."""

from __future__ import annotations

import pytest

from contract_tests.exchange import Exchange, Expectation
from contract_tests.suite.foreign import ForeignNotebook, foreign_notebooks
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.odd_ids import odd_ids
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.shown import Shown

TURN = 30
OPERATIONS = ("StartNotebook", "ShowNotebook", "StopNotebook")
EXAMPLE = "f9937afa-4451-42db-a76b-72d624749f66"
REASONS = tuple(odd.reason for odd in odd_ids(EXAMPLE))
FOREIGN = (400, 403, 404)
FITTING = {"StartNotebook": "STOPPED", "StopNotebook": "RUNNING"}
"""The state in which an operation would work on a notebook that were one's own."""


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("reason", REASONS)
def test_an_odd_id_is_refused(
    recorder: Recorder, notebooks: Notebooks, operation: str, reason: str
) -> None:
    """An id that names nothing is refused; one that breaks routers gets no 5xx, no hang."""
    need(notebooks, operation)
    known = notebooks.stopped() or notebooks.ids[0]
    odd = next((odd for odd in odd_ids(known) if odd.reason == reason), None)
    if odd is None:
        pytest.skip("the target's ids have no such spelling")
    due = Expectation(odd.outcome, "identity", "path.id", odd.reason, odd.statuses)
    sent(notebooks.change(known, Probe(operation, due, path={"id": odd.text})))
    assert recorder.news() == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_notebook_of_another_project_is_not_reachable(
    recorder: Recorder,
    notebooks: Notebooks,
    foreign: tuple[ForeignNotebook, ...],
    operation: str,
) -> None:
    """The own token reaches another project's notebook neither through the own nor its project."""
    need(notebooks, operation)
    target = recorder.session.target
    if not foreign:
        needs = "set CONTRACT_TESTS_OTHER_TOKEN and other_project_id"
        pytest.skip(recorder.unproven("path.id", "a notebook of another project", needs))
    aim = next((n for n in foreign if n.state == FITTING.get(operation)), foreign[0])
    for project in (target.project_id, target.other_project_id or target.project_id):
        reason = "a notebook of another project"
        due = Expectation("refused", "authentication", "path.id", reason, (401, *FOREIGN))
        probe = Probe(operation, due, path={"id": aim.id, "project_id": project})
        sent(notebooks.reach(probe, lambda: shown_again(recorder, aim)))
    assert recorder.news() == []


def need(notebooks: Notebooks, operation: str) -> None:
    """Skip where the target does not have the operation."""
    if operation != "StartNotebook" and operation not in notebooks.operations:
        reason = f"the target has no {operation}"
        pytest.skip(notebooks.recorder.unproven(f"operation.{operation}", "the operation", reason))


def sent(exchange: Exchange | None) -> None:
    """Skip where the safety rules kept the request back."""
    if exchange is None:
        pytest.skip("withheld by the safety rules")


def shown_again(recorder: Recorder, aim: ForeignNotebook) -> list[Shown]:
    """Another project's notebook as its own project lists it now."""
    return [n.shown for n in foreign_notebooks(recorder) if n.id == aim.id]
