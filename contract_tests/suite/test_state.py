"""A notebook walks the lifecycle of the contract, alone and beside its neighbours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from contract_tests.exchange import Exchange, Expectation
from contract_tests.suite.notebooks import Notebooks, stop_of
from contract_tests.suite.probes import HOUR, Outcome, Probe
from contract_tests.suite.recorder import Recorder

TURN = 50
NOT_STARTABLE = (400, 403, 404, 409)
NEITHER_ON_NOR_OFF = (
    "FROZEN",
    "DELETED",
    "ERROR",
    "CREATE_FAILED",
    "START_FAILED",
    "DELETE_FAILED",
    "SNAPSHOTTING",
    "CREATING",
    "INIT",
    "DELETING",
)
"""The states in which a notebook can be neither started nor stopped."""


def start(outcome: Outcome, reason: str, query: str = "") -> Probe:
    """A start that meets a notebook in some state."""
    statuses = NOT_STARTABLE if outcome != "accepted" else ()
    due = Expectation(outcome, "state", "lifecycle.StartNotebook", reason, statuses)
    return Probe("StartNotebook", due, query=query)


def stop_again(notebook: str, outcome: Outcome, reason: str) -> Probe:
    """A stop that meets a notebook which is not RUNNING."""
    due = Expectation(outcome, "state", "lifecycle.StopNotebook", reason, NOT_STARTABLE)
    return Probe("StopNotebook", due, path={"id": notebook})


def stopping_unless_started(exchange: Exchange | None) -> tuple[str, ...]:
    """The state that a notebook is left in by a start right behind a stop; none where unknown."""
    response = exchange.response if exchange else None
    return ("STOPPING",) if response is not None and 400 <= response.status < 500 else ()


def test_start_stop_and_start_again(recorder: Recorder, notebooks: Notebooks) -> None:
    """A notebook that was started and stopped can be started again."""
    notebook = take(notebooks)
    for turn in ("a first start", "a start after a stop"):
        if notebooks.change(notebook, start("accepted", turn, f"duration={2 * HOUR}")) is None:
            pytest.skip("withheld by the safety rules")
        if not notebooks.restore(notebook):
            break
    assert recorder.news() == []


def test_a_start_on_a_starting_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """Starting twice in a row may be refused, but leaves the notebook on its way."""
    notebook = take(notebooks)
    notebooks.change(notebook, start("accepted", "a start"))
    notebooks.change(notebook, start("either", "a second start at once"))
    notebooks.settle(notebook)
    assert recorder.news() == []


def test_a_start_on_a_running_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """No source settles it; the notebook stays RUNNING and nothing breaks."""
    notebook = take(notebooks)
    notebooks.change(notebook, start("accepted", "a start"))
    if notebooks.settle(notebook) == "RUNNING":
        notebooks.change(notebook, start("either", "a start of a running notebook"))
        notebooks.look(notebook)
    assert recorder.news() == []


def test_a_start_on_a_stopping_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """A start right behind a stop may be refused; nothing breaks, and the notebook comes to rest.

    No look comes between the two: a notebook may be STOPPING for a moment only.
    """
    notebook = take_stopping(notebooks, "a start refused")
    late = replace(start("either", "a start of a stopping notebook"), path={"id": notebook})
    notebooks.forget(notebook, *stopping_unless_started(recorder.probe(late)))
    notebooks.settle(notebook)
    assert recorder.news() == []


def test_a_stop_of_a_stopping_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """Stopping twice in a row may be refused, but breaks nothing."""
    notebook = take_stopping(notebooks, "a stop refused")
    recorder.probe(stop_again(notebook, "either", "a second stop at once"))
    notebooks.forget(notebook, "STOPPING")
    notebooks.settle(notebook)
    assert recorder.news() == []


@pytest.mark.parametrize("state", NEITHER_ON_NOR_OFF)
def test_a_start_from_another_state_is_refused(
    recorder: Recorder, notebooks: Notebooks, state: str
) -> None:
    """A start is allowed from STOPPED only; from any other state it changes nothing."""
    found = notebooks.in_state(state)
    if not found:
        pytest.skip(recorder.unproven(f"lifecycle.{state}", "a start refused", "no such notebook"))
    if notebooks.change(found[0], start("refused", f"a start of a notebook {state}")) is None:
        pytest.skip("withheld by the safety rules")
    assert recorder.news() == []


@pytest.mark.parametrize("state", NEITHER_ON_NOR_OFF)
def test_a_stop_from_another_state_is_refused(
    recorder: Recorder, notebooks: Notebooks, state: str
) -> None:
    """A stop is allowed from RUNNING only; from any other state it changes nothing."""
    found = notebooks.in_state(state)
    if not found or "StopNotebook" not in notebooks.operations:
        pytest.skip(recorder.unproven(f"lifecycle.{state}", "a stop refused", "no such notebook"))
    probe = stop_again(found[0], "refused", f"a stop of a notebook {state}")
    if notebooks.change(found[0], probe) is None:
        pytest.skip("withheld by the safety rules")
    assert recorder.news() == []


def test_a_stop_of_a_stopped_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """Nothing runs, nothing changes; the answer may be either."""
    notebook = take(notebooks)
    if "StopNotebook" not in notebooks.operations:
        pytest.skip("the target has no StopNotebook")
    notebooks.change(notebook, stop_again(notebook, "either", "a stop of a stopped notebook"))
    notebooks.settle(notebook)
    assert recorder.news() == []


def test_two_notebooks_do_not_meet(recorder: Recorder, notebooks: Notebooks) -> None:
    """Starts, looks and stops of two notebooks in turn: neither sees anything of the other."""
    one, other = take(notebooks), take(notebooks)
    if one == other:
        pytest.skip(recorder.unproven("lifecycle", "two notebooks interleaved", "only one is free"))
    first = start("accepted", "the first of two", f"duration={2 * HOUR}&type=timing")
    second = start("accepted", "the second of two", f"duration={9 * HOUR}&type=idle")
    for notebook, probe in ((one, first), (other, second)):
        notebooks.change(notebook, probe)
    for notebook in (one, other, one):
        notebooks.settle(notebook)
    notebooks.restore(one)
    notebooks.look(other)
    assert recorder.news() == []


def test_concurrent_starts_of_one_notebook(recorder: Recorder, notebooks: Notebooks) -> None:
    """Four starts at the same time: none breaks, and the notebook is on its way once."""
    notebook = take(notebooks)
    probe = replace(start("either", "one of four concurrent starts"), path={"id": notebook})
    with ThreadPoolExecutor(4) as pool:
        exchanges = list(pool.map(recorder.send, [probe] * 4))
    for exchange in exchanges:
        if exchange is not None:
            recorder.judge(exchange)
    notebooks.forget(notebook)
    notebooks.settle(notebook)
    assert recorder.news() == []


def take(notebooks: Notebooks) -> str:
    """The next notebook that stands STOPPED; skips where there is none."""
    notebook = notebooks.stopped()
    if notebook is None:
        reason = "no notebook of the target could be had STOPPED"
        pytest.skip(notebooks.recorder.unproven("lifecycle", "its transitions", reason))
    return notebook


def take_stopping(notebooks: Notebooks, constraint: str) -> str:
    """A notebook that was sent a stop right now; skips where none could be."""
    notebook, recorder = take(notebooks), notebooks.recorder
    notebooks.change(notebook, start("accepted", "a start"))
    if notebooks.settle(notebook) != "RUNNING" or "StopNotebook" not in notebooks.operations:
        pytest.skip(recorder.unproven("lifecycle.STOPPING", constraint, "nothing to stop"))
    recorder.send(stop_of(notebook))
    return notebook
